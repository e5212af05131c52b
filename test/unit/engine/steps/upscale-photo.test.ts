import { describe, expect, it } from 'vitest';
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { ModelContract } from '#shared/domain/model.ts';
import { HeirloomError, JobCancelled } from '#shared/errors/heirloom-error.ts';
import type { FloatTensor, LoadedModel, Tensor } from '../../../../src/engine/onnx/loaded-model.ts';
import { blendBackground } from '../../../../src/engine/steps/upscale/blend-background.ts';
import { upscalePhoto } from '../../../../src/engine/steps/upscale-photo.ts';
import { noise, paint, psnr, waves } from '../../../helpers/test-pictures.ts';

const signal = new AbortController().signal;

interface FilterOptions {
  readonly scale?: number;
  readonly sideMultiple?: number;
  readonly fixedPx?: number;
  /** Added to a whole tile, another value each time: what a network that looks at the whole tile would do. */
  readonly driftOfTile?: (index: number) => number;
  /** Called with the tile's sides before computing; may throw. */
  readonly onRun?: (widthPx: number, heightPx: number) => void;
}

/** A network that does one exact thing: a mean over `radiusPx` around each pixel, then each pixel repeated. */
function localFilter(radiusPx: number, options: FilterOptions = {}): LoadedModel {
  const { scale = 2, sideMultiple, fixedPx } = options;
  const contract: ModelContract = {
    interface: 'upscaler',
    imageInput: 'input',
    output: 'output',
    range: 'zero-to-one',
    scale,
    ...(sideMultiple === undefined ? {} : { sideMultiple }),
  };
  const side = fixedPx ?? null;
  let runs = 0;
  return {
    file: { modelId: 'test-filter', sha256: '0'.repeat(64), path: 'none', contract } as ModelFile,
    inputNames: ['input'],
    outputNames: ['output'],
    inputDims: { input: [1, 3, side, side] },
    run: async (feeds: Readonly<Record<string, Tensor>>) => {
      const input = feeds['input'];
      if (input?.type !== 'float32') throw new Error('float32 expected');
      const [, , heightPx = 0, widthPx = 0] = input.dims;
      options.onRun?.(widthPx, heightPx);
      if (sideMultiple !== undefined && (widthPx % sideMultiple || heightPx % sideMultiple)) {
        throw new Error('sides do not fit');
      }
      const drift = options.driftOfTile?.(runs++) ?? 0;
      return { output: meanAndRepeat(input.data, widthPx, heightPx, radiusPx, scale, drift) };
    },
  };
}

function meanAndRepeat(
  data: Float32Array,
  widthPx: number,
  heightPx: number,
  radiusPx: number,
  scale: number,
  drift: number,
): FloatTensor {
  const output = new Float32Array(3 * widthPx * heightPx * scale * scale);
  const clamp = (value: number, size: number) => Math.min(Math.max(value, 0), size - 1);
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) {
        let sum = drift * (2 * radiusPx + 1) * 2;
        for (let i = -radiusPx; i <= radiusPx; i++) {
          sum += data[(channel * heightPx + y) * widthPx + clamp(x + i, widthPx)] ?? 0;
          sum += data[(channel * heightPx + clamp(y + i, heightPx)) * widthPx + x] ?? 0;
        }
        for (let k = 0; k < scale * scale; k++) {
          const at = (channel * heightPx * scale + y * scale + Math.floor(k / scale)) * widthPx * scale;
          output[at + x * scale + (k % scale)] = sum / (4 * radiusPx + 2);
        }
      }
    }
  }
  return { type: 'float32', data: output, dims: [1, 3, heightPx * scale, widthPx * scale] };
}

describe('upscalePhoto', () => {
  it.each([
    { scale: 2, widthPx: 300, heightPx: 210, bits: 8 },
    { scale: 2, widthPx: 301, heightPx: 173, bits: 16 },
    { scale: 4, widthPx: 131, heightPx: 259, bits: 8 },
    { scale: 1, widthPx: 200, heightPx: 90, bits: 8 },
  ] as const)(
    'gives the same picture in tiles as in one piece: $widthPx×$heightPx, ×$scale, $bits bit',
    async ({ scale, widthPx, heightPx, bits }) => {
      const photo = noise(widthPx, heightPx, 7, bits);
      const model = localFilter(9, { scale });
      const whole = await upscalePhoto(photo, model, { signal, tilePx: 4000 });
      const tiled = await upscalePhoto(photo, model, { signal, tilePx: 64 });
      expect([tiled.widthPx, tiled.heightPx]).toEqual([widthPx * scale, heightPx * scale]);
      expect(tiled).toEqual(whole);
    },
  );

  it('mirrors odd sides up to the multiple a network needs, and cuts the surplus off', async () => {
    const photo = noise(203, 111, 3);
    const plain = await upscalePhoto(photo, localFilter(0), { signal, tilePx: 4000 });
    for (const tilePx of [64, 4000]) {
      expect(await upscalePhoto(photo, localFilter(0, { sideMultiple: 4 }), { signal, tilePx })).toEqual(
        plain,
      );
    }
  });

  it('feeds a network of fixed sides exactly these, for photos larger and smaller', async () => {
    const sides = new Set<string>();
    const onRun = (widthPx: number, heightPx: number) => sides.add(`${widthPx}x${heightPx}`);
    const model = localFilter(4, { fixedPx: 128, onRun });
    for (const photo of [noise(300, 90, 1), noise(40, 30, 2)]) {
      const whole = await upscalePhoto(photo, localFilter(4), { signal, tilePx: 4000 });
      const tiled = await upscalePhoto(photo, model, { signal });
      expect([tiled.widthPx, tiled.heightPx]).toEqual([photo.widthPx * 2, photo.heightPx * 2]);
      // Mirroring stands in for the filter's own border only at the rim of the picture.
      const inner = (x: number, y: number) =>
        x > 9 && y > 9 && x < tiled.widthPx - 10 && y < tiled.heightPx - 10;
      expect(psnr(tiled, whole, inner)).toBeGreaterThan(90);
    }
    expect([...sides]).toEqual(['128x128']);
  });

  it('shows no seam even when tiles differ in brightness', async () => {
    const photo = paint(400, 300, () => [0.5, 0.5, 0.5], 16);
    const model = localFilter(2, { driftOfTile: (i) => (i % 2 === 0 ? 0.02 : -0.02) });
    const { data, widthPx, heightPx } = await upscalePhoto(photo, model, { signal, tilePx: 100 });
    let largestStep = 0;
    for (let y = 1; y < heightPx; y++) {
      for (let x = 1; x < widthPx; x++) {
        const here = data[(y * widthPx + x) * 3] ?? 0;
        const left = data[(y * widthPx + x - 1) * 3] ?? 0;
        const above = data[((y - 1) * widthPx + x) * 3] ?? 0;
        largestStep = Math.max(largestStep, Math.abs(here - left), Math.abs(here - above));
      }
    }
    // The tiles are 0.04 apart; a hard border would be a step of 2621.
    expect(largestStep).toBeGreaterThan(0);
    expect(largestStep).toBeLessThan(65535 * 0.04 * 0.06);
  });

  it('cuts tiles by the memory there is, with the same picture', async () => {
    const photo = noise(500, 300, 5);
    const areas: number[] = [];
    const onRun = (widthPx: number, heightPx: number) => areas.push(widthPx * heightPx);
    const whole = await upscalePhoto(photo, localFilter(3, { onRun }), { signal, freeBytes: 8e9 });
    expect(areas).toEqual([500 * 300]);
    areas.length = 0;
    // Half of it at 900 bytes per output pixel: 55,000 photo pixels at x2.
    const tiled = await upscalePhoto(photo, localFilter(3, { onRun }), { signal, freeBytes: 4e8 });
    expect(areas.length).toBeGreaterThan(2);
    expect(Math.max(...areas)).toBeLessThanOrEqual(56_000);
    expect(tiled).toEqual(whole);
  });

  it('starts again with smaller tiles when the network fails, and never reuses a tile', async () => {
    const photo = noise(300, 300, 11);
    const sides: number[] = [];
    const model = localFilter(3, {
      onRun: (widthPx) => {
        sides.push(widthPx);
        if (widthPx > 200) throw new HeirloomError('engine.out-of-memory');
      },
    });
    const fractions: number[] = [];
    const onProgress = (fraction: number) => fractions.push(fraction);
    const result = await upscalePhoto(photo, model, { signal, onProgress });
    expect(result).toEqual(await upscalePhoto(photo, localFilter(3), { signal }));
    expect(sides[0]).toBe(300);
    expect(Math.min(...sides)).toBeLessThanOrEqual(200);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('passes the failure on when even the smallest tile fails', async () => {
    const model = localFilter(1, {
      onRun: () => {
        throw new HeirloomError('engine.out-of-memory');
      },
    });
    await expect(upscalePhoto(noise(300, 300, 1), model, { signal })).rejects.toMatchObject({
      code: 'engine.out-of-memory',
    });
  });

  it('refuses an answer with numbers that are none', async () => {
    const model = localFilter(1, { driftOfTile: () => Number.NaN });
    await expect(upscalePhoto(noise(80, 80, 1), model, { signal })).rejects.toMatchObject({
      code: 'model.wrong-output',
    });
  });

  it('stops between tiles when cancelled', async () => {
    const controller = new AbortController();
    let runs = 0;
    const model = localFilter(1, {
      onRun: () => {
        runs += 1;
        if (runs === 2) controller.abort();
      },
    });
    const running = upscalePhoto(noise(300, 300, 1), model, { signal: controller.signal, tilePx: 64 });
    await expect(running).rejects.toBeInstanceOf(JobCancelled);
    expect(runs).toBe(2);
  });
});

describe('blendBackground', () => {
  it.each([8, 16] as const)('mixes by strength at %i bit', (bits) => {
    const plain = paint(4, 4, () => [0, 0.2, 1], bits);
    const upscaled = paint(4, 4, () => [1, 0.6, 1], bits);
    const mixed = blendBackground(plain, upscaled, 0.5);
    const expected = paint(4, 4, () => [0.5, 0.4, 1], bits);
    mixed.data.forEach((value, i) => {
      expect(Math.abs(value - (expected.data[i] ?? 0))).toBeLessThanOrEqual(1);
    });
  });

  it('gives either picture untouched at the ends', () => {
    const plain = waves(8, 8);
    const upscaled = noise(8, 8, 1);
    expect(blendBackground(plain, upscaled, 0)).toBe(plain);
    expect(blendBackground(plain, upscaled, 1)).toBe(upscaled);
  });

  it('refuses pictures of different sizes', () => {
    expect(() => blendBackground(waves(8, 8), waves(9, 8), 0.5)).toThrow(RangeError);
  });
});
