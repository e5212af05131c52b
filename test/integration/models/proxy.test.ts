// Downloads go through the proxy the environment names, and past it where the environment says so.
import http from 'node:http';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LoopbackServer, ranged, startServer } from './loopback-server.ts';
import { type Bench, entryFor, modelBytes, openBench } from './models-fixture.ts';

let bench: Bench;
let server: LoopbackServer;
let proxy: http.Server;
let proxyOrigin: string;
let seen: string[];

beforeEach(async () => {
  bench = await openBench();
  server = await startServer();
  seen = [];
  proxy = http.createServer((request, response) => {
    seen.push(request.url ?? '');
    const forwarded = http.get(request.url ?? '', { headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.writeHead(502).end());
  });
  proxy.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    seen.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  proxyOrigin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await bench.close();
  await server.close();
  proxy.close();
  proxy.closeAllConnections();
});

const bytes = modelBytes(100_000);

async function downloadWith(environment: Record<string, string>, address?: string): Promise<unknown> {
  const entry = entryFor('alpha', bytes, [address ?? server.serve('/alpha', bytes, ranged())]);
  const models = bench.models([entry], { environment });
  models.download(entry.id, false);
  return models.whenDownloaded(entry.id);
}

test.each(['HTTP_PROXY', 'http_proxy'])('%s is used', async (name) => {
  expect(await downloadWith({ [name]: proxyOrigin })).toMatchObject({ state: 'installed' });
  expect(seen).toEqual([`${server.origin}/alpha`]);
});

test('NO_PROXY goes past it', async () => {
  expect(await downloadWith({ HTTP_PROXY: proxyOrigin, NO_PROXY: '127.0.0.1' })).toMatchObject({
    state: 'installed',
  });
  expect(seen).toEqual([]);
});

test('https goes through a tunnel of HTTPS_PROXY, and a refusal is said', async () => {
  await expect(
    downloadWith({ HTTPS_PROXY: proxyOrigin }, 'https://models.invalid/alpha'),
  ).rejects.toMatchObject({
    code: 'model.download-failed',
    params: { reason: expect.stringContaining('models.invalid') },
  });
  expect(seen[0]).toBe('CONNECT models.invalid:443');
});

test('a proxy that cannot be used is said, not passed by', async () => {
  await expect(downloadWith({ HTTP_PROXY: 'socks5://127.0.0.1:1080' })).rejects.toMatchObject({
    code: 'model.download-failed',
  });
});
