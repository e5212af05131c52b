// The built studio on the browser host, with a data folder of its own, driven in Chromium. For end-to-end tests.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { eventSchema, type HeirloomEvent } from '../../src/shared/contract/events.ts';

const root = join(import.meta.dirname, '..', '..');
export const samplePhoto = join(root, 'resources', 'samples', 'album-page.jpg');

/** Null where there is none: the caller skips and says so. CHROMIUM_PATH names another one. */
export function findChromium(): string | null {
  const candidates = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}
export const noChromium = 'needs Chromium (set CHROMIUM_PATH to its program)';

export interface RunningHost {
  readonly url: string;
  readonly process: ChildProcess;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

export async function startHost(
  dataFolder: string,
  paths: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
  isSecondDay = true,
): Promise<RunningHost> {
  // People who are here for the first time are shown around; stories other than that one begin on the second day.
  const settingsPath = join(dataFolder, 'settings.json');
  if (isSecondDay && !existsSync(settingsPath)) {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(settingsPath, JSON.stringify({ hasSeenTour: true }));
  }
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'browser-host.js'), ...paths], {
    env: { ...process.env, HEIRLOOM_DATA_DIR: dataFolder, LANG: 'en_US.UTF-8', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => {
    errors += text.toString();
  });
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
      const found = /http:\/\/\S+/.exec(output);
      if (found !== null) resolve(found[0]);
    });
    child.on('exit', (code) => reject(new Error(`the host ended with ${code}: ${output}${errors}`)));
  });
  return {
    url,
    process: child,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** A fresh profile; nothing but loopback is asked for. */
export function startChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface StudioPage {
  readonly page: Page;
  /** Errors the page printed or threw. A story ends with none. */
  readonly problems: string[];
  /** What the host told the page so far. */
  readonly events: readonly HeirloomEvent[];
  /** Called with each event as it arrives at the page. */
  onEvent(listener: (event: HeirloomEvent) => void): void;
}

/** Not closed yet: a story that fails says what they showed. */
export const openPages = new Set<StudioPage>();

export async function openStudio(
  browser: Browser,
  url: string,
  look: { readonly colorScheme?: 'light' | 'dark'; readonly locale?: string; readonly width?: number } = {},
): Promise<StudioPage> {
  const { colorScheme = 'light', locale = 'en-US', width = 1440 } = look;
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    locale,
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => problems.push(error.message));
  const events: HeirloomEvent[] = [];
  const listeners: ((event: HeirloomEvent) => void)[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const event = eventSchema.parse(JSON.parse(String(payload)));
      events.push(event);
      for (const listener of listeners) listener(event);
    });
  });
  const studio: StudioPage = {
    page,
    problems,
    events,
    onEvent: (listener) => void listeners.push(listener),
  };
  openPages.add(studio);
  page.on('close', () => openPages.delete(studio));
  await page.goto(url);
  // Before it has drawn itself a page takes no files and no keys.
  await page.locator('main').waitFor();
  return studio;
}

/** As if the files had been dragged from the desktop onto the window. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const files = paths.map((path) => ({ name: basename(path), bytes: readFileSync(path).toString('base64') }));
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const { name, bytes } of given) {
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      data.items.add(new File([content], name));
    }
    return data;
  }, files);
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}
