import { expect, it } from 'vitest';
import { release } from '../../../../src/engine/pixels/release.ts';

it('frees what is given, once or twice', () => {
  const floats = new Float32Array(1000);
  const before = process.memoryUsage().arrayBuffers;
  const bytes = new Uint8Array(64 << 20);
  release(floats, bytes, bytes);
  release(bytes);
  expect([floats.length, bytes.length]).toEqual([0, 0]);
  // At once, not when garbage is collected.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20);
});

it('leaves a part of a buffer alone, and what others share', () => {
  const whole = new Uint8Array(8).fill(7);
  const shared = new Uint8Array(new SharedArrayBuffer(8));
  release(whole.subarray(2), shared);
  expect([whole.length, shared.length]).toEqual([8, 8]);
});
