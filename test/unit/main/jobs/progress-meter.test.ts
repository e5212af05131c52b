import { expect, it } from 'vitest';
import { jobIdSchema } from '#shared/domain/ids.ts';
import type { Progress } from '#shared/domain/job.ts';
import { createProgressMeter } from '../../../../src/main/jobs/progress-meter.ts';

const jobId = jobIdSchema.parse(crypto.randomUUID());
function meter() {
  const clock = { ms: 0 };
  const seen: (Progress & { atMs: number })[] = [];
  const made = createProgressMeter(
    jobId,
    (progress) => seen.push({ ...progress, atMs: clock.ms }),
    () => clock.ms,
  );
  return { clock, seen, made };
}

it('never falls, stays within 0 and 1, and ends at 1 once', () => {
  const { clock, seen, made } = meter();
  const seed = Math.floor(Math.random() * 1000);
  for (let i = 0; i < 500; i += 1) {
    clock.ms += 200;
    made.report('decoding', Math.sin(i * seed) * 1.5);
  }
  made.finish();
  made.finish();
  made.report('encoding', 0.2);
  const fractions = seen.map(({ fraction }) => fraction);
  expect(fractions, `seed ${seed}`).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions[0]).toBeGreaterThanOrEqual(0);
  expect(fractions.filter((fraction) => fraction === 1)).toHaveLength(1);
  expect(fractions.at(-1)).toBe(1);
});

it('speaks at most ten times in any second, the last time included', () => {
  const { clock, seen, made } = meter();
  for (let i = 0; i < 3000; i += 1) {
    clock.ms += 1;
    made.report('upscaling', i / 3000);
  }
  made.finish();
  for (const { atMs } of seen) {
    const withinSecond = seen.filter((other) => other.atMs >= atMs && other.atMs < atMs + 1000);
    expect(withinSecond.length).toBeLessThanOrEqual(10);
  }
  expect(seen.length).toBeGreaterThan(20);
});

it('tells the time left from steady work, and nothing at the very start', () => {
  const { clock, seen, made } = meter();
  for (let second = 1; second <= 50; second += 1) {
    clock.ms = second * 1000;
    made.report('restoring-faces', second / 100);
  }
  expect(seen[0]?.etaSeconds).toBeNull();
  expect(seen.at(-1)?.etaSeconds).toBeCloseTo(50, 5);
  made.finish();
  expect(seen.at(-1)).toMatchObject({ fraction: 1, etaSeconds: 0 });
});
