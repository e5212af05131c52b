// Time left from progress.
import { expect, test } from 'vitest';
import { estimateEta, type ProgressSample } from '../../../../src/main/engine-host/estimate-eta.ts';

/** One sample a second at a steady pace. */
function steady(seconds: number, perSecond: number): ProgressSample[] {
  return Array.from({ length: seconds + 1 }, (_, index) => ({
    atMs: 5000 + index * 1000,
    fraction: index * perSecond,
  }));
}

test('a steady pace is carried on', () => {
  expect(estimateEta(steady(10, 0.05))).toBeCloseTo(10);
  expect(estimateEta(steady(60, 0.01))).toBeCloseTo(40);
});

test('too early or too little says nothing', () => {
  expect(estimateEta([])).toBeNull();
  expect(estimateEta(steady(1, 0.5))).toBeNull();
  expect(estimateEta(steady(10, 0.001))).toBeNull();
});

test('what is done takes no time', () => {
  expect(estimateEta([{ atMs: 0, fraction: 1 }])).toBe(0);
});

test('waiting without news makes the estimate longer, then empty', () => {
  const samples = steady(10, 0.05);
  const soon = estimateEta(samples, 15_000) ?? 0;
  const later = estimateEta(samples, 20_000) ?? 0;
  expect(later).toBeGreaterThan(soon);
  expect(estimateEta(samples, 60_000)).toBeNull();
});

test('a slower recent half minute counts more than the average alone', () => {
  const fastThenSlow = [
    ...steady(10, 0.05),
    { atMs: 45_000, fraction: 0.55 },
    { atMs: 75_000, fraction: 0.6 },
  ];
  const average = (1 - 0.6) / (0.6 / 70);
  expect(estimateEta(fastThenSlow) ?? 0).toBeGreaterThan(average * 1.3);
});
