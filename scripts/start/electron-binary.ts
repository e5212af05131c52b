// Finds Electron's binary, or has it fetched within a time limit. Used by npm start.
// The package has no install script: its own install.js fetches on demand, from a cache, a mirror or GitHub.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ElectronBinary = { readonly kind: 'found'; readonly path: string } | { readonly kind: 'missing' };

export type FetchResult =
  | ElectronBinary
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'timed-out' };

/** Looks only; fetches nothing. ELECTRON_OVERRIDE_DIST_PATH names a folder that holds the binary. */
export function findElectron(electronFolder: string, environment: NodeJS.ProcessEnv): ElectronBinary {
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const name = readText(join(electronFolder, 'path.txt')) ?? platformName(process.platform);
  if (override) return foundAt(join(override, name));
  // path.txt is written last: without it, a dist folder may be half unpacked.
  if (!existsSync(join(electronFolder, 'path.txt'))) return { kind: 'missing' };
  return foundAt(join(electronFolder, 'dist', name));
}

/** Runs the package's own install.js. Rejects never; what went wrong is the result. */
export function fetchElectron(
  electronFolder: string,
  environment: NodeJS.ProcessEnv,
  timeoutMs: number,
): Promise<FetchResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(electronFolder, 'install.js')], {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errorText = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errorText += text;
    });
    const timer = setTimeout(() => {
      resolve({ kind: 'timed-out' });
      child.kill('SIGKILL');
    }, timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ kind: 'failed', reason: error.message });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(findElectron(electronFolder, environment));
      else resolve({ kind: 'failed', reason: firstReason(errorText) });
    });
  });
}

/** The innermost message of a stack: "getaddrinfo EAI_AGAIN github.com" says more than "fetch failed". */
export function firstReason(errorText: string): string {
  const messages = [...errorText.matchAll(/(?:^|\[cause\]: )(?:\w*Error)(?: \[\w+\])?: (.+)$/gm)].map(
    (match) => match[1],
  );
  const reason = messages.at(-1) ?? errorText.trim().split('\n')[0] ?? '';
  return reason.replace(/\s*\{$/, '').slice(0, 200);
}

function foundAt(path: string): ElectronBinary {
  return existsSync(path) ? { kind: 'found', path } : { kind: 'missing' };
}

function readText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

function platformName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}
