// Delays between attempts, with chance handed in.
import { expect, test } from 'vitest';
import { delayBeforeRetryMs } from '../../../../src/main/models/download/back-off.ts';

const backOff = { firstDelayMs: 1000, longestDelayMs: 30_000 };
const longest = (failures: number): number => delayBeforeRetryMs(failures, backOff, null, () => 1);

test('the delay doubles up to a limit', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 60].map(longest)).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
  ]);
});

test('chance takes off up to a half', () => {
  expect(delayBeforeRetryMs(3, backOff, null, () => 0)).toBe(2000);
  expect(delayBeforeRetryMs(3, backOff, null, () => 0.5)).toBe(3000);
});

test('what the server asks for is honoured within the limit', () => {
  expect(delayBeforeRetryMs(1, backOff, 12_000, () => 1)).toBe(12_000);
  expect(delayBeforeRetryMs(1, backOff, 3_600_000, () => 1)).toBe(30_000);
  expect(delayBeforeRetryMs(4, backOff, 10, () => 1)).toBe(8000);
});
