import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { levelSize, topLevel } from '#shared/domain/tile-pyramid.ts';
import { makeTiles } from '../../../../src/engine/codec/make-tiles.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-tiles-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [width, height] = [1301, 777];
const pixels = Buffer.from(Array.from({ length: width * height * 3 }, (_, index) => (index * 7919) % 251));

it('cuts a picture into levels as the pyramid says, the last one without loss', async () => {
  const file = join(folder, 'picture.png');
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file);
  const tiles = join(folder, 'tiles');
  await makeTiles(file, 0, tiles);
  const top = topLevel(width, height);
  expect(readdirSync(tiles).filter((name) => /^\d+$/.test(name))).toHaveLength(top + 1);
  for (let level = 0; level <= top; level += 1) {
    const [levelWidth, levelHeight] = levelSize(width, height, level);
    const last = `${Math.ceil(levelWidth / 512) - 1}_${Math.ceil(levelHeight / 512) - 1}.png`;
    const facts = await sharp(join(tiles, String(level), last)).metadata();
    expect([facts.width, facts.height]).toEqual([
      ((levelWidth - 1) % 512) + 1,
      ((levelHeight - 1) % 512) + 1,
    ]);
    expect(readdirSync(join(tiles, String(level)))).toHaveLength(
      Math.ceil(levelWidth / 512) * Math.ceil(levelHeight / 512),
    );
  }
  const tile = await sharp(join(tiles, String(top), '1_0.png'))
    .raw()
    .toBuffer();
  for (const [x, y] of [
    [0, 0],
    [511, 511],
    [100, 300],
  ] as const) {
    const [at, from] = [(y * 512 + x) * 3, (y * width + 512 + x) * 3];
    expect([...tile.subarray(at, at + 3)]).toEqual([...pixels.subarray(from, from + 3)]);
  }
  // What is there stays; nothing else is left beside it.
  await makeTiles(file, 0, tiles);
  expect(readdirSync(folder).sort()).toEqual(['picture.png', 'tiles']);
});

it('tiles of a photo that lies on its side are upright', async () => {
  const file = join(folder, 'turned.jpg');
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toFile(file);
  const tiles = join(folder, 'turned');
  await makeTiles(file, 0, tiles);
  // Upright it is 777 wide and 1,301 high: two columns, three rows.
  expect(existsSync(join(tiles, '2', '1_2.png'))).toBe(true);
  expect(existsSync(join(tiles, '2', '2_0.png'))).toBe(false);
});

it('a damaged picture leaves nothing behind', async () => {
  const file = join(folder, 'damaged.jpg');
  const whole = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
  writeFileSync(file, whole.subarray(0, whole.length / 3));
  await expect(makeTiles(file, 0, join(folder, 'none'))).rejects.toThrow('file.damaged');
  expect(readdirSync(folder).filter((name) => name.includes('none') || name.endsWith('.tmp'))).toEqual([]);
});
