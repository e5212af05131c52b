import { describe, expect, it } from 'vitest';
import type { Raster } from '../../../../../src/engine/pixels/raster.ts';
import { hdrCurveOf } from '../../../../../src/engine/steps/video/hdr-curve.ts';
import { seededRandom } from '../../../../helpers/seeded-random.ts';

const pictureOf = (...pixels: (readonly [number, number, number])[]): Raster => ({
  widthPx: pixels.length,
  heightPx: 1,
  data: Uint16Array.from(pixels.flatMap((pixel) => pixel.map((value) => Math.round(value * 65535)))),
});
const gray = (value: number) => [value, value, value] as const;
const shares = ({ data }: Raster) => Array.from(data, (value) => value / 65535);
const curveOf = (hdr: 'pq' | 'hlg') => {
  const curve = hdrCurveOf(hdr);
  if (curve === null) throw new Error('there is one');
  return curve;
};

describe('an HDR film for networks that know ordinary pictures', () => {
  it('leaves ordinary films alone', () => {
    expect(hdrCurveOf('none')).toBeNull();
  });

  it.each([
    // Black, the gray card (26 cd/m2), white (203) and a lamp (1000): ITU-R BT.2408, tables 1 and 5.
    ['pq', [0, 0.38, 0.5807, 0.7518]],
    ['hlg', [0, 0.378, 0.75, 1]],
  ] as const)('%s: black, a gray card and white look as they do elsewhere', (hdr, signals) => {
    const seen = shares(curveOf(hdr).toStandard(pictureOf(...signals.map(gray))));
    const at = (index: number) => seen.slice(index * 3, index * 3 + 3);
    expect(at(0)).toEqual([0, 0, 0]);
    for (const value of at(1)) expect(value).toBeCloseTo(0.393, 2);
    for (const value of at(2)) expect(value).toBeCloseTo(0.967, 2);
    for (const value of at(3)) expect(value).toBeGreaterThan(0.99);
  });

  it('takes the wider primaries for what they are', () => {
    // BT.709 red of half of white's light, in BT.2020: 0.3137, 0.0346, 0.0082 of white.
    const { toStandard } = curveOf('hlg');
    const signal = (light: number) => Math.sqrt(3 * light ** (1 / 1.2) * 0.265);
    const [red = 0, green = 0, blue = 0] = shares(
      toStandard(pictureOf([signal(0.3137), signal(0.03455), signal(0.0082)])),
    );
    expect(red).toBeCloseTo(0.742, 2);
    expect(green).toBeLessThan(0.02);
    expect(blue).toBeLessThan(0.02);
  });

  it.each(['pq', 'hlg'] as const)(
    '%s: what is not changed comes back, also what an ordinary picture cannot hold',
    (hdr) => {
      const seed = Number(process.env['HEIRLOOM_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
      const random = seededRandom(seed);
      const film = pictureOf(
        ...Array.from({ length: 500 }, () => [random(), random(), random()] as const),
        [1, 0, 0],
        [0, 1, 1],
        gray(1),
      );
      const { toStandard, fromStandard } = curveOf(hdr);
      const shown = toStandard(film);
      const back = fromStandard(film, shown, shown);
      const furthest = Math.max(...film.data.map((value, at) => Math.abs(value - (back.data[at] ?? 0))));
      // A step of ten bits is 64.
      expect(furthest, `HEIRLOOM_SEED=${seed}`).toBeLessThan(16);
    },
  );

  it('what is changed is changed as light: black becomes what a picture means by it', () => {
    const { toStandard, fromStandard } = curveOf('pq');
    const film = pictureOf(gray(0.4), gray(0.55));
    const shown = toStandard(film);
    const swapped: Raster = {
      ...shown,
      data: Uint16Array.from([...shown.data.slice(3), ...shown.data.slice(0, 3)]),
    };
    const answer = shares(fromStandard(film, shown, swapped));
    for (const value of answer.slice(0, 3)) expect(value).toBeCloseTo(0.55, 3);
    for (const value of answer.slice(3)) expect(value).toBeCloseTo(0.4, 3);
  });
});
