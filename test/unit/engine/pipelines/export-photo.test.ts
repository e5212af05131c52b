import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineTaskSchema } from '#shared/contract/engine.ts';
import { defaultExportSettings, type ExportSettings } from '#shared/domain/export.ts';
import { exportPhoto } from '../../../../src/engine/pipelines/export-photo.ts';
import { contextWith } from '../../../helpers/restore-clip.ts';

let folder: string;
let original: string;
let result: string;
const [left, right] = [
  { r: 200, g: 40, b: 40 },
  { r: 40, g: 200, b: 40 },
];
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'heirloom-export-'));
  [original, result] = [path.join(folder, 'old.tif'), path.join(folder, 'result.png')];
  await sharp({ create: { width: 60, height: 90, channels: 3, background: left } })
    .withMetadata({ density: 150 })
    .tiff({ xres: 150 / 25.4, yres: 150 / 25.4 })
    .toFile(original);
  await sharp({ create: { width: 120, height: 180, channels: 3, background: right } })
    .png()
    .toFile(result);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function exported(
  settings: Partial<ExportSettings>,
  outputPath = path.join(folder, 'out.png'),
  overwrite = false,
) {
  const task = engineTaskSchema.parse({
    kind: 'export-photo',
    originalPath: original,
    pageIndex: 0,
    resultPath: result,
    record: null,
    target: {
      path: outputPath,
      settings: { ...defaultExportSettings, format: 'png', ...settings },
      overwrite,
    },
  });
  if (task.kind !== 'export-photo') throw new TypeError('another task');
  await exportPhoto(task, contextWith());
  return sharp(outputPath).metadata();
}

describe('export', () => {
  it('keeps the print size; smaller and for print as asked for', async () => {
    expect(await exported({})).toMatchObject({ width: 120, height: 180, density: 300 });
    const small = await exported({ size: { kind: 'longest-side', px: 90 } }, path.join(folder, 'small.png'));
    expect(small).toMatchObject({ width: 60, height: 90, density: 150 });
    const print = path.join(folder, 'print.png');
    expect(
      await exported({ size: { kind: 'print', longestSideCm: 2.54 }, densityPpi: 100 }, print),
    ).toMatchObject({ width: 67, height: 100, density: 100 });
  });

  it('shows before and after on one sheet: beside each other, or above where they are wide', async () => {
    const sheetPath = path.join(folder, 'sheet.png');
    const { width = 0, height } = await exported({ layout: 'before-after' }, sheetPath);
    expect([width > 240, height]).toEqual([true, 180]);
    const pixel = async (x: number, y: number) => {
      const { data } = await sharp(sheetPath)
        .extract({ left: x, top: y, width: 1, height: 1 })
        .raw()
        .toBuffer({ resolveWithObject: true });
      return { r: data[0], g: data[1], b: data[2] };
    };
    expect(await pixel(10, 90)).toEqual(left);
    expect(await pixel(width - 10, 90)).toEqual(right);
    expect(await pixel(Math.floor(width / 2), 90)).toEqual({ r: 255, g: 255, b: 255 });

    await sharp({ create: { width: 90, height: 60, channels: 3, background: left } })
      .tiff()
      .toFile(original);
    await sharp({ create: { width: 180, height: 120, channels: 3, background: right } })
      .png()
      .toFile(result);
    const wide = await exported({ layout: 'before-after' }, path.join(folder, 'wide.png'));
    expect([wide.width, (wide.height ?? 0) > 240]).toEqual([180, true]);
  });

  it('never goes over the original, whatever name it has, nor over another file', async () => {
    await expect(exported({}, original)).rejects.toMatchObject({ code: 'output.is-input' });
    const link = path.join(folder, 'link.png');
    symlinkSync(original, link);
    await expect(exported({}, link)).rejects.toMatchObject({ code: 'output.is-input' });
    const other = path.join(folder, 'other.png');
    writeFileSync(other, 'mine');
    await expect(exported({}, other)).rejects.toMatchObject({ code: 'output.exists' });
    await expect(exported({}, folder, true)).rejects.toMatchObject({ code: 'output.not-writable' });
  });

  it('says so before any work when the folder cannot be written', async ({ skip }) => {
    const isBound = process.getuid?.() !== 0 && process.platform !== 'win32';
    skip(!isBound, 'needs a user whom file modes bind: not root, not Windows');
    const locked = path.join(folder, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o555);
    await expect(exported({}, path.join(locked, 'a.png'))).rejects.toMatchObject({
      code: 'output.not-writable',
    });
  });

  it('a name below a file is no folder', async () => {
    await expect(exported({}, path.join(original, 'a.png'))).rejects.toMatchObject({
      code: 'output.not-writable',
    });
    expect(existsSync(original)).toBe(true);
  });
});
