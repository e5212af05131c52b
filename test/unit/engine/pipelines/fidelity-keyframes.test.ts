import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import { fidelityKeyframes } from '../../../../src/engine/pipelines/fidelity-keyframes.ts';
import { engineTaskSchema } from '../../../../src/shared/contract/engine.ts';
import { faceTemplate512 } from '../../../../src/shared/domain/face-template.ts';
import { tinyCodeFormerFolder } from '../../../helpers/codeformer-golden.ts';
import { loadConvertedForTest } from '../../../helpers/load-converted.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'heirloom-keyframes-'));
const converted = await loadConvertedForTest(path.join(tinyCodeFormerFolder, 'tiny.pth'));

afterAll(async () => {
  await converted.remove();
  await rm(folder, { recursive: true, force: true });
});

it('writes the face at every fidelity asked for, encoding it once', async () => {
  const photoPath = path.join(folder, 'photo.png');
  const pixels = Buffer.from(
    Uint8Array.from({ length: 300 * 300 * 3 }, (_, at) => (at * 7 + (at >> 9)) & 255),
  );
  await sharp(pixels, { raw: { width: 300, height: 300, channels: 3 } })
    .png()
    .toFile(photoPath);
  const at = (name: string) => path.join(folder, `${name}.jpg`);
  const task = engineTaskSchema.parse({
    kind: 'fidelity-keyframes',
    path: photoPath,
    pageIndex: 0,
    landmarksInPhoto: faceTemplate512.map(([x, y]) => [x / 2 + 20, y / 2 + 20]),
    restorer: converted.file,
    keyframes: [0, 0.5, 1].map((fidelity) => ({ fidelity, path: at(`w${fidelity}`) })),
    originalPath: at('original'),
  });
  if (task.kind !== 'fidelity-keyframes') throw new TypeError('another task');
  const fractions: number[] = [];
  const output = await fidelityKeyframes(task, {
    models: converted.loader,
    signal: new AbortController().signal,
    progress: (_step, fraction) => fractions.push(fraction),
    log: () => undefined,
  });
  expect(output).toMatchObject({ sidePx: 128, keyframes: task.keyframes });
  expect(converted.runs).toEqual(['encode.onnx', 'decode-without-fusion.onnx', 'decode.onnx', 'decode.onnx']);
  const pictures = await Promise.all(
    [...task.keyframes.map((frame) => frame.path), at('original')].map((file) =>
      sharp(file).raw().toBuffer(),
    ),
  );
  expect(pictures.map(({ length }) => length)).toEqual(Array(4).fill(128 * 128 * 3));
  expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(4);
  expect(fractions).toEqual(fractions.toSorted((left, right) => left - right));

  const gray = engineTaskSchema.parse({
    ...task,
    monochrome: { mode: 'gray', faces: [task.landmarksInPhoto] },
  });
  if (gray.kind !== 'fidelity-keyframes') throw new TypeError('another task');
  await fidelityKeyframes(gray, {
    models: converted.loader,
    signal: new AbortController().signal,
    progress: () => undefined,
    log: () => undefined,
  });
  const restored = await sharp(at('w0.5')).raw().toBuffer();
  const spread = Array.from({ length: restored.length / 3 }, (_, pixel) => {
    const [r = 0, g = 0, b = 0] = restored.subarray(pixel * 3, pixel * 3 + 3);
    return Math.max(r, g, b) - Math.min(r, g, b);
  });
  expect(Math.max(...spread), 'a gray photo keeps gray faces').toBeLessThanOrEqual(2);
});
