// The bridge in a browser: commands as POST, events over one WebSocket that comes back after a break.
// Runs in the renderer under the browser host. Parses nothing: its callers do.
import type { Bridge } from '#shared/contract/bridge.ts';
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';

const firstRetryMs = 250;
const longestRetryMs = 5000;

export function createBrowserBridge(): Bridge {
  const listeners = new Set<(event: unknown) => void>();
  const announce = (event: unknown): void => {
    for (const listener of listeners) listener(event);
  };
  let retryMs = firstRetryMs;
  let wasInterrupted = false;
  let markTried = (): void => {};
  // The first commands wait until events can be heard: no change falls between an answer and its news.
  const firstTry = new Promise<void>((resolve) => {
    markTried = resolve;
  });

  function connect(): void {
    const socket = new WebSocket(`ws://${location.host}/events`);
    socket.addEventListener('open', () => {
      retryMs = firstRetryMs;
      markTried();
      if (wasInterrupted) void announceCurrentState(announce);
    });
    socket.addEventListener('message', ({ data }) => announce(JSON.parse(String(data))));
    socket.addEventListener('close', () => {
      wasInterrupted = true;
      markTried();
      setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
    });
  }

  connect();
  return {
    host: 'browser',
    async invoke(name, input) {
      await firstTry;
      return postCommand(name, input);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pathOfFile: () => null,
  };
}

async function postCommand(name: string, input: unknown): Promise<unknown> {
  try {
    const response = await fetch(`/commands/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(input),
    });
    return await response.json();
  } catch (cause) {
    return { ok: false, error: toWire(new HeirloomError('host.unreachable', {}, { cause })) };
  }
}

/** After a break the events missed are made up for: everything shown is asked for again, and jobs that ended are told. */
async function announceCurrentState(announce: (event: unknown) => void): Promise<void> {
  const [project, jobs] = await Promise.all([readValue('project.current'), readValue('jobs.list')]);
  if (project !== undefined) announce({ type: 'project.changed', project });
  announce({ type: 'events.missed' });
  for (const job of Array.isArray(jobs) ? jobs : []) announce({ type: 'job.changed', job });
}

async function readValue(command: string): Promise<unknown> {
  const reply = await postCommand(command, {});
  return typeof reply === 'object' && reply !== null && 'value' in reply ? reply.value : undefined;
}
