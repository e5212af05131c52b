// Rate and time left, with the time handed in.
import { expect, test } from 'vitest';
import { measureRate } from '../../../../src/main/models/download/transfer-rate.ts';

test('a steady transfer shows its rate and the time left', () => {
  const rate = measureRate(0, 0);
  for (let ms = 100; ms <= 5000; ms += 100) rate.note(ms * 1000, ms);
  expect(rate.bytesPerSecond).toBeCloseTo(1e6, 0);
  expect(rate.etaSeconds(10_000_000)).toBeCloseTo(5, 3);
});

test('nothing is claimed before there is something to measure, nor without a total', () => {
  const rate = measureRate(500, 0);
  rate.note(600, 10);
  expect(rate.bytesPerSecond).toBeNull();
  expect(rate.etaSeconds(1000)).toBeNull();
  rate.note(10_000, 1000);
  expect(rate.etaSeconds(null)).toBeNull();
});

test('bytes that were there before the start do not count as speed', () => {
  const rate = measureRate(1e9, 0);
  rate.note(1e9 + 1000, 1000);
  expect(rate.bytesPerSecond).toBe(1000);
});

test('a burst does not make the rate jump', () => {
  const rate = measureRate(0, 0);
  for (let ms = 250; ms <= 10_000; ms += 250) rate.note(ms * 100, ms);
  rate.note(1_000_000 + 10_000_000, 10_250);
  expect(rate.bytesPerSecond ?? 0).toBeGreaterThan(100_000);
  expect(rate.bytesPerSecond ?? 0).toBeLessThan(5_000_000);
});

test('a slowdown lets the rate fall and the time left grow', () => {
  const rate = measureRate(0, 0);
  for (let ms = 250; ms <= 4000; ms += 250) rate.note(ms * 1000, ms);
  const before = rate.etaSeconds(8_000_000) ?? 0;
  for (let ms = 4250; ms <= 12_000; ms += 250) rate.note(4_000_000 + ms, ms);
  expect(rate.etaSeconds(8_000_000) ?? 0).toBeGreaterThan(before);
});

test('beginning anew gives no negative rate', () => {
  const rate = measureRate(0, 0);
  rate.note(1_000_000, 1000);
  rate.note(0, 1500);
  rate.note(500_000, 2500);
  expect(rate.bytesPerSecond ?? -1).toBeGreaterThan(0);
  expect(rate.etaSeconds(400_000)).toBe(0);
});
