// Grain of the photo on a clean face: as strong as around it, the same each time, nothing where nothing is asked for.
import { describe, expect, it } from 'vitest';
import { lumaOf } from '../../../../src/engine/pixels/luma.ts';
import type { Plane, Raster } from '../../../../src/engine/pixels/raster.ts';
import { lackingGrain } from '../../../../src/engine/steps/match-grain.ts';
import { seededRandom } from '../../../helpers/seeded-random.ts';

const side = 256;
const seed = Number(process.env['HEIRLOOM_GRAIN_SEED'] ?? 41);

/** A soft ramp with a dark bar, and noise of this deviation over it, coarser by averaging neighbours. */
function picture(deviation: number, isCoarse: boolean): Raster {
  console.log(`seed ${seed}`);
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const noise = Float32Array.from({ length: side * side }, normal);
  const data = new Uint8Array(side * side * 3);
  for (let pixel = 0; pixel < side * side; pixel += 1) {
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    const base = x > 100 && x < 116 ? 60 : 90 + (y / side) * 80;
    const near = [0, 1, side, side + 1].map((step) => noise[(pixel + step) % noise.length] as number);
    const grain = isCoarse ? near.reduce((sum, value) => sum + value, 0) / 2 : (noise[pixel] as number);
    const value = Math.min(255, Math.max(0, base + grain * deviation));
    for (let channel = 0; channel < 3; channel += 1) data[pixel * 3 + channel] = Math.round(value);
  }
  return { widthPx: side, heightPx: side, data };
}
/** Of differences of neighbours (and of those two apart) in a smooth part, in 8-bit units. */
function grainOf({ data }: Plane, step = 1): number {
  let sum = 0;
  let count = 0;
  for (let y = 30; y < side - 30; y += 1) {
    for (let x = 140; x < side - 20; x += 1) {
      const at = y * side + x;
      sum += ((data[at] as number) - (data[at + step] as number)) ** 2;
      count += 1;
    }
  }
  return Math.sqrt(sum / count / 2);
}
/** The clean picture with the grain it lacks. */
function matched(clean: Plane, grainy: Plane, change: Partial<typeof options> = {}): Plane {
  const grain = lackingGrain(clean, grainy, { ...options, ...change });
  return grain === null
    ? clean
    : { ...clean, data: clean.data.map((value, at) => value + (grain.data[at] ?? 0)) };
}
const options = { strength: 1, seed: 7 };

const drawn = (deviation: number, isCoarse = false): Plane => lumaOf(picture(deviation, isCoarse));

describe('matching grain', () => {
  it('makes a clean face as grainy as the photo, within 15 %', () => {
    for (const deviation of [3, 7, 12]) {
      const grainy = drawn(deviation);
      expect(Math.abs(grainOf(matched(drawn(0), grainy)) / grainOf(grainy) - 1)).toBeLessThan(0.15);
    }
  });

  it('of the same coarseness', () => {
    const coarse = drawn(8, true);
    const ratio = (plane: Plane) => grainOf(plane, 1) / grainOf(plane, 2);
    expect(Math.abs(ratio(matched(drawn(0), coarse)) - ratio(coarse))).toBeLessThan(0.1);
    expect(ratio(coarse)).toBeLessThan(0.85);
  });

  it('adds only what is lacking, and half of it at half strength', () => {
    const [grainy, clean] = [drawn(8), drawn(0)];
    expect(grainOf(matched(drawn(8), grainy))).toBeLessThan(grainOf(grainy) * 1.05);
    const half = matched(clean, grainy, { strength: 0.5 });
    expect(grainOf(half) / grainOf(matched(clean, grainy))).toBeCloseTo(0.5, 1);
    expect(lackingGrain(clean, grainy, { ...options, strength: 0 })).toBeNull();
    expect(lackingGrain(clean, drawn(0), options)).toBeNull();
  });

  it('is the same to the bit for the same seed, another for another', () => {
    const [grainy, clean] = [drawn(6), drawn(0)];
    const one = lackingGrain(clean, grainy, options);
    expect(lackingGrain(clean, grainy, options)).toEqual(one);
    expect(lackingGrain(clean, grainy, { ...options, seed: 8 })).not.toEqual(one);
  });
});
