// Builds the bundled models into a temporary folder and opens them with onnxruntime.
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildModels } from '../../../../scripts/build-models/index.ts';
import { loadModelForTest } from '../../../helpers/load-model.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heirloom-models-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('buildModels', () => {
  it('writes what it says, the same each time, and leaves a right file alone', async () => {
    const built = await buildModels(folder);
    expect(built.map(({ fileName }) => fileName)).toEqual([
      'blazeface.onnx',
      'facemesh.onnx',
      'face-recognition.onnx',
    ]);
    for (const { fileName, sha256, byteSize } of built) {
      const bytes = await readFile(join(folder, fileName));
      expect(bytes.byteLength).toBe(byteSize);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
    const before = await stat(join(folder, 'facemesh.onnx'));
    await writeFile(join(folder, 'blazeface.onnx'), 'damaged');
    expect(await buildModels(folder)).toEqual(built);
    expect((await stat(join(folder, 'facemesh.onnx'))).mtimeMs).toBe(before.mtimeMs);
    expect((await readFile(join(folder, 'blazeface.onnx'))).byteLength).toBe(built[0]?.byteSize);
  });

  it('makes a detector and a mesh that run', async () => {
    await buildModels(folder);
    const blazeface = await loadModelForTest(join(folder, 'blazeface.onnx'), {
      interface: 'detector-blazeface',
    });
    expect(blazeface.inputDims).toEqual({ image: [1, 3, 256, 256] });
    const gray = { type: 'float32', data: new Float32Array(3 * 256 * 256), dims: [1, 3, 256, 256] } as const;
    const found = await blazeface.run({ image: gray });
    expect(found['scores']?.dims).toEqual([1, 896, 1]);
    expect(found['boxes']?.dims).toEqual([1, 896, 16]);
    expect(Math.max(...(found['scores']?.data ?? []))).toBeLessThan(0);

    const facemesh = await loadModelForTest(join(folder, 'facemesh.onnx'), {
      interface: 'landmarks-facemesh',
    });
    expect(facemesh.inputDims).toEqual({ image: [1, 3, 192, 192] });
    const half = new Float32Array(3 * 192 * 192).fill(0.5);
    const mesh = await facemesh.run({ image: { type: 'float32', data: half, dims: [1, 3, 192, 192] } });
    expect(mesh['mesh']?.dims).toEqual([1, 1404]);
    expect(mesh['face_flag']?.data[0]).toBeLessThan(0.1);
  });
});
