// Where films wait between two frames.
import { expect, test } from 'vitest';
import { createGate } from '../../../src/engine/gate.ts';

const running = new AbortController().signal;

test('lets everything through until it is held, and again when it goes on', async () => {
  const gate = createGate(running);
  expect(gate.turn()).toBeNull();
  gate.hold();
  gate.hold();
  let isThrough = false;
  const waiting = gate.turn()?.then(() => {
    isThrough = true;
  });
  await Promise.resolve();
  expect(isThrough).toBe(false);
  gate.resume();
  await waiting;
  expect(isThrough).toBe(true);
  expect(gate.turn()).toBeNull();
  // Resuming what is not held changes nothing.
  gate.resume();
  gate.hold();
  expect(gate.turn()).not.toBeNull();
});

test('keeps nobody who is cancelled', async () => {
  const canceller = new AbortController();
  const gate = createGate(canceller.signal);
  gate.hold();
  const waiting = gate.turn();
  canceller.abort();
  await waiting;
  expect(gate.turn()).toBeNull();
});
