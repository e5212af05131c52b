// Colour and filled holes on whole photos, with small stand-in networks whose answer is known: what is painted, and
// that nothing else is.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OnnxGraphWriter } from '../../../src/engine/checkpoints/onnx-graph-writer.ts';
import type { TaskOf } from '../../../src/shared/contract/engine.ts';
import { type ModelFile, modelFileSchema } from '../../../src/shared/contract/model-file.ts';
import { type BundledServices, openBundledServices } from '../../helpers/bundled-services.ts';

const root = join(import.meta.dirname, '../../..');
const samplePhoto = join(root, 'resources/samples/album-page.jpg');
let folder: string;
let services: BundledServices;
let base: Omit<TaskOf<'repaint-file'>, 'path' | 'target' | 'treatment' | 'model'>;
let reddener: ModelFile;
let painter: ModelFile;
let print: Buffer;
const [width, height] = [420, 480];

/** A network of three numbers: input times `gain` plus `offset` per channel, in -1..1. */
function writeNetwork(name: string, gain: number, offset: readonly [number, number, number]): ModelFile {
  const graph = new OnnxGraphWriter(name);
  const face = graph.input('face', 'float32', [1, 3, 512, 512]);
  const gains = graph.constant({ type: 'float32', data: Float32Array.of(gain), dims: [] });
  const offsets = graph.constant({ type: 'float32', data: Float32Array.from(offset), dims: [1, 3, 1, 1] });
  graph.output(
    graph.node('Add', [graph.node('Mul', [face, gains]), offsets]),
    'out',
    'float32',
    [1, 3, 512, 512],
  );
  const path = join(folder, `${name}.onnx`);
  writeFileSync(path, Buffer.concat(graph.finish({ producer: 'test', documentation: name })));
  return modelFileSchema.parse({
    modelId: name,
    sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
    path,
    contract: {
      interface: 'face-restorer',
      inputSidePx: 512,
      imageInput: 'face',
      output: 'out',
      colour: 'rgb',
      range: 'minus-one-to-one',
    },
  });
}

beforeAll(async () => {
  services = await openBundledServices();
  folder = services.folder;
  const { detection } = services;
  base = {
    kind: 'repaint-file',
    pageIndex: 0,
    detection,
    parser: null,
    isAligned: false,
    pick: 'all',
    software: 'test',
  };
  reddener = writeNetwork('reddener', 1, [0.25, -0.1, -0.15]);
  painter = writeNetwork('painter', 0, [0.2, 0, -0.2]);
  print = await sharp(samplePhoto).extract({ left: 50, top: 620, width, height }).png().toBuffer();
});

afterAll(() => services?.close());

let counter = 0;
async function repaint(
  input: Buffer,
  change: Pick<TaskOf<'repaint-file'>, 'treatment' | 'model'> & Partial<TaskOf<'repaint-file'>>,
) {
  counter += 1;
  const path = join(folder, `in-${counter}.png`);
  writeFileSync(path, input);
  const target = {
    path: join(folder, `out-${counter}.png`),
    overwrite: false,
    settings: {
      format: 'png' as const,
      quality: 95,
      bitDepth: 'same' as const,
      metadata: 'keep' as const,
      restorationRecord: true,
    },
  };
  const answer = await services.engine.run({ ...base, path, target, ...change });
  const { data, info } = await sharp(target.path).toColourspace('srgb').removeAlpha().raw().toBuffer({
    resolveWithObject: true,
  });
  const at = (x: number, y: number) =>
    Array.from(data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3));
  return { answer, at, info, path: target.path };
}

const luma = ([red = 0, green = 0, blue = 0]: number[]): number => 0.299 * red + 0.587 * green + 0.114 * blue;

describe('colour', { timeout: 60_000 }, () => {
  it('comes onto the face, keeps its light and shade, and ends with it', async () => {
    const gray = await sharp(print).grayscale().png().toBuffer();
    const before = await sharp(gray).toColourspace('srgb').removeAlpha().raw().toBuffer();
    const { answer, at, path } = await repaint(gray, {
      treatment: { kind: 'colourise', keepLuma: true, strength: 1 },
      model: reddener,
    });
    expect(answer.faces).toHaveLength(1);
    let worst = 0;
    for (let y = 0; y < height; y += 7)
      for (let x = 0; x < width; x += 7)
        worst = Math.max(worst, Math.abs(luma(at(x, y)) - (before[(y * width + x) * 3] ?? 0)));
    expect(worst).toBeLessThan(2.5);
    const [red = 0, green = 0, blue = 0] = at(200, 230);
    expect(red - green).toBeGreaterThan(25);
    expect(green).toBeGreaterThan(blue);
    for (const [x, y] of [
      [10, 10],
      [400, 470],
      [20, 440],
    ] as const) {
      const [r, g, b] = at(x, y);
      expect([g, b]).toEqual([r, r]);
    }
    expect((await sharp(path).metadata()).channels).toBe(3);
  });

  it('of half the strength is half the colour', async () => {
    const gray = await sharp(print).grayscale().png().toBuffer();
    const colour = async (strength: number): Promise<number> => {
      const { at } = await repaint(gray, {
        treatment: { kind: 'colourise', keepLuma: true, strength },
        model: reddener,
      });
      const [red = 0, green = 0] = at(200, 230);
      return red - green;
    };
    const [half, full] = [await colour(0.5), await colour(1)];
    expect(half / full).toBeGreaterThan(0.4);
    expect(half / full).toBeLessThan(0.6);
  });

  it("can be the network's own picture, on one aligned face", async () => {
    const { info, at } = await repaint(await sharp(print).resize(300, 300, { fit: 'fill' }).toBuffer(), {
      treatment: { kind: 'colourise', keepLuma: false, strength: 1 },
      model: painter,
      isAligned: true,
    });
    expect([info.width, info.height]).toEqual([512, 512]);
    expect(at(100, 100)).toEqual([153, 128, 102]);
  });
});

describe('filling', { timeout: 60_000 }, () => {
  it('takes the white pixels of the face and leaves all others', async () => {
    const svg = `<svg width="${width}" height="${height}"><rect x="180" y="235" width="40" height="24" fill="#fff"/><rect x="4" y="440" width="12" height="12" fill="#fff"/></svg>`;
    const damaged = await sharp(print)
      .composite([{ input: Buffer.from(svg) }])
      .removeAlpha()
      .png()
      .toBuffer();
    const before = await sharp(damaged).raw().toBuffer();
    const { at, answer } = await repaint(damaged, {
      treatment: { kind: 'inpaint', maskPath: null },
      model: painter,
    });
    expect(at(200, 247)).toEqual([153, 128, 102]);
    expect(at(10, 446)).toEqual([255, 255, 255]);
    expect(answer.holePixelsLeft).toBeGreaterThanOrEqual(144);
    let changed = 0;
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        if (x >= 176 && x < 224 && y >= 231 && y < 263) continue;
        const original = Array.from(before.subarray((y * width + x) * 3, (y * width + x) * 3 + 3));
        if (at(x, y).some((value, channel) => value !== original[channel])) changed += 1;
      }
    expect(changed).toBe(0);
  });

  it('by a mask file, whatever is under it; a mask of another size is refused', async () => {
    const mask = join(folder, 'mask.png');
    const svg = `<svg width="${width}" height="${height}"><rect width="100%" height="100%" fill="#000"/><circle cx="200" cy="240" r="15" fill="#fff"/></svg>`;
    await sharp(Buffer.from(svg)).removeAlpha().png().toFile(mask);
    const { at } = await repaint(print, { treatment: { kind: 'inpaint', maskPath: mask }, model: painter });
    expect(at(200, 240)).toEqual([153, 128, 102]);
    const original = await sharp(print).removeAlpha().raw().toBuffer();
    expect(at(200, 270)).toEqual(
      Array.from(original.subarray((270 * width + 200) * 3, (270 * width + 200) * 3 + 3)),
    );
    await expect(
      repaint(await sharp(print).resize(200).toBuffer(), {
        treatment: { kind: 'inpaint', maskPath: mask },
        model: painter,
      }),
    ).rejects.toMatchObject({ code: 'command.invalid-input' });
  });
});
