import { describe, expect, it } from 'vitest';
import { CutFinder, thumbnailOf } from '../../../../../src/engine/steps/video/scene-cuts.ts';
import { seededRandom } from '../../../../helpers/seeded-random.ts';

const [widthPx, heightPx] = [160, 90];

function frame(value: (x: number, y: number) => number): Float32Array {
  const samples = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      samples[y * widthPx + x] = Math.min(255, Math.max(0, value(x, y)));
    }
  }
  return thumbnailOf({ samples, widthPx, heightPx, step: 1, first: 0, largest: 255 });
}

const street = (shift: number) => (x: number, y: number) =>
  120 + 60 * Math.sin((x + shift) / 17) + 40 * Math.cos(y / 9);
const room = (x: number, y: number) => 120 + 70 * Math.sin(y / 25) * Math.cos(x / 31 + 2);

function cutsOf(frames: readonly Float32Array[]): number[] {
  const finder = new CutFinder();
  return frames.flatMap((one, index) => (finder.isCut(one) ? [index] : []));
}

describe('CutFinder', () => {
  it('finds a cut and nothing else in a slow pan with grain', () => {
    const random = seededRandom(3);
    const grain = () => (random() - 0.5) * 60;
    const frames = Array.from({ length: 30 }, (_, index) =>
      frame((x, y) => (index < 18 ? street(index)(x, y) : room(x, y)) + grain()),
    );
    expect(cutsOf(frames)).toEqual([18]);
  });

  it('takes flicker and a fade for no cut', () => {
    const flicker = Array.from({ length: 20 }, (_, index) =>
      frame((x, y) => street(0)(x, y) * (index % 2 === 0 ? 0.6 : 1)),
    );
    expect(cutsOf(flicker)).toEqual([]);
    const fade = Array.from({ length: 30 }, (_, index) =>
      frame((x, y) => street(0)(x, y) * (1 - index / 29)),
    );
    expect(cutsOf(fade)).toEqual([]);
  });

  it('finds a cut to black', () => {
    expect(cutsOf([frame(street(0)), frame(street(0)), frame(() => 0), frame(() => 0)])).toEqual([2]);
  });
});
