// The studio on a loopback address: the same contract as the Electron host, carried by HTTP and WebSocket.
// Runs in main, in plain Node. Listens on 127.0.0.1 only.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostAbilities, Studio } from '../../studio.ts';
import { securityHeaders } from '../content-security-policy.ts';
import { listRendererFiles } from '../renderer-files.ts';
import { type AccessDecision, type AccessGuard, createAccessGuard, tokenParameter } from './access-guard.ts';
import { answerText } from './answer.ts';
import { createDownloads } from './downloads.ts';
import { createEventSocket, eventsPath } from './event-socket.ts';
import { answerRoute } from './routes.ts';

export interface BrowserHostOptions {
  /** Builds the studio this host carries; it is closed with the host. */
  readonly createStudio: (abilities: HostAbilities) => Promise<Studio>;
  /** The built renderer, out/renderer. */
  readonly rendererFolder: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Sentence for a person whose browser was not let in. */
  readonly refusalText: string;
}

export interface BrowserHost {
  /** Start address with the one-time token. */
  readonly url: string;
  readonly port: number;
  /** Finishes open answers (at most two seconds), then closes the studio. */
  close(): Promise<void>;
}

const closeGraceMs = 2000;

/** Starts the studio, then the server. Rejects with the server's error when the port is taken. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const rendererFiles = listRendererFiles(options.rendererFolder);
  const downloads = createDownloads();
  const server = createServer({ keepAliveTimeout: 5000, headersTimeout: 10_000, requestTimeout: 0 });
  const port = await listen(server, options.port ?? 0);
  const events = createEventSocket();

  let studio: Studio;
  try {
    studio = await options.createStudio({
      host: 'browser',
      chooseFiles: null,
      offerDownload: downloads.offer,
      noteRecentDocument: null,
    });
  } catch (error) {
    events.close();
    server.close();
    throw error;
  }
  const stopEvents = studio.onEvent(events.send);

  const guard = createAccessGuard(port);
  const headers = securityHeaders([`ws://127.0.0.1:${port}`]);
  const context = { studio, rendererFiles, downloads };

  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const { url, decision } = admit(guard, request, false);
    if (url === null) answerText(response, 400, options.refusalText);
    else if (decision.kind !== 'allowed') answerUnadmitted(response, decision, options.refusalText);
    else if (url.searchParams.has(tokenParameter)) redirectToPage(response);
    else void answerRoute(context, request, response, url);
  });

  server.on('upgrade', (request, socket, head) => {
    const { url, decision } = admit(guard, request, true);
    if (decision.kind === 'allowed' && url?.pathname === eventsPath) events.accept(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });

  async function closeAll(): Promise<void> {
    stopEvents();
    events.close();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    const impatience = setTimeout(() => server.closeAllConnections(), closeGraceMs);
    await closed;
    clearTimeout(impatience);
    await studio.close();
  }
  let closing: Promise<void> | null = null;

  return {
    url: `http://127.0.0.1:${port}/?${tokenParameter}=${guard.token}`,
    port,
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function admit(
  guard: AccessGuard,
  request: IncomingMessage,
  isWebSocketUpgrade: boolean,
): { url: URL | null; decision: AccessDecision } {
  const address = request.url ?? '/';
  // `//other/…` would otherwise be read as another host.
  const url =
    address.startsWith('/') && !address.startsWith('//') ? new URL(address, 'http://127.0.0.1') : null;
  if (url === null) return { url, decision: { kind: 'refused', reason: 'host' } };
  const { method = 'GET', headers } = request;
  return { url, decision: guard.decide({ method, url, headers, isWebSocketUpgrade }) };
}

function answerUnadmitted(
  response: ServerResponse,
  decision: Exclude<AccessDecision, { kind: 'allowed' }>,
  refusalText: string,
): void {
  if (decision.kind === 'exchanged') {
    response.setHeader('Set-Cookie', decision.setCookie);
    redirectToPage(response);
  } else {
    answerText(response, decision.reason === 'cookie' ? 401 : 403, refusalText);
  }
}

/** Takes the token out of the address bar and the history. */
function redirectToPage(response: ServerResponse): void {
  response.writeHead(303, { Location: '/', 'Cache-Control': 'no-store' });
  response.end();
}
