// Both carriers of the engine's messages look the same from inside.
import { afterEach, expect, test } from 'vitest';
import type { FromEngine } from '#shared/contract/engine.ts';
import { parentChannel } from '../../../src/engine/channel.ts';

const host = process as { parentPort?: unknown; send?: unknown };
const { send } = host;
afterEach(() => {
  delete host.parentPort;
  host.send = send;
});

const message: FromEngine = { type: 'log', level: 'info', message: 'hello' };

test('in a utility process messages go through the parent port, unwrapped', () => {
  const posted: unknown[] = [];
  let deliver: (event: { data: unknown }) => void = () => undefined;
  host.parentPort = {
    postMessage: (value: unknown) => posted.push(value),
    on: (_event: string, listener: typeof deliver) => {
      deliver = listener;
    },
  };
  const received: unknown[] = [];
  const channel = parentChannel();
  channel?.onMessage((value) => received.push(value));
  channel?.post(message);
  deliver({ data: { type: 'shutdown' } });
  expect(posted).toEqual([message]);
  expect(received).toEqual([{ type: 'shutdown' }]);
});

test('a process started by hand has no channel', () => {
  host.send = undefined;
  expect(parentChannel()).toBeNull();
});
