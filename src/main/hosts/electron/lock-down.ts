// What no page may do: leave, open windows, ask for devices, reach the network. Runs in Electron's main process.

import { studioOrigin, studioScheme } from './app-protocol.ts';
import type { ElectronApi } from './electron-api.ts';

/** Schemes a page may load from. devtools: is the inspector itself, which packaged builds do not open. */
const ownSchemes = new Set([`${studioScheme}:`, 'blob:', 'data:', 'devtools:']);

/** For every page there will ever be, the inspector included. Call before the first window. */
export function lockDownPages(
  electron: Pick<ElectronApi, 'app'>,
  openOutside: (address: string) => void,
): void {
  electron.app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url);
      return { action: 'deny' };
    });
  });
}

/** Permissions, devices, downloads and the network of the one session. Call once the app is ready. */
export function lockDownSession(electron: Pick<ElectronApi, 'session'>): void {
  const session = electron.session.defaultSession;
  // Telling that work has ended, which people switch on in the settings; nothing else.
  const isAllowed = (permission: string): boolean => permission === 'notifications';
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(isAllowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !ownSchemes.has(schemeOf(details.url)) });
  });
}

/** Only the main frame of our own page may send messages. */
export function isOwnFrame(
  frame: { readonly origin: string; readonly parent: object | null } | null,
): boolean {
  return frame !== null && frame.parent === null && frame.origin === studioOrigin;
}

/**
 * Whether a link may open in the person's browser: https, and exactly an address the studio itself shows
 * (`known`: the licences of the catalogue). Anything else could carry data out in its query.
 */
export function mayOpenOutside(address: string, known: ReadonlySet<string>): boolean {
  return schemeOf(address) === 'https:' && [...known].some((entry) => sameAddress(entry, address));
}

function sameAddress(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href;
}

function schemeOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : '';
}
