// One GET over http or https, through the environment's proxy, following redirects, giving up on silence.
// node:http instead of fetch: its agents take a proxy from the environment, and a connection's silence can be timed.
import http from 'node:http';
import https from 'node:https';
import { JobCancelled } from '#shared/errors/heirloom-error.ts';
import { proxyEnvironmentFrom } from './proxy-environment.ts';
import { TransferFailure } from './transfer-failure.ts';

export interface NetworkAgents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

/** Agents that honour HTTPS_PROXY, HTTP_PROXY and NO_PROXY. Throws a plain Error when a proxy's address cannot be used. */
export function createAgents(environment: Readonly<Record<string, string | undefined>>): NetworkAgents {
  const proxyEnv = { ...proxyEnvironmentFrom(environment) };
  return { http: new http.Agent({ proxyEnv }), https: new https.Agent({ proxyEnv }) };
}

export interface GetOptions {
  readonly agents: NetworkAgents;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Longest silence before the headers and between two blocks. */
  readonly idleTimeoutMs: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Throws TransferFailure or JobCancelled. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Closes the connection; call it however the answer was used. */
  close(): void;
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);
const mostRedirects = 10;

/** Errors: TransferFailure, JobCancelled. */
export async function httpGet(address: string, options: GetOptions): Promise<HttpAnswer> {
  let url = new URL(address);
  for (let redirects = 0; ; redirects++) {
    const message = await firstHeaders(url, options);
    const status = message.statusCode ?? 0;
    const location = message.headers.location;
    if (!redirectStatuses.has(status) || location === undefined) {
      // An error before the first read waits in the stream; without a listener it would end the process.
      message.on('error', () => {});
      return {
        status,
        headers: message.headers,
        body: blocksOf(message, options),
        close: () => message.destroy(),
      };
    }
    message.destroy();
    if (redirects === mostRedirects) throw new TransferFailure('unusable', 'too many redirects');
    url = nextUrl(url, location);
  }
}

function nextUrl(from: URL, location: string): URL {
  const next = URL.parse(location, from.href);
  if (next === null || !['http:', 'https:'].includes(next.protocol)) {
    throw new TransferFailure('unusable', `redirect to ${location}`);
  }
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new TransferFailure('unusable', `redirect from https to http at ${next.host}`);
  }
  return next;
}

function firstHeaders(
  url: URL,
  { agents, headers, signal, idleTimeoutMs }: GetOptions,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new JobCancelled());
    const isSecure = url.protocol === 'https:';
    const request = (isSecure ? https : http).get(url, {
      agent: isSecure ? agents.https : agents.http,
      headers,
      signal,
    });
    const timer = setTimeout(
      () => request.destroy(new Error(silenceOf(url.host, idleTimeoutMs))),
      idleTimeoutMs,
    );
    request.once('response', (message) => {
      clearTimeout(timer);
      resolve(message);
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(asFailure(error, signal));
    });
  });
}

async function* blocksOf(
  message: http.IncomingMessage,
  { signal, idleTimeoutMs }: GetOptions,
): AsyncGenerator<Uint8Array> {
  const blocks: AsyncIterator<Uint8Array> = message[Symbol.asyncIterator]();
  try {
    for (;;) {
      // Only waiting is timed: a slow disk between two blocks is not the server's silence.
      const timer = setTimeout(
        () => message.destroy(new Error(silenceOf('the server', idleTimeoutMs))),
        idleTimeoutMs,
      );
      let next: IteratorResult<Uint8Array>;
      try {
        next = await blocks.next();
      } finally {
        clearTimeout(timer);
      }
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    throw asFailure(error, signal);
  }
}

function silenceOf(who: string, idleTimeoutMs: number): string {
  return `${who} was silent for ${idleTimeoutMs / 1000} s`;
}

function asFailure(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return new JobCancelled();
  return new TransferFailure('retry', error instanceof Error ? error.message || error.name : String(error), {
    cause: error,
  });
}
