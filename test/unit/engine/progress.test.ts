// The progress stream: never falls, ten a second, ends at 1.
import { expect, test } from 'vitest';
import type { Step } from '#shared/domain/job.ts';
import { createProgressReporter } from '../../../src/engine/progress.ts';
import { seededRandom } from '../../helpers/seeded-random.ts';

function reporterWithClock() {
  const sent: { step: Step; fraction: number; atMs: number }[] = [];
  const clock = { nowMs: 0 };
  const reporter = createProgressReporter(
    (step, fraction) => sent.push({ step, fraction, atMs: clock.nowMs }),
    () => clock.nowMs,
  );
  return { reporter, sent, clock };
}

test('whatever a pipeline says, the stream rises, keeps its pace and ends at 1', () => {
  const seed = Date.now() & 0xffffffff;
  const random = seededRandom(seed);
  const { reporter, sent, clock } = reporterWithClock();
  for (let index = 0; index < 2000; index += 1) {
    clock.nowMs += random() * 20;
    reporter.report('restoring-faces', random() * 1.4 - 0.2);
  }
  reporter.finish();
  const fractions = sent.map(({ fraction }) => fraction);
  expect(fractions, `seed ${seed}`).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.filter((fraction) => fraction === 1)).toHaveLength(1);
  expect(fractions.at(-1)).toBe(1);
  const gaps = sent.slice(1, -1).map(({ atMs }, index) => atMs - (sent[index]?.atMs ?? 0));
  expect(Math.min(...gaps, Number.POSITIVE_INFINITY), `seed ${seed}`).toBeGreaterThanOrEqual(100);
});

test('a step that came too soon is carried by the next report', () => {
  const { reporter, sent, clock } = reporterWithClock();
  reporter.report('decoding', 0.1);
  reporter.report('finding-faces', 0.2);
  expect(sent).toHaveLength(1);
  clock.nowMs = 150;
  reporter.report('finding-faces', 0.2);
  expect(sent.at(-1)).toEqual({ step: 'finding-faces', fraction: 0.2, atMs: 150 });
});

test('a pipeline that is nearly done is not done', () => {
  const { reporter, sent } = reporterWithClock();
  reporter.report('encoding', 1);
  expect(sent).toEqual([]);
  reporter.finish();
  expect(sent).toEqual([{ step: 'encoding', fraction: 1, atMs: 0 }]);
});
