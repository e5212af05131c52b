// The curve of one tint: exact where levels were seen, on the same line a little beyond, level and tame farther out.
import { describe, expect, it } from 'vitest';
import {
  type ColourSample,
  fitTintCurve,
  lumaOf,
} from '../../../../../src/engine/steps/monochrome/tint-curve.ts';

/** A print whose tint fades evenly from dark to light. */
const toned = (level: number): ColourSample => {
  const [red, green, blue] = [38 + level * 0.84, 28 + level * 0.72, 16 + level * 0.56];
  return { luma: lumaOf(red, green, blue), red, green, blue };
};
const blueError = (curve: Float32Array, level: number): number => {
  const { luma, blue } = toned(level);
  return Math.abs(luma + (curve[Math.round(luma) * 3 + 2] ?? 0) - blue);
};
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

describe('a tint curve', () => {
  it('gives the colour of levels that were seen, and of brighter and darker ones near them', () => {
    const curve = fitTintCurve(range(60, 180).map(toned));
    for (const level of range(60, 180)) expect(blueError(curve, level)).toBeLessThan(1.5);
    for (const level of [...range(35, 60), ...range(180, 205)])
      expect(blueError(curve, level)).toBeLessThan(3);
  });

  it('does not run away where nothing was seen', () => {
    const curve = fitTintCurve(range(100, 120).map(toned));
    const offsets = range(0, 256).map((level) => curve[level * 3 + 2] ?? 0);
    expect(Math.max(...offsets) - Math.min(...offsets)).toBeLessThan(0.5 * 8 * 12);
    expect(offsets[0]).toBe(offsets[40]);
    expect(fitTintCurve([]).every((offset) => offset === 0)).toBe(true);
  });
});
