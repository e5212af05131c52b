// Opens the person's own browser. Runs in main under the browser host, only when asked to (`--open`).
import { spawn } from 'node:child_process';

/** The program that opens an address, by platform. */
export function openCommand(platform: NodeJS.Platform, url: string): { command: string; args: string[] } {
  if (platform === 'darwin') return { command: 'open', args: [url] };
  // `start` of cmd.exe would read & and ^ inside the address.
  if (platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', url] };
  return { command: 'xdg-open', args: [url] };
}

/** A missing browser is no failure: the address is printed as well. */
export function openBrowser(url: string): void {
  const { command, args } = openCommand(process.platform, url);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
