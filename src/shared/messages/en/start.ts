// What starting the studio says on the terminal, and what a browser that is not let in reads. English. {{name}} marks a value.

export const start = {
  fetchingElectron: 'Fetching the desktop window, once…',
  noDisplay: 'There is no display for a desktop window, so the studio runs in a browser.',
  noElectron:
    'The desktop window (Electron) could not be obtained ({{reason}}), so the studio runs in a browser.',
  electronFailed: 'The desktop window did not start (exit {{code}}), so the studio runs in a browser.',
  noNetwork: 'no connection to the place it comes from',
  tookTooLong: 'no answer within {{seconds}} s',
  address: 'Heirloom is open at {{url}}',
  addressNote: 'The address works once and on this computer only. Ctrl+C stops the studio.',
  stopping: 'Stopping. Originals and edits are safe.',
  portTaken: 'Port {{port}} is in use. Choose another one by HEIRLOOM_PORT, or none for any free port.',
  badPort: 'HEIRLOOM_PORT must be a number from 1 to 65535, not {{value}}.',
  nodeTooOld: 'Heirloom needs Node 24, which was not installed with it. Run npm ci.',
  notBuilt: 'Heirloom is not built yet. Run npm run build.',
  refused:
    'This address has been used already, or belongs to an earlier start. Start Heirloom again and open the address it prints, or go back to the window where it is open.',
};
export type StartMessages = typeof start;
