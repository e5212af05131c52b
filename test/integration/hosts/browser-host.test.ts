// The browser host over its real loopback socket, with a recording studio behind it: who is let in, and what is answered.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { commandBodyLimitBytes, uploadLimitBytes } from '../../../src/main/hosts/browser/request-body.ts';
import { type BrowserHost, startBrowserHost } from '../../../src/main/hosts/browser/start-browser-host.ts';
import { createFakeStudio, type FakeStudio } from '../../helpers/fake-studio.ts';

const photoId = '6f9619ff-8b86-4011-b42d-00c04fc964ff';

let folder: string;
let host: BrowserHost;
let studio: FakeStudio;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request as any program on this computer could send it: every header is ours to choose. */
function send(
  path: string,
  options: { method?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: host.port, path, method: options.method ?? 'GET', headers: options.headers },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

function origin(): string {
  return `http://127.0.0.1:${host.port}`;
}

async function signIn(): Promise<string> {
  const { headers } = await send(host.url.slice(origin().length));
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

async function postCommand(cookie: string, name: string, input: unknown, headers: OutgoingHttpHeaders = {}) {
  return send(`/commands/${name}`, {
    method: 'POST',
    headers: { cookie, origin: origin(), 'content-type': 'application/json', ...headers },
    body: JSON.stringify(input),
  });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heirloom-host-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(folder, 'index.js.map'), '{}');
  host = await startBrowserHost({
    createStudio: async (abilities) => {
      studio = createFakeStudio(abilities);
      return studio;
    },
    rendererFolder: folder,
    refusalText: 'not let in',
  });
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the one-time token', () => {
  it('is exchanged for a cookie that scripts and other sites never see, and leaves the address', async () => {
    const answer = await send(host.url.slice(origin().length));
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    const cookie = answer.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    const page = await send('/', { headers: { cookie: cookie.split(';')[0] } });
    expect(page.status).toBe(200);
    expect(page.body).toContain('<title>page</title>');
  });

  it('works once', async () => {
    const first = await signIn();
    const second = await send(host.url.slice(origin().length));
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    const again = await send(host.url.slice(origin().length), { headers: { cookie: first } });
    expect(again.status).toBe(303);
  });

  it('is refused when wrong, and a wrong one does not use it up', async () => {
    expect((await send('/?token=guess')).status).toBe(403);
    expect(await signIn()).not.toBe('');
  });
});

describe('who is let in', () => {
  it('nobody without the cookie', async () => {
    for (const path of ['/', '/index.html', `/pictures/photo/${photoId}/full`, '/downloads/x']) {
      expect((await send(path)).status).toBe(401);
    }
    expect((await postCommand('', 'app.describe', {})).status).toBe(401);
    expect((await postCommand(`heirloom-${host.port}=guess`, 'app.describe', {})).status).toBe(401);
    expect(studio.dispatched).toEqual([]);
  });

  it('no other name for this address', async () => {
    const cookie = await signIn();
    for (const name of [
      'evil.example',
      'localhost',
      `localhost:${host.port}`,
      '127.0.0.1',
      `[::1]:${host.port}`,
    ]) {
      expect((await send('/', { headers: { cookie, host: name } })).status).toBe(403);
    }
    const fresh = host.url.slice(origin().length);
    expect((await send(fresh, { headers: { host: 'evil.example' } })).headers['set-cookie']).toBeUndefined();
  });

  it('no other page', async () => {
    const cookie = await signIn();
    for (const foreign of ['https://evil.example', 'null', `http://127.0.0.1:${host.port + 1}`]) {
      expect((await postCommand(cookie, 'app.describe', {}, { origin: foreign })).status).toBe(403);
      expect((await send('/', { headers: { cookie, origin: foreign } })).status).toBe(403);
    }
    const withoutOrigin = { cookie, 'content-type': 'application/json' };
    const answer = await send('/commands/app.describe', {
      method: 'POST',
      headers: withoutOrigin,
      body: '{}',
    });
    expect(answer.status).toBe(403);
    expect(studio.dispatched).toEqual([]);
  });

  it('only over loopback', () => {
    expect(new URL(host.url).hostname).toBe('127.0.0.1');
  });
});

describe('every answer', () => {
  it('carries the content security policy', async () => {
    const cookie = await signIn();
    const answers = [
      await send('/', { headers: { cookie } }),
      await send('/', {}),
      await send('/missing', { headers: { cookie } }),
      await postCommand(cookie, 'app.describe', {}),
    ];
    for (const { headers } of answers) {
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('files', () => {
  it('outside the built window do not exist, however they are asked for', async () => {
    const cookie = await signIn();
    const attempts = [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/assets/../../package.json',
      '/etc/passwd',
      '//etc/passwd',
      '/..\\package.json',
      '/index.html%00.js',
      '/index.js.map',
      '/pictures/../../etc/passwd',
      '/pictures/photo/..%2f..%2fetc%2fpasswd/full',
      '/downloads/../../etc/passwd',
    ];
    for (const path of attempts) {
      const { status, body } = await send(path, { headers: { cookie } });
      expect([400, 403, 404], path).toContain(status);
      expect(body, path).not.toContain('root:');
    }
  });

  it('pictures are answered by id, as private and unchanging', async () => {
    const cookie = await signIn();
    const path = join(folder, 'picture.png');
    await writeFile(path, 'pixels');
    studio.pictures.set(photoId, { path, contentType: 'image/png' });
    const answer = await send(`/pictures/photo/${photoId}/screen`, { headers: { cookie } });
    expect(answer).toMatchObject({ status: 200, body: 'pixels' });
    expect(answer.headers['content-type']).toBe('image/png');
    expect(answer.headers['cache-control']).toMatch(/private.*immutable/);
    expect((await send(`/pictures/photo/${photoId}/huge`, { headers: { cookie } })).status).toBe(404);
  });

  it('downloads are answered only when offered, under their own name', async () => {
    const cookie = await signIn();
    const path = join(folder, 'staged');
    await writeFile(path, 'bytes');
    const address = studio.abilities.offerDownload?.({ path, fileName: 'Großmutter "1920" 奶奶.jpg' }) ?? '';
    const answer = await send(address, { headers: { cookie } });
    expect(answer).toMatchObject({ status: 200, body: 'bytes' });
    const disposition = String(answer.headers['content-disposition']);
    expect(decodeURIComponent(disposition.split("filename*=UTF-8''")[1] ?? '')).toBe(
      'Großmutter "1920" 奶奶.jpg',
    );
    expect((await send('/downloads/other', { headers: { cookie } })).status).toBe(404);
  });

  it('that vanished are a clear error', async () => {
    const cookie = await signIn();
    studio.pictures.set(photoId, { path: join(folder, 'gone.png'), contentType: 'image/png' });
    const answer = await send(`/pictures/photo/${photoId}/full`, { headers: { cookie } });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'file.not-found' } });
  });
});

describe('films', () => {
  const address = `/films/original/${photoId}`;

  it('are answered in the ranges a player asks for', async () => {
    const cookie = await signIn();
    const path = join(folder, 'film.mp4');
    await writeFile(path, '0123456789');
    studio.pictures.set(photoId, { path, contentType: 'video/mp4' });
    const get = (headers: OutgoingHttpHeaders = {}, method = 'GET') =>
      send(address, { method, headers: { cookie, ...headers } });
    const whole = await get();
    expect(whole).toMatchObject({ status: 200, body: '0123456789' });
    expect(whole.headers).toMatchObject({ 'accept-ranges': 'bytes', 'content-type': 'video/mp4' });
    expect(whole.headers['content-security-policy']).toContain("media-src 'self'");
    const tag = whole.headers.etag ?? '';
    const part = await get({ range: 'bytes=3-5', 'if-range': tag });
    expect(part).toMatchObject({ status: 206, body: '345' });
    expect(part.headers).toMatchObject({ 'content-range': 'bytes 3-5/10', 'content-length': '3' });
    expect(await get({ range: 'bytes=-2' })).toMatchObject({ status: 206, body: '89' });
    const beyond = await get({ range: 'bytes=10-' });
    expect(beyond).toMatchObject({ status: 416, body: '' });
    expect(beyond.headers['content-range']).toBe('bytes */10');
    const head = await get({ range: 'bytes=0-3' }, 'HEAD');
    expect(head).toMatchObject({ status: 206, body: '' });
    expect(head.headers['content-length']).toBe('4');
    await writeFile(path, 'another film');
    expect(await get({ range: 'bytes=3-5', 'if-range': tag })).toMatchObject({
      status: 200,
      body: 'another film',
    });
  });

  it('an empty file is an empty answer, and a vanished one a clear error', async () => {
    const cookie = await signIn();
    const path = join(folder, 'empty.mp4');
    await writeFile(path, '');
    studio.pictures.set(photoId, { path, contentType: 'video/mp4' });
    expect(await send(address, { headers: { cookie } })).toMatchObject({ status: 200, body: '' });
    await rm(path);
    const gone = await send(address, { headers: { cookie, range: 'bytes=0-' } });
    expect(gone.status).toBe(404);
    expect(JSON.parse(gone.body)).toMatchObject({ error: { code: 'file.not-found' } });
  });

  it('need the cookie of the window, as everything does', async () => {
    studio.pictures.set(photoId, { path: join(folder, 'index.html'), contentType: 'video/mp4' });
    expect((await send(address)).status).toBe(401);
  });
});

describe('commands', () => {
  it('reach the studio as they were sent and answer with its reply', async () => {
    const cookie = await signIn();
    const answer = await postCommand(cookie, 'faces.list', { photoId });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ ok: true, value: { photoId } });
    expect(studio.dispatched).toEqual([{ name: 'faces.list', input: { photoId } }]);
  });

  it('that do not exist are refused by name', async () => {
    const cookie = await signIn();
    for (const name of ['app.explode', '__proto__', 'toString', '']) {
      const answer = await postCommand(cookie, name, {});
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'command.unknown', params: { name } } });
    }
    expect(studio.dispatched).toEqual([]);
  });

  it('must be JSON, by POST', async () => {
    const cookie = await signIn();
    const headers = { cookie, origin: origin() };
    const path = '/commands/app.describe';
    const asText = await send(path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'text/plain' },
    });
    expect(asText.status).toBe(415);
    const json = { ...headers, 'content-type': 'application/json' };
    const broken = await send(path, { method: 'POST', headers: json, body: '{"half":' });
    expect(broken.status).toBe(400);
    expect(JSON.parse(broken.body)).toMatchObject({ error: { code: 'command.invalid-input' } });
    expect((await send(path, { headers })).status).toBe(405);
    expect(studio.dispatched).toEqual([]);
  });

  it('over the limit are refused, announced or not', async () => {
    const cookie = await signIn();
    const headers = { cookie, origin: origin(), 'content-type': 'application/json' };
    const body = Buffer.alloc(commandBodyLimitBytes + 1, 0x20);
    const announced = await send('/commands/app.describe', { method: 'POST', headers, body });
    expect(announced.status).toBe(413);
    const unannounced = { ...headers, 'transfer-encoding': 'chunked' };
    const answer = await send('/commands/app.describe', { method: 'POST', headers: unannounced, body });
    expect(answer.status).toBe(413);
    expect(studio.dispatched).toEqual([]);
  });
});

describe('uploads', () => {
  it('are streamed to the studio under their bare name', async () => {
    const cookie = await signIn();
    const headers = { cookie, origin: origin() };
    const path = `/uploads?name=${encodeURIComponent('../folder/奶奶 😀.jpg')}`;
    const answer = await send(path, { method: 'PUT', headers, body: Buffer.alloc(300_000) });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      ok: true,
      value: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(studio.uploads).toEqual([{ fileName: '奶奶 😀.jpg', byteSize: 300_000, complete: true }]);
  });

  it('without a name or over the limit are refused', async () => {
    const cookie = await signIn();
    const headers = { cookie, origin: origin() };
    for (const path of ['/uploads', '/uploads?name=', '/uploads?name=..']) {
      expect((await send(path, { method: 'PUT', headers, body: 'x' })).status).toBe(400);
    }
    // The head alone announces too much: answered before any byte of the body.
    const status = await new Promise<string>((resolve, reject) => {
      const socket = connect(host.port, '127.0.0.1', () => {
        socket.write(
          `PUT /uploads?name=big.tif HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nOrigin: ${origin()}\r\n` +
            `Cookie: ${cookie}\r\nContent-Length: ${uploadLimitBytes + 1}\r\n\r\n`,
        );
      });
      socket.once('data', (data) => {
        resolve(data.toString().split('\r\n')[0] ?? '');
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(status).toContain('413');
    expect(studio.uploads.filter((upload) => upload.complete)).toEqual([]);
  });

  it('that break off are not taken as complete', async () => {
    const cookie = await signIn();
    await new Promise<void>((resolve, reject) => {
      const socket = connect(host.port, '127.0.0.1', () => {
        socket.write(
          `PUT /uploads?name=half.tif HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nOrigin: ${origin()}\r\n` +
            `Cookie: ${cookie}\r\nContent-Length: 1000\r\n\r\nhalf`,
          () => setTimeout(() => socket.destroy(), 50),
        );
      });
      socket.once('close', () => resolve());
      socket.once('error', reject);
    });
    await expect.poll(() => studio.uploads.length).toBe(1);
    expect(studio.uploads[0]?.complete).toBe(false);
    expect((await postCommand(cookie, 'app.describe', {})).status).toBe(200);
  });
});

describe('events', () => {
  function open(headers: Record<string, string>, path = '/events'): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
      socket.once('open', () => resolve(socket));
      socket.once('error', reject);
    });
  }

  it('reach every window that was let in', async () => {
    const cookie = await signIn();
    const windows = [await open({ cookie, origin: origin() }), await open({ cookie, origin: origin() })];
    const heard = windows.map(
      (socket) => new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data)))),
    );
    studio.emit({ type: 'photos.listed-anew' });
    expect(await Promise.all(heard)).toEqual(Array(2).fill('{"type":"photos.listed-anew"}'));
  });

  it('are refused without the cookie, without or with a foreign Origin, with a token, elsewhere', async () => {
    const cookie = await signIn();
    const token = new URL(host.url).search;
    await expect(open({ origin: origin() })).rejects.toThrow('403');
    await expect(open({ cookie })).rejects.toThrow('403');
    await expect(open({ cookie, origin: 'https://evil.example' })).rejects.toThrow('403');
    await expect(open({ cookie, origin: origin(), host: 'evil.example' })).rejects.toThrow('403');
    await expect(open({ origin: origin() }, `/events${token}`)).rejects.toThrow('403');
    await expect(open({ cookie, origin: origin() }, '/commands')).rejects.toThrow('403');
  });

  it('go one way: a window that sends is cut off, the others stay', async () => {
    const cookie = await signIn();
    const loud = await open({ cookie, origin: origin() });
    const quiet = await open({ cookie, origin: origin() });
    const closed = new Promise<number>((resolve) => loud.once('close', resolve));
    loud.send('hello');
    expect(await closed).toBe(1003);
    expect(quiet.readyState).toBe(quiet.OPEN);
  });
});

describe('stopping', () => {
  it('closes the studio, the windows and the port, once', async () => {
    const cookie = await signIn();
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/events`, {
      headers: { cookie, origin: origin() },
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await Promise.all([host.close(), host.close()]);
    expect(await closed).toBe(1001);
    expect(studio.isClosed).toBe(true);
    await expect(send('/')).rejects.toThrow('ECONNREFUSED');
  });

  it('a taken port is an error and leaves no studio behind', async () => {
    let started = false;
    const second = startBrowserHost({
      createStudio: async (abilities) => {
        started = true;
        return createFakeStudio(abilities);
      },
      rendererFolder: folder,
      refusalText: '',
      port: host.port,
    });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(started).toBe(false);
  });
});
