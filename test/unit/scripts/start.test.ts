// How npm start decides between the desktop window and a browser.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseLanguage } from '#shared/messages/choose-language.ts';
import { menu as englishMenu } from '#shared/messages/en/menu.ts';
import { start as englishStart } from '#shared/messages/en/start.ts';
import { menu as chineseMenu } from '#shared/messages/zh-CN/menu.ts';
import { start as chineseStart } from '#shared/messages/zh-CN/start.ts';
import { buildIsStale, markBuilt } from '../../../scripts/build-freshness.ts';
import { hasDisplay } from '../../../scripts/start/display.ts';
import { fetchElectron, findElectron, firstReason } from '../../../scripts/start/electron-binary.ts';
import { openCommand } from '../../../src/main/hosts/browser/open-browser.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a display', () => {
  it('is X11 or Wayland on Linux', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  });

  it('is always there on Windows, and on a Mac one sits at', () => {
    expect(hasDisplay('win32', {})).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
    expect(hasDisplay('darwin', { SSH_CONNECTION: '10.0.0.1 5 10.0.0.2 22' })).toBe(false);
  });
});

describe("Electron's binary", () => {
  const name = 'electron-under-test';

  it('is found where its package unpacked it, once that was complete', () => {
    expect(findElectron(folder, {})).toEqual({ kind: 'missing' });
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist', name), '');
    expect(findElectron(folder, {})).toEqual({ kind: 'missing' });
    writeFileSync(join(folder, 'path.txt'), name);
    expect(findElectron(folder, {})).toEqual({ kind: 'found', path: join(folder, 'dist', name) });
  });

  it('is found in the folder of ELECTRON_OVERRIDE_DIST_PATH', () => {
    const override = join(folder, 'elsewhere');
    mkdirSync(override);
    writeFileSync(join(folder, 'path.txt'), name);
    const environment = { ELECTRON_OVERRIDE_DIST_PATH: override };
    expect(findElectron(folder, environment)).toEqual({ kind: 'missing' });
    writeFileSync(join(override, name), '');
    expect(findElectron(folder, environment)).toEqual({ kind: 'found', path: join(override, name) });
  });

  it('is fetched by its own install.js', async () => {
    const install = [
      "const { mkdirSync, writeFileSync } = require('node:fs');",
      "mkdirSync(__dirname + '/dist');",
      `writeFileSync(__dirname + '/dist/${name}', '');`,
      `writeFileSync(__dirname + '/path.txt', '${name}');`,
    ];
    writeFileSync(join(folder, 'install.js'), install.join('\n'));
    expect(await fetchElectron(folder, process.env, 20_000)).toEqual({
      kind: 'found',
      path: join(folder, 'dist', name),
    });
  });

  it('that cannot be fetched gives the reason, or the lapse of time', async () => {
    writeFileSync(join(folder, 'install.js'), "console.error('TypeError: fetch failed'); process.exit(1);");
    expect(await fetchElectron(folder, process.env, 20_000)).toEqual({
      kind: 'failed',
      reason: 'fetch failed',
    });
    writeFileSync(join(folder, 'install.js'), 'setInterval(() => {}, 1000);');
    expect(await fetchElectron(folder, process.env, 100)).toEqual({ kind: 'timed-out' });
  });

  it('names the innermost reason of a stack', () => {
    const stack = [
      'TypeError: fetch failed',
      '    at node:internal/deps/undici/undici:1:1 {',
      '  [cause]: Error: getaddrinfo EAI_AGAIN github.com',
      '    at x {',
    ];
    expect(firstReason(stack.join('\n'))).toBe('getaddrinfo EAI_AGAIN github.com');
    expect(firstReason('something else\nmore')).toBe('something else');
    expect(firstReason('')).toBe('');
  });
});

describe('the build', () => {
  it('is stale until made, and again after a source changed or appeared', () => {
    mkdirSync(join(folder, 'src', 'deep'), { recursive: true });
    mkdirSync(join(folder, 'out'));
    const source = join(folder, 'src', 'deep', 'file.ts');
    writeFileSync(source, '');
    expect(buildIsStale(folder)).toBe(true);

    const later = new Date(Date.now() + 60_000);
    markBuilt(folder, later);
    expect(buildIsStale(folder)).toBe(false);

    const muchLater = new Date(Date.now() + 120_000);
    utimesSync(source, muchLater, muchLater);
    expect(buildIsStale(folder)).toBe(true);

    markBuilt(folder, new Date(Date.now() + 180_000));
    expect(buildIsStale(folder)).toBe(false);
    const latest = new Date(Date.now() + 240_000);
    utimesSync(join(folder, 'src', 'deep'), latest, latest);
    expect(buildIsStale(folder)).toBe(true);
  });

  it('that began before a change does not count for it', () => {
    mkdirSync(join(folder, 'src'));
    mkdirSync(join(folder, 'out'));
    const beganAt = new Date(Date.now() - 1000);
    writeFileSync(join(folder, 'src', 'changed-meanwhile.ts'), '');
    markBuilt(folder, beganAt);
    expect(buildIsStale(folder)).toBe(true);
  });
});

describe('opening a browser', () => {
  it('hands the address over as one argument on every platform', () => {
    const url = 'http://127.0.0.1:1234/?token=a&b=^c';
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(openCommand(platform, url).args.at(-1)).toBe(url);
    }
  });
});

describe('words', () => {
  it('follow the setting, then the first system language that has a catalogue', () => {
    expect(chooseLanguage('zh-CN', ['en'])).toBe('zh-CN');
    expect(chooseLanguage('en', ['zh-CN'])).toBe('en');
    expect(chooseLanguage('system', ['de-AT', 'zh_CN.UTF-8', 'en-GB'])).toBe('zh-CN');
    expect(chooseLanguage('system', [undefined, 'C.UTF-8', 'en_US.UTF-8', 'zh'])).toBe('en');
    expect(chooseLanguage('system', ['zhuang'])).toBe('en');
    expect(chooseLanguage('system', [])).toBe('en');
  });

  it('carry the same values in both languages', () => {
    for (const [english, chinese] of [
      [englishStart, chineseStart],
      [englishMenu, chineseMenu],
    ] as const) {
      expect(placeholders(chinese)).toEqual(placeholders(english));
    }
  });
});

/** Key path to the sorted {{names}} in its text. */
function placeholders(words: object, prefix = ''): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[prefix + key, [...value.matchAll(/\{\{\w+\}\}/g)].map(([name]) => name).sort()]]
        : Object.entries(placeholders(value, `${prefix}${key}.`)),
    ),
  );
}
