// Whole files through the engine with the models that ship inside: what changes, what must not, and what is kept.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaskOf } from '../../../src/shared/contract/engine.ts';
import { noExtras } from '../../../src/shared/domain/restore-extras.ts';
import { type BundledServices, openBundledServices } from '../../helpers/bundled-services.ts';

const root = join(import.meta.dirname, '../../..');
const samplePhoto = join(root, 'resources/samples/album-page.jpg');
let folder: string;
let services: BundledServices;
let base: Omit<TaskOf<'restore-file'>, 'path' | 'target'>;
/** One print of the sample: a face of about 130 px, quick to restore. */
let print: Buffer;

beforeAll(async () => {
  services = await openBundledServices();
  folder = services.folder;
  const { detection, restorer } = services;
  base = {
    kind: 'restore-file',
    pageIndex: 0,
    detection,
    restorer,
    parser: null,
    upscaler: null,
    backgroundStrength: 1,
    fidelity: 0.5,
    strength: 1,
    scale: 1,
    monochrome: 'auto',
    software: 'test',
  };
  print = await sharp(samplePhoto).extract({ left: 50, top: 620, width: 420, height: 480 }).png().toBuffer();
});

afterAll(() => services?.close());

type Settings = TaskOf<'restore-file'>['target']['settings'];
let counter = 0;

function taskFor(
  input: Buffer | string,
  change: Partial<TaskOf<'restore-file'>> = {},
  settings: Partial<Settings> = {},
) {
  counter += 1;
  const format = settings.format ?? 'png';
  const path = typeof input === 'string' ? input : join(folder, `in-${counter}.bin`);
  if (typeof input !== 'string') writeFileSync(path, input);
  const target = {
    path: join(folder, `out-${counter}`, `result.${format}`),
    overwrite: false,
    settings: {
      format,
      quality: 95,
      bitDepth: 'same' as const,
      metadata: 'keep' as const,
      restorationRecord: true,
      ...settings,
    },
  };
  return { ...base, path, target, ...change } satisfies TaskOf<'restore-file'>;
}

const restore = (task: TaskOf<'restore-file'>) => services.engine.run(task);

async function pixels(input: Buffer | string) {
  const { data, info } = await sharp(input)
    .removeAlpha()
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2), ...info };
}

/** Largest difference outside and mean difference inside the middle of the face, in 8-bit steps. */
async function differences(before: Buffer | string, after: string) {
  const [a, b] = [await pixels(before), await pixels(after)];
  expect([b.width, b.height]).toEqual([a.width, a.height]);
  const unit = Math.max(...a.data.subarray(0, 3000)) > 255 ? 257 : 1;
  let [outside, inside, count] = [0, 0, 0];
  for (let y = 0; y < a.height; y += 1)
    for (let x = 0; x < a.width; x += 1) {
      let change = 0;
      for (let c = 0; c < 3; c += 1) {
        const at = (y * a.width + x) * 3 + c;
        change = Math.max(change, Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)) / unit);
      }
      if (y > 440 || y < 20 || x < 20 || x > 390) outside = Math.max(outside, change);
      if (x > 150 && x < 270 && y > 170 && y < 290) {
        inside += change;
        count += 1;
      }
    }
  return { outside, inside: inside / count };
}

describe('a restored file', { timeout: 60_000 }, () => {
  it('changes the face and nothing far from it', async () => {
    const task = taskFor(print);
    const digest = createHash('sha256').update(readFileSync(task.path)).digest('hex');
    const { faces, timings } = await restore(task);
    expect(faces).toHaveLength(1);
    expect(timings.map(({ step }) => step)).toContain('restoring-faces');
    const { outside, inside } = await differences(print, task.target.path);
    expect(outside).toBe(0);
    expect(inside).toBeGreaterThan(1.5);
    expect(createHash('sha256').update(readFileSync(task.path)).digest('hex')).toBe(digest);
  });

  it('is the same every time', async () => {
    const [one, two] = [taskFor(print), taskFor(print)];
    await restore(one);
    await restore(two);
    expect((await pixels(one.target.path)).data).toEqual((await pixels(two.target.path)).data);
  });

  it('keeps 16 bit, exactly outside the face', async () => {
    const wide = await sharp(print).toColourspace('rgb16').linear(1, 37).png().toBuffer();
    const task = taskFor(wide);
    await restore(task);
    expect(await sharp(task.target.path).metadata()).toMatchObject({ depth: 'ushort' });
    expect((await differences(wide, task.target.path)).outside).toBe(0);
  });

  it('stays gray, and stays sepia', async () => {
    const gray = await sharp(print).grayscale().png().toBuffer();
    const task = taskFor(gray);
    await restore(task);
    const after = await sharp(task.target.path).toColourspace('srgb').removeAlpha().raw().toBuffer();
    for (let at = 0; at < after.length; at += 3 * 97)
      expect([after[at + 1], after[at + 2]]).toEqual([after[at], after[at]]);

    const sepia = await sharp(await sharp(print).modulate({ saturation: 0 }).png().toBuffer())
      .linear([0.84, 0.72, 0.56], [38, 28, 16])
      .png()
      .toBuffer();
    const tinted = taskFor(sepia);
    await restore(tinted);
    const { data } = await pixels(tinted.target.path);
    // One tone has one colour: red tells green and blue.
    const unit = data.some((value) => value > 255) ? 257 : 1;
    let worst = 0;
    for (let at = 0; at < data.length; at += 3) {
      const luma = ((data[at] ?? 0) / unit - 38) / 0.84;
      worst = Math.max(worst, Math.abs((data[at + 1] ?? 0) / unit - (luma * 0.72 + 28)));
      worst = Math.max(worst, Math.abs((data[at + 2] ?? 0) / unit - (luma * 0.56 + 16)));
    }
    expect(worst).toBeLessThan(4);
  });

  it('keeps transparency, density and what others wrote; says what was done', async () => {
    const input = await sharp(print)
      .ensureAlpha(0.5)
      .withMetadata({ density: 600, exif: { IFD0: { Artist: 'Grandfather' } } })
      .png()
      .toBuffer();
    const task = taskFor(input, { scale: 2 });
    await restore(task);
    const facts = await sharp(task.target.path).metadata();
    expect(facts).toMatchObject({ width: 840, height: 960, hasAlpha: true, density: 1200 });
    expect(facts.exif?.toString('latin1')).toContain('Grandfather');
    expect(facts.xmp?.toString()).toContain('lite-face');
  });

  it.each(['jpeg', 'png', 'tiff', 'webp', 'avif'] as const)('is written as %s', async (format) => {
    const task = taskFor(print, {}, { format });
    await restore(task);
    const { format: written } = await sharp(task.target.path).metadata();
    expect(written).toBe(format === 'avif' ? 'heif' : format);
  });

  it('without a face is a result like any other', async () => {
    const wall = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#766' } })
      .png()
      .toBuffer();
    const task = taskFor(wall, { scale: 2 });
    expect((await restore(task)).faces).toEqual([]);
    expect(await sharp(task.target.path).metadata()).toMatchObject({ width: 600, height: 400 });
  });
});

describe('extras', { timeout: 60_000 }, () => {
  it('one aligned face goes in, one comes out', async () => {
    const aligned = await sharp(print)
      .extract({ left: 110, top: 90, width: 220, height: 220 })
      .png()
      .toBuffer();
    const task = taskFor(aligned, { extras: { ...noExtras, isAligned: true } });
    await restore(task);
    expect(await sharp(task.target.path).metadata()).toMatchObject({ width: 512, height: 512 });
  });

  it('one of several faces, its picture beside, and a frame', async () => {
    const task = taskFor(samplePhoto, {
      extras: {
        ...noExtras,
        pick: 'centre',
        drawFrames: true,
        saveFaces: {
          croppedStem: join(folder, 'faces/cropped'),
          restoredStem: join(folder, 'faces/restored'),
        },
      },
    });
    expect((await restore(task)).faces).toHaveLength(1);
    expect(readdirSync(join(folder, 'faces')).sort()).toEqual(['cropped_00.png', 'restored_00.png']);
    const { data } = await pixels(task.target.path);
    let green = 0;
    for (let at = 0; at < data.length; at += 3)
      if ((data[at + 1] ?? 0) > 200 && (data[at] ?? 0) < 60 && (data[at + 2] ?? 0) < 60) green += 1;
    expect(green).toBeGreaterThan(200);
  });

  it('a pixelated face is smoothed, found, and recorded as invented', async () => {
    const small = await sharp(print)
      .extract({ left: 100, top: 70, width: 234, height: 252 })
      .resize(26, 28)
      .toBuffer();
    const squares = await sharp(small).resize(234, 252, { kernel: 'nearest' }).toBuffer();
    const damaged = await sharp(print)
      .composite([{ input: squares, left: 100, top: 70 }])
      .png()
      .toBuffer();
    const task = taskFor(damaged, { extras: { ...noExtras, demosaic: 'auto' } });
    const { faces, mosaics } = await restore(task);
    expect(mosaics).toHaveLength(1);
    expect(faces).toHaveLength(1);
    expect((await sharp(task.target.path).metadata()).xmp?.toString()).toContain('Invented');
    const plain = taskFor(damaged);
    expect((await restore(plain)).mosaics).toEqual([]);
  });

  it('a pixelated face is found for a project too, with its region', async () => {
    const small = await sharp(print)
      .extract({ left: 100, top: 70, width: 234, height: 252 })
      .resize(26, 28)
      .toBuffer();
    const squares = await sharp(small).resize(234, 252, { kernel: 'nearest' }).toBuffer();
    const path = join(folder, 'pixelated.png');
    await sharp(print)
      .composite([{ input: squares, left: 100, top: 70 }])
      .png()
      .toFile(path);
    const find = { kind: 'find-faces' as const, path, pageIndex: 0, models: base.detection };
    const { faces } = await services.engine.run({ ...find, demosaic: true });
    expect(faces).toHaveLength(1);
    expect(faces[0]?.mosaicInPhoto?.x).toBeGreaterThan(70);
    const plain = await services.engine.run({ ...find, path: samplePhoto, demosaic: true });
    expect(plain.faces.length).toBeGreaterThanOrEqual(6);
    expect(plain.faces.every(({ mosaicInPhoto }) => mosaicInPhoto === undefined)).toBe(true);
    expect(faces[0], 'nothing is said of a face that is not there').not.toHaveProperty('judgement');
    for (const { judgement, boxInPhoto } of plain.faces) {
      expect(judgement?.sidePx).toBeGreaterThan(boxInPhoto.width);
      expect(judgement?.sidePx).toBeLessThan(boxInPhoto.width * 2.5);
      expect(judgement?.detailPx, 'the sample is blurred').toBeLessThan(0.5 * (judgement?.sidePx ?? 0));
    }
  });

  it('only faces with little detail left', async () => {
    const all = taskFor(samplePhoto, { extras: { ...noExtras, onlyBelowDetailPx: 1 } });
    expect((await restore(all)).faces).toEqual([]);
    const none = taskFor(samplePhoto, { extras: { ...noExtras, onlyBelowDetailPx: 512 } });
    expect((await restore(none)).faces.length).toBeGreaterThan(4);
  });
});

describe('where the result cannot go', { timeout: 60_000 }, () => {
  it('onto the original, by any of its names, unless asked to', async () => {
    const photo = join(folder, 'grandmother.png');
    writeFileSync(photo, print);
    const other = join(folder, 'other-name.png');
    linkSync(photo, other);
    for (const path of [photo, other]) {
      const task = taskFor(photo);
      await expect(restore({ ...task, target: { ...task.target, path } })).rejects.toMatchObject({
        code: 'output.is-input',
      });
    }
    expect(readFileSync(photo)).toEqual(print);
    const task = taskFor(photo);
    await restore({ ...task, target: { ...task.target, path: photo, overwrite: true } });
    expect(readFileSync(photo).equals(print)).toBe(false);
    // The other name still holds the original: the new file took the name, not the bytes.
    expect(readFileSync(other)).toEqual(print);
  });

  it('onto another file, a folder, or into a file', async () => {
    const taken = join(folder, 'taken.png');
    writeFileSync(taken, 'mine');
    const task = taskFor(print);
    const to = (path: string) => restore({ ...task, target: { ...task.target, path } });
    await expect(to(taken)).rejects.toMatchObject({ code: 'output.exists' });
    await expect(to(folder)).rejects.toMatchObject({ code: 'output.not-writable' });
    await expect(to(join(taken, 'inside.png'))).rejects.toMatchObject({ code: 'output.not-writable' });
    expect(readFileSync(taken, 'utf8')).toBe('mine');
  });

  it('onto a full disk: nothing is left behind', async (context) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      return context.skip('needs root and tmpfs');
    }
    try {
      const task = taskFor(print, { scale: 2 });
      const path = join(disk, 'result.png');
      await expect(restore({ ...task, target: { ...task.target, path } })).rejects.toMatchObject({
        code: 'output.disk-full',
      });
      expect(readdirSync(disk)).toEqual([]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it('cancelled: no file, and the next job runs', async () => {
    const stop = new AbortController();
    const task = taskFor(samplePhoto, { scale: 2 });
    const running = services.engine.run(task, {
      signal: stop.signal,
      onProgress: (step) => step === 'restoring-faces' && stop.abort(),
    });
    await expect(running).rejects.toThrow(/cancel/i);
    expect(existsSync(task.target.path)).toBe(false);
    await restore(taskFor(print));
  });
});
