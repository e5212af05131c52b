// A file server on loopback that can misbehave: one behaviour per request, in order, the last one for all others.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedRequest {
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
}

export type Behaviour = (
  request: http.IncomingMessage,
  response: http.ServerResponse,
  file: Buffer,
) => void | Promise<void>;

export interface LoopbackServer {
  readonly origin: string;
  readonly requests: ServedRequest[];
  /** Behaviours for the requests of one path. */
  serve(path: string, file: Buffer, ...behaviours: Behaviour[]): string;
  close(): Promise<void>;
}

export async function startServer(): Promise<LoopbackServer> {
  const routes = new Map<string, { file: Buffer; behaviours: Behaviour[] }>();
  const requests: ServedRequest[] = [];
  const server = http.createServer((request, response) => {
    const url = request.url ?? '';
    requests.push({ url, headers: request.headers });
    response.on('error', () => {});
    const route = routes.get(url);
    if (route === undefined) return void response.writeHead(404).end();
    const behaviour = route.behaviours.length > 1 ? route.behaviours.shift() : route.behaviours[0];
    void (behaviour ?? ranged())(request, response, route.file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    requests,
    serve(path, file, ...behaviours) {
      routes.set(path, { file, behaviours });
      return origin + path;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A well-behaved server with ranges; `etag` decides whether If-Range still matches. */
export function ranged(etag: string | null = '"one"'): Behaviour {
  return (request, response, file) => {
    if (etag !== null) response.setHeader('etag', etag);
    const ifRange = request.headers['if-range'];
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
    if (Number.isNaN(start) || (ifRange !== undefined && ifRange !== etag)) {
      response.writeHead(200, { 'content-length': file.length }).end(file);
    } else if (start >= file.length) {
      response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end();
    } else {
      response.writeHead(206, {
        'content-length': file.length - start,
        'content-range': `bytes ${start}-${file.length - 1}/${file.length}`,
      });
      response.end(file.subarray(start));
    }
  };
}

/** Ignores Range: always the whole file. */
export const whole: Behaviour = (_request, response, file) => {
  response.writeHead(200, { 'content-length': file.length }).end(file);
};

/** Promises everything, sends `byteCount` bytes, then cuts the connection. */
export function cutAfter(
  byteCount: number,
  storedBytes: () => number,
  etag: string | null = '"one"',
): Behaviour {
  return (_request, response, file) => {
    if (etag !== null) response.setHeader('etag', etag);
    response.writeHead(200, { 'content-length': file.length });
    response.write(file.subarray(0, byteCount), () => breakWhenStored(response, byteCount, storedBytes));
  };
}

/** A reset drops what the other side has not read yet, which on a busy computer may be everything. */
function breakWhenStored(response: http.ServerResponse, byteCount: number, storedBytes: () => number): void {
  const timer = setInterval(() => {
    if (storedBytes() < byteCount && !response.destroyed) return;
    clearInterval(timer);
    response.destroy();
  }, 5);
}

/** Sends `byteCount` bytes and then nothing more, keeping the connection open. */
export function stallAfter(byteCount: number): Behaviour {
  return (_request, response, file) => {
    response.writeHead(200, { 'content-length': file.length, etag: '"one"' });
    response.write(file.subarray(0, byteCount));
  };
}

/** Answers with a status and nothing else. */
export function status(code: number, headers: http.OutgoingHttpHeaders = {}): Behaviour {
  return (_request, response) => void response.writeHead(code, headers).end();
}
