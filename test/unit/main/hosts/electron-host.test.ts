// The Electron host's security posture and manners, against a recording Electron.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventChannel, invokeChannel } from '#shared/contract/channels.ts';
import type { Job } from '#shared/domain/job.ts';
import { jobSchema } from '#shared/domain/job.ts';
import { createElectronHost } from '../../../../src/main/hosts/electron/create-electron-host.ts';
import {
  cancellable,
  createFakeElectron,
  FakeContents,
  type FakeElectron,
} from '../../../helpers/fake-electron.ts';
import { createFakeStudio, type FakeStudio } from '../../../helpers/fake-studio.ts';

let folder: string;
let electron: FakeElectron;
let studio: FakeStudio;
let givenPaths: readonly string[];

async function start(
  given: { args?: string[]; hasLock?: boolean; settings?: object; platform?: NodeJS.Platform } = {},
): Promise<boolean> {
  electron = createFakeElectron({ userData: folder, hasLock: given.hasLock ?? true });
  const started = createElectronHost(electron.api, {
    createStudio: async ({ abilities, openPaths }) => {
      studio = createFakeStudio(abilities);
      studio.replies.set('settings.read', { ok: true, value: given.settings ?? {} });
      studio.replies.set('project.list-recent', { ok: true, value: [] });
      studio.replies.set('models.list', { ok: true, value: [] });
      givenPaths = openPaths;
      return studio;
    },
    rendererFolder: join(folder, 'renderer'),
    preloadPath: '/app/out/preload/index.cjs',
    iconPath: '/app/resources/icon.png',
    dataFolder: folder,
    args: given.args ?? [],
    workingFolder: '/home/ada',
    platform: given.platform ?? 'linux',
  });
  electron.becomeReady();
  return started;
}

function firstWindow() {
  const window = electron.windows[0];
  if (window === undefined) throw new Error('no window was opened');
  return window;
}

function jobOf(change: Partial<Job>): Job {
  return jobSchema.parse({
    id: '6f9619ff-8b86-4011-b42d-00c04fc964ff',
    kind: 'restore-photo',
    clipId: null,
    photoId: '6f9619ff-8b86-4011-b42d-00c04fc96400',
    state: 'running',
    attempts: 1,
    fraction: 0,
    step: 'decoding',
    error: null,
    createdAt: '2026-01-01T00:00:00Z',
    finishedAt: null,
    outputPath: null,
    resultId: null,
    ...change,
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-electron-'));
  const renderer = join(folder, 'renderer');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  mkdirSync(renderer);
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>page</title>');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the window', () => {
  it('is sandboxed and isolated, without Node', async () => {
    await start();
    expect(firstWindow().options['webPreferences']).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      preload: '/app/out/preload/index.cjs',
    });
    expect(firstWindow().loadedUrl).toBe('heirloom://studio/index.html');
  });

  it('comes after everything that must precede readiness, and after the locks', async () => {
    await start();
    const { calls } = electron;
    const ready = calls.indexOf('ready');
    for (const early of [
      'setPath userData',
      'enableSandbox',
      'registerSchemes',
      'requestSingleInstanceLock',
    ]) {
      expect(calls.indexOf(early), early).toBeGreaterThanOrEqual(0);
      expect(calls.indexOf(early), early).toBeLessThan(ready);
    }
    expect(calls.indexOf('setPath userData')).toBeLessThan(calls.indexOf('requestSingleInstanceLock'));
    expect(calls).toContain('crashReporter false');
    expect(calls).toContain('spellChecker false');
    expect(calls.indexOf('window')).toBeGreaterThan(ready);
  });

  it('cannot leave its page, embed others or open windows', async () => {
    await start();
    const contents = firstWindow().webContents;
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      const event = cancellable();
      contents.emit(name, event, 'https://evil.example/');
      expect(event.isPrevented, name).toBe(true);
    }
    expect(contents.windowOpenHandler?.({ url: 'heirloom://studio/index.html' })).toEqual({ action: 'deny' });
    const other = new FakeContents();
    electron.app.emit('web-contents-created', {}, other);
    expect(other.windowOpenHandler?.({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
  });

  it('gets no permission but to tell of ended work, no device, download or network', async () => {
    await start();
    const { session } = electron;
    for (const permission of ['media', 'geolocation', 'openExternal', 'fileSystem', 'clipboard-read']) {
      expect(session.answerPermission(permission), permission).toBe(false);
      expect(session.checkPermission(permission), permission).toBe(false);
    }
    expect(session.answerPermission('notifications')).toBe(true);
    expect(session.checkPermission('notifications')).toBe(true);
    expect(session.checkDevice()).toBe(false);
    const download = cancellable();
    session.events.emit('will-download', download);
    expect(download.isPrevented).toBe(true);
    for (const url of [
      'https://evil.example/x',
      'http://127.0.0.1/',
      'ws://127.0.0.1/',
      'file:///etc/passwd',
      'chrome://gpu',
    ]) {
      expect(session.answerRequest(url), url).toBe(false);
    }
    for (const url of [
      'heirloom://studio/index.html',
      'blob:heirloom://studio/1',
      'data:image/png;base64,',
    ]) {
      expect(session.answerRequest(url), url).toBe(true);
    }
  });

  it('opens outside only https addresses of licences that the studio shows', async () => {
    await start();
    studio.replies.set('models.list', { ok: true, value: [modelWithLicence('https://example.org/licence')] });
    const open = firstWindow().webContents.windowOpenHandler;
    for (const url of [
      'https://evil.example/?q=data',
      'https://example.org/licence?q=data',
      'http://example.org/licence',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'not an address',
      'https://example.org/licence',
    ]) {
      open?.({ url });
    }
    await expect.poll(() => electron.openedOutside).toEqual(['https://example.org/licence']);
  });
});

describe('messages', () => {
  async function invoke(event: object, name: unknown, input: unknown): Promise<unknown> {
    return electron.ipcHandlers.get(invokeChannel)?.(event, name, input);
  }

  it('from the main frame of the window reach the studio', async () => {
    await start();
    const contents = firstWindow().webContents;
    const before = studio.dispatched.length;
    const reply = await invoke({ sender: contents, senderFrame: contents.mainFrame }, 'photos.list', {});
    expect(reply).toEqual({ ok: true, value: {} });
    expect(studio.dispatched.slice(before)).toEqual([{ name: 'photos.list', input: {} }]);
  });

  it('from any other sender do not', async () => {
    await start();
    const contents = firstWindow().webContents;
    const own = contents.mainFrame;
    const before = studio.dispatched.length;
    const senders = [
      { sender: contents, senderFrame: null },
      { sender: contents, senderFrame: { origin: 'https://evil.example', parent: null } },
      { sender: contents, senderFrame: { origin: 'null', parent: null } },
      { sender: contents, senderFrame: { origin: 'heirloom://studio', parent: own } },
      { sender: contents, senderFrame: { origin: 'heirloom://studio.evil', parent: null } },
      { sender: new FakeContents(), senderFrame: own },
    ];
    for (const sender of senders) {
      expect(await invoke(sender, 'photos.list', {})).toMatchObject({
        ok: false,
        error: { code: 'command.not-available-here' },
      });
    }
    const own2 = { sender: contents, senderFrame: own };
    expect(await invoke(own2, { toString: 1 }, {})).toMatchObject({ error: { code: 'command.unknown' } });
    expect(studio.dispatched.length).toBe(before);
  });

  it('go out as events to the window', async () => {
    await start();
    studio.emit({ type: 'photos.listed-anew' });
    expect(firstWindow().webContents.sent).toEqual([
      { channel: eventChannel, event: { type: 'photos.listed-anew' } },
    ]);
  });
});

describe('the heirloom: protocol', () => {
  async function ask(url: string, method = 'GET'): Promise<Response> {
    const handler = electron.protocols.get('heirloom');
    if (handler === undefined) throw new Error('no protocol');
    return handler(new Request(url, { method }));
  }

  it('is a secure origin of its own', async () => {
    await start();
    expect(electron.privilegedSchemes).toMatchObject([
      { scheme: 'heirloom', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect(electron.privilegedSchemes[0]?.privileges['bypassCSP']).toBeUndefined();
  });

  it('serves the page with the content security policy', async () => {
    await start();
    const response = await ask('heirloom://studio/index.html');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>page</title>');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).not.toContain('ws:');
  });

  it('serves nothing outside the built window', async () => {
    await start();
    for (const url of [
      'heirloom://studio/../secret.txt',
      'heirloom://studio/..%2fsecret.txt',
      'heirloom://studio/%2e%2e/secret.txt',
      'heirloom://studio//etc/passwd',
      'heirloom://studio/pictures/photo/..%2fsecret.txt/full',
      'heirloom://other/index.html',
      'heirloom://studio/pictures/photo/6f9619ff-8b86-4011-b42d-00c04fc96401/full',
    ]) {
      const response = await ask(url);
      expect(response.status, url).toBe(404);
      expect(await response.text(), url).toBe('');
    }
    expect((await ask('heirloom://studio/index.html', 'POST')).status).toBe(405);
  });

  it('serves pictures by id', async () => {
    await start();
    const id = '6f9619ff-8b86-4011-b42d-00c04fc96402';
    const path = join(folder, 'picture.png');
    writeFileSync(path, 'pixels');
    studio.pictures.set(id, { path, contentType: 'image/png' });
    const response = await ask(`heirloom://studio/pictures/photo/${id}/screen`);
    expect(await response.text()).toBe('pixels');
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('cache-control')).toMatch(/immutable/);
    studio.pictures.set(id, { path: join(folder, 'gone.png'), contentType: 'image/png' });
    expect((await ask(`heirloom://studio/pictures/photo/${id}/screen`)).status).toBe(404);
  });
});

describe('films over the heirloom: protocol', () => {
  const id = '6f9619ff-8b86-4011-b42d-00c04fc96403';
  async function ask(address: string, headers: HeadersInit = {}, method = 'GET') {
    const handler = electron.protocols.get('heirloom');
    if (handler === undefined) throw new Error('no protocol');
    return handler(new Request(`heirloom://studio${address}`, { method, headers }));
  }

  it('are answered in the ranges a player asks for', async () => {
    await start();
    const path = join(folder, 'film.mp4');
    writeFileSync(path, '0123456789');
    studio.pictures.set(id, { path, contentType: 'video/mp4' });
    const address = `/films/original/${id}`;
    const whole = await ask(address);
    expect([whole.status, await whole.text()]).toEqual([200, '0123456789']);
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    expect(whole.headers.get('content-type')).toBe('video/mp4');
    expect(whole.headers.get('cache-control')).toMatch(/no-cache/);
    expect(whole.headers.get('content-security-policy')).toContain("media-src 'self'");
    const tag = whole.headers.get('etag') ?? '';
    const part = await ask(address, { range: 'bytes=3-5', 'if-range': tag });
    expect([part.status, await part.text()]).toEqual([206, '345']);
    expect(part.headers.get('content-range')).toBe('bytes 3-5/10');
    expect(part.headers.get('content-length')).toBe('3');
    const ending = await ask(address, { range: 'bytes=-2' });
    expect([ending.status, await ending.text()]).toEqual([206, '89']);
    const beyond = await ask(address, { range: 'bytes=10-' });
    expect([beyond.status, await beyond.text()]).toEqual([416, '']);
    expect(beyond.headers.get('content-range')).toBe('bytes */10');
    const head = await ask(address, { range: 'bytes=0-3' }, 'HEAD');
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([206, '4', '']);
    // The file was replaced since: half of the one and half of the other would not play.
    writeFileSync(path, 'another film');
    const changed = await ask(address, { range: 'bytes=3-5', 'if-range': tag });
    expect([changed.status, await changed.text()]).toEqual([200, 'another film']);
  });

  it('that are not there are a 404, not an open file', async () => {
    await start();
    studio.pictures.set(id, { path: join(folder, 'gone.mp4'), contentType: 'video/mp4' });
    for (const address of [`/films/original/${id}`, '/films/original/..%2fsecret.txt', `/films/secret/${id}`])
      expect((await ask(address, { range: 'bytes=0-' })).status, address).toBe(404);
  });
});

describe('one instance', () => {
  it('a second one hands over its paths and quits without a window', async () => {
    const isFirst = await start({ hasLock: false, args: ['photo.jpg'] });
    expect(isFirst).toBe(false);
    expect(electron.lockData).toEqual([{ paths: ['/home/ada/photo.jpg'] }]);
    expect(electron.quits).toBe(1);
    expect(electron.windows).toEqual([]);
  });

  it('opens what a second one hands over, and comes to the front', async () => {
    await start({ args: ['--flag', 'first.jpg', '/abs/second.heirloom'] });
    expect(givenPaths).toEqual(['/home/ada/first.jpg', '/abs/second.heirloom']);
    firstWindow().isMini = true;
    electron.app.emit('second-instance', {}, ['ignored.jpg'], '/', { paths: ['/a/b.jpg'] });
    electron.app.emit('second-instance', {}, [], '/', 'not what we sent');
    expect(studio.openedPaths).toEqual(['/a/b.jpg']);
    expect(firstWindow().isMini).toBe(false);
    expect(firstWindow().focusCount).toBe(2);
    expect(electron.windows).toHaveLength(1);
  });

  it('opens documents the system names', async () => {
    await start({ platform: 'darwin' });
    const event = cancellable();
    electron.app.emit('open-file', event, '/a/Family.heirloom');
    expect(event.isPrevented).toBe(true);
    expect(studio.openedPaths).toEqual(['/a/Family.heirloom']);
    studio.abilities.noteRecentDocument?.('/a/Family.heirloom');
    expect(electron.recentDocuments).toEqual(['/a/Family.heirloom']);
  });
});

describe('jobs', () => {
  it('show on the taskbar and keep the computer awake while they run', async () => {
    await start();
    studio.jobsAreRunning = true;
    studio.emit({ type: 'job.changed', job: jobOf({ fraction: 0 }) });
    const { id } = jobOf({});
    const progress = { jobId: id, step: 'decoding' as const, fraction: 0.5, etaSeconds: 3 };
    studio.emit({ type: 'job.progressed', progress });
    expect(firstWindow().bars.at(-1)).toBe(0.5);
    expect(electron.blockers.size).toBe(1);
    studio.jobsAreRunning = false;
    studio.emit({ type: 'job.changed', job: jobOf({ state: 'done', fraction: 1 }) });
    expect(firstWindow().bars.at(-1)).toBe(-1);
    expect(electron.blockers.size).toBe(0);
  });

  it('are asked about before the window closes, and only then', async () => {
    await start();
    studio.jobsAreRunning = true;
    electron.dialogs.response = 0;
    expect(firstWindow().close()).toBe(false);
    await expect.poll(() => electron.dialogs.shown.length).toBe(1);
    await Promise.resolve();
    expect(firstWindow().isGone).toBe(false);
    electron.dialogs.response = 1;
    firstWindow().close();
    await expect.poll(() => firstWindow().isGone).toBe(true);
    expect(electron.dialogs.shown).toHaveLength(2);
  });

  it('that do not run are not asked about', async () => {
    await start();
    firstWindow().close();
    await expect.poll(() => firstWindow().isGone).toBe(true);
    expect(electron.dialogs.shown).toEqual([]);
  });
});

describe('going down', () => {
  it('closes the studio before the program ends', async () => {
    await start();
    firstWindow().close();
    await expect.poll(() => firstWindow().isGone).toBe(true);
    electron.app.emit('window-all-closed');
    expect(electron.calls).not.toContain('gone');
    await expect.poll(() => electron.calls.includes('gone')).toBe(true);
    expect(studio.isClosed).toBe(true);
  });

  it('remembers where the window was', async () => {
    await start();
    firstWindow().bounds = { x: 40, y: 50, width: 1000, height: 700 };
    firstWindow().close();
    expect(existsSync(join(folder, 'window', 'window-state.json'))).toBe(true);
    await start();
    expect(firstWindow().options).toMatchObject({ x: 40, y: 50, width: 1000, height: 700 });
    writeFileSync(join(folder, 'window', 'window-state.json'), '{"x": "broken"');
    await start();
    expect(firstWindow().options).toMatchObject({ width: 1400, height: 900 });
  });

  it('loads a crashed window again, but not for ever, and writes down why', async () => {
    await start();
    for (let crash = 0; crash < 4; crash += 1) {
      firstWindow().webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 9 });
    }
    expect(firstWindow().webContents.reloads).toBe(3);
    expect(electron.calls).toContain('exit 1');
    expect(readFileSync(join(folder, 'logs', 'crashes.log'), 'utf8').match(/window oom \(9\)/g)).toHaveLength(
      4,
    );
  });
});

describe('menu and dialogs', () => {
  function labels(): (string | undefined)[] {
    return (electron.menus.at(-1) ?? []).map((item) => item.label);
  }

  it('speak the language of the settings, also after a change', async () => {
    await start();
    expect(labels()).toContain('&File');
    studio.replies.set('settings.read', { ok: true, value: { language: 'zh-CN', theme: 'dark' } });
    studio.emit({
      type: 'settings.changed',
      settings: {
        language: 'zh-CN',
        theme: 'dark',
        device: 'auto',
        precision: 'auto',
        memoryBudgetMb: null,
        modelsFolder: null,
        ffmpegPath: null,
        hasSeenTour: true,
        notifiesWhenDone: false,
      },
    });
    await expect.poll(labels).toContain('文件(&F)');
    expect(electron.theme.themeSource).toBe('dark');
  });

  it('offer no developer tools in a packaged program and announce choices to the window', async () => {
    await start();
    const items = (electron.menus.at(-1) ?? []).flatMap((menu) =>
      Array.isArray(menu.submenu) ? menu.submenu : [],
    );
    expect(items.map((item) => item.role)).not.toContain('toggleDevTools');
    expect(items.map((item) => item.role)).not.toContain('reload');
    // Electron's click takes the item, a window and an event; the host's ignores them.
    const choose = items.find((item) => item.label === '&Restore')?.click as (() => void) | undefined;
    choose?.();
    expect(firstWindow().webContents.sent.at(-1)?.event).toEqual({ type: 'menu.chosen', item: 'restore' });
  });

  it('return chosen paths, nothing when cancelled', async () => {
    await start();
    const choose = studio.abilities.chooseFiles;
    expect(await choose?.({ purpose: 'open-photos' })).toEqual([]);
    electron.dialogs.filePaths.push('/a.jpg', '/b.jpg');
    expect(await choose?.({ purpose: 'open-photos' })).toEqual(['/a.jpg', '/b.jpg']);
    electron.dialogs.filePath = '/x/Family.heirloom';
    expect(await choose?.({ purpose: 'new-project', suggestedName: 'Family' })).toEqual([
      '/x/Family.heirloom',
    ]);
    expect(electron.dialogs.shown.at(-1)).toMatchObject({ defaultPath: 'Family' });
    expect(await choose?.({ purpose: 'open-clips' })).toEqual(['/a.jpg', '/b.jpg']);
    expect(await choose?.({ purpose: 'unheard-of' })).toEqual([]);
  });
});

function modelWithLicence(url: string): object {
  return {
    entry: {
      id: 'a-model',
      purpose: 'upscaling',
      name: 'A',
      fileName: 'a.onnx',
      container: 'onnx',
      precision: 'fp32',
      byteSize: 1,
      sha256: '0'.repeat(64),
      addresses: [],
      licence: { name: 'MIT', url, isNonCommercial: false, isUnverified: false },
      contract: { interface: 'none' },
      isBundled: false,
      rank: 1,
    },
    state: 'installed',
    receivedBytes: 0,
    bytesPerSecond: null,
    etaSeconds: null,
    error: null,
  };
}
