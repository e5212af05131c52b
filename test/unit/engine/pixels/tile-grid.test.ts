import { describe, expect, it } from 'vitest';
import { makeTileLine } from '../../../../src/engine/pixels/tile-grid.ts';

const cases: { lengthPx: number; multiple: number; fixedPx: number | null }[] = [];
for (const lengthPx of [1, 63, 64, 400, 401, 463, 465, 999, 4000]) {
  for (const multiple of [1, 2, 4]) {
    for (const fixedPx of [null, 64, 256]) cases.push({ lengthPx, multiple, fixedPx });
  }
}

describe('makeTileLine', () => {
  it.each(cases)(
    'covers $lengthPx px once, multiple $multiple, fixed $fixedPx',
    ({ lengthPx, multiple, fixedPx }) => {
      const { windowPx, windows } = makeTileLine(lengthPx, { tilePx: 400, padPx: 32, multiple, fixedPx });
      expect(windowPx % multiple).toBe(0);
      if (fixedPx !== null) expect(windowPx).toBe(fixedPx);
      let covered = 0;
      for (const { from, ownFrom, ownTo } of windows) {
        expect(from % multiple).toBe(0);
        expect(ownFrom).toBe(covered);
        expect(ownTo).toBeGreaterThan(ownFrom);
        expect(ownFrom).toBeGreaterThanOrEqual(from);
        expect(ownTo).toBeLessThanOrEqual(from + windowPx);
        covered = ownTo;
      }
      expect(covered).toBe(lengthPx);
    },
  );

  it('gives every shared border its surroundings on both sides', () => {
    const { windowPx, windows } = makeTileLine(2000, { tilePx: 400, padPx: 32, multiple: 2, fixedPx: null });
    windows.forEach(({ from, ownFrom, ownTo }, i) => {
      if (i > 0) expect(ownFrom - from).toBeGreaterThanOrEqual(31);
      if (i < windows.length - 1) expect(from + windowPx - ownTo).toBeGreaterThanOrEqual(31);
    });
  });
});
