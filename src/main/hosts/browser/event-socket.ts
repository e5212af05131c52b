// Events to every open window over WebSocket at /events. One way: a window that sends anything is cut off.
// Runs in main under the browser host.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { HeirloomEvent } from '#shared/contract/events.ts';

export const eventsPath = '/events';

/** A window that does not answer one beat within this time is gone (a laptop put to sleep, a closed lid). */
const heartbeatMs = 30_000;

export interface EventSocket {
  /** Takes over an upgrade that was let in. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  send(event: HeirloomEvent): void;
  close(): void;
}

export function createEventSocket(): EventSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false });
  const awaitingPong = new WeakSet<WebSocket>();

  server.on('connection', (window) => {
    window.on('pong', () => awaitingPong.delete(window));
    window.on('message', () => window.close(1003));
    // A broken window is closed by ws itself; without a listener its error would end the host.
    window.on('error', () => window.terminate());
  });

  const heartbeat = setInterval(() => {
    for (const window of server.clients) {
      if (awaitingPong.has(window)) window.terminate();
      else {
        awaitingPong.add(window);
        window.ping();
      }
    }
  }, heartbeatMs);
  heartbeat.unref();

  return {
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (window) => server.emit('connection', window, request));
    },
    send(event) {
      const text = JSON.stringify(event);
      for (const window of server.clients) {
        if (window.readyState === window.OPEN) window.send(text);
      }
    },
    close() {
      clearInterval(heartbeat);
      for (const window of server.clients) window.close(1001);
      server.close();
    },
  };
}
