// Half precision against values of the standard and against rounding by search.
import { expect, test } from 'vitest';
import { floatsToHalves, halvesToFloats } from '../../../../src/engine/onnx/half-float.ts';
import { seededRandom } from '../../../helpers/seeded-random.ts';

test.each([
  [0x0000, 0],
  [0x0001, 2 ** -24],
  [0x03ff, 1023 * 2 ** -24],
  [0x0400, 2 ** -14],
  [0x3c00, 1],
  [0x3555, 0.333251953125],
  [0xc000, -2],
  [0x7bff, 65504],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0xfc00, Number.NEGATIVE_INFINITY],
  [0x7e00, Number.NaN],
])('the pattern %i is %f', (bits, value) => {
  expect(halvesToFloats(Uint16Array.of(bits))[0]).toBe(value);
  expect(floatsToHalves(Float32Array.of(value))[0]).toBe(bits);
});

test('minus zero keeps its sign; what is too small becomes zero, what is too large infinity', () => {
  const halves = floatsToHalves(Float32Array.of(-0, 1e-9, -1e-9, 65520, -1e30));
  expect([...halves]).toEqual([0x8000, 0, 0x8000, 0x7c00, 0xfc00]);
});

test('every half survives the way to float and back', () => {
  const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
  const back = floatsToHalves(halvesToFloats(all));
  const changed = [...all].filter((bits) => {
    const isNotANumber = (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;
    return !isNotANumber && back[bits] !== bits;
  });
  expect(changed).toEqual([]);
});

test('any float goes to the nearest half, ties to the even one', () => {
  const seed = Date.now() & 0xffffffff;
  const random = seededRandom(seed);
  const floats = Float32Array.from({ length: 20_000 }, () => {
    const magnitude = 2 ** (random() * 44 - 27);
    return random() < 0.5 ? magnitude : -magnitude;
  });
  // Halfway between two neighbours: 1 + k/1024 and 1 + (k + 1)/1024.
  const ties = Float32Array.from({ length: 100 }, (_, k) => 1 + (k + 0.5) / 1024);
  const halves = floatsToHalves(floats);
  const values = halvesToFloats(halves);
  for (const [index, float] of floats.entries()) {
    if (Math.abs(float) >= 65504) continue;
    const error = Math.abs((values[index] as number) - float);
    const bits = halves[index] as number;
    const neighbours = halvesToFloats(Uint16Array.of(bits + 1, Math.max(bits & 0x8000, bits - 1)));
    for (const neighbour of neighbours) {
      expect(error, `seed ${seed}, ${float}`).toBeLessThanOrEqual(Math.abs(neighbour - float));
    }
  }
  expect([...floatsToHalves(ties)].every((bits) => bits % 2 === 0)).toBe(true);
});
