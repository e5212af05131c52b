import { describe, expect, it } from 'vitest';
import { adviceFor, type FaceJudgement } from '#shared/domain/face-advice.ts';

const face = (change: Partial<FaceJudgement>): FaceJudgement => ({
  sidePx: 512,
  detailPx: 256,
  noise: 0,
  blocks: 0,
  ...change,
});

describe('adviceFor', () => {
  it.each<[string, Partial<FaceJudgement>, ReturnType<typeof adviceFor>]>([
    ['a clear one is left alone', { detailPx: 480 }, { seen: ['clear'], fidelity: null, reason: 'clear' }],
    [
      'a tiny one is left alone',
      { sidePx: 30, detailPx: 32 },
      { seen: ['small'], fidelity: null, reason: 'too-little' },
    ],
    [
      'a small blurred one gets much help',
      { sidePx: 100, detailPx: 32 },
      { seen: ['small', 'blurred'], fidelity: 0.4, reason: null },
    ],
    [
      'a soft one stays close to the photo',
      { detailPx: 300 },
      { seen: ['clear'], fidelity: 0.8, reason: null },
    ],
    [
      'noise and squares lower the fidelity',
      { noise: 0.8, blocks: 0.8 },
      { seen: ['noisy', 'blocky'], fidelity: 0.6, reason: null },
    ],
    [
      'a sharp but grainy one is not called clear',
      { detailPx: 512, noise: 0.6 },
      { seen: ['noisy'], fidelity: 0.8, reason: null },
    ],
  ])('%s', (_what, change, advice) => {
    expect(adviceFor(face(change))).toEqual(advice);
  });

  it('never suggests less fidelity for more detail', () => {
    const suggested = Array.from(
      { length: 349 },
      (_, at) => adviceFor(face({ detailPx: 32 + at })).fidelity ?? 1,
    );
    expect(suggested).toEqual(suggested.toSorted((a, b) => a - b));
    expect(suggested[0]).toBe(0.4);
    expect(suggested.every((fidelity) => Math.abs(fidelity * 20 - Math.round(fidelity * 20)) < 1e-9)).toBe(
      true,
    );
  });
});
