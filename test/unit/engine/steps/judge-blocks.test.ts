import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { Raster } from '../../../../src/engine/pixels/raster.ts';
import { judgeBlocks } from '../../../../src/engine/steps/judge-blocks.ts';
import { noise, waves } from '../../../helpers/test-pictures.ts';

/** Soft shapes with a little grain, as in a photo. */
function picture(): Raster {
  const [soft, grain] = [waves(320, 320), noise(320, 320, 5)];
  return { ...soft, data: soft.data.map((value, at) => value * 0.9 + (grain.data[at] ?? 0) * 0.03) };
}
async function compressed(raster: Raster, quality: number): Promise<Raster> {
  const { widthPx: width, heightPx: height } = raster;
  const jpeg = await sharp(Buffer.from(raster.data), { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  return { ...raster, data: new Uint8Array(await sharp(jpeg).raw().toBuffer()) };
}
const box = { x: 40, y: 33, width: 200, height: 230 };

it('sees the squares of hard compression, wherever the grid begins, and none without', async () => {
  const plain = picture();
  expect(judgeBlocks(plain, box)).toBe(0);
  const hard = await compressed(plain, 10);
  const some = [10, 80, 97].map(async (quality) => judgeBlocks(await compressed(plain, quality), box));
  const [first = 0, second = 0, third = 1] = await Promise.all(some);
  expect(first).toBeGreaterThan(0.8);
  expect(second).toBeLessThan(first);
  expect(third).toBeLessThan(0.1);
  const moved: Raster = { widthPx: 317, heightPx: 315, data: new Uint8Array(317 * 315 * 3) };
  for (let y = 0; y < 315; y++) {
    for (let x = 0; x < 317 * 3; x++) moved.data[y * 317 * 3 + x] = hard.data[(y + 5) * 320 * 3 + x + 9] ?? 0;
  }
  expect(judgeBlocks(moved, box)).toBeGreaterThan(0.8);
});

it('a fence of eight pixels in one direction is no compression', () => {
  const fence = waves(320, 320);
  for (let at = 0; at < fence.data.length; at++) {
    const x = Math.floor(at / 3) % 320;
    fence.data[at] = (fence.data[at] ?? 0) * (x % 8 < 4 ? 1 : 0.6);
  }
  expect(judgeBlocks(fence, box)).toBe(0);
});

it('says nothing of a face too small to tell, or outside the photo', () => {
  expect(judgeBlocks(picture(), { x: 10, y: 10, width: 20, height: 20 })).toBe(0);
  expect(judgeBlocks(picture(), { x: 400, y: 400, width: 200, height: 200 })).toBe(0);
});
