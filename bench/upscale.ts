// npm run bench -- upscale: a photo through Real-ESRGAN ×2 in the official tiles and in ours, and what seams are left.
// Takes several minutes: the network has its true size. `--rounds N` repeats and takes the best of each side, `--blocks N`
// makes the network less deep than its 23 blocks, `--short` takes a photo of a ninth.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LoadedModel } from '../src/engine/onnx/loaded-model.ts';
import { createModelLoader } from '../src/engine/onnx/model-loader.ts';
import { maxSample, type Raster } from '../src/engine/pixels/raster.ts';
import { upscaleTile } from '../src/engine/steps/upscale/upscale-tile.ts';
import { upscalePhoto } from '../src/engine/steps/upscale-photo.ts';
import { waves } from '../test/helpers/test-pictures.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';
import { cut, upscaleOfficially } from './upscale/official-tiling.ts';
import { writeRandomUpscaler } from './upscale/random-upscaler.ts';

const bench = 'upscale';
const isShort = process.argv.includes('--short');
const rounds = numberAfter('--rounds', 1);
const blocks = numberAfter('--blocks', 23);
const signal = new AbortController().signal;
const folder = await mkdtemp(path.join(tmpdir(), 'heirloom-bench-upscale-'));
const loader = createModelLoader({
  device: { provider: async () => 'cpu', distrust: () => undefined },
  precision: 'auto',
  memoryBudgetMb: null,
  log: () => undefined,
});

function numberAfter(option: string, otherwise: number): number {
  const at = process.argv.indexOf(option);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

interface Timed {
  readonly seconds: number;
  readonly processorSeconds: number;
}

async function timed(work: () => Promise<Raster>): Promise<Timed & { readonly picture: Raster }> {
  const startedMs = performance.now();
  const startedCpu = process.cpuUsage();
  const picture = await work();
  const { user, system } = process.cpuUsage(startedCpu);
  return {
    picture,
    seconds: (performance.now() - startedMs) / 1000,
    processorSeconds: (user + system) / 1e6,
  };
}

/** Mean and deviation of the samples, 0..1, as the tile comes out before clipping matters. */
function statistics(picture: Raster): { mean: number; deviation: number } {
  const { data } = picture;
  const most = maxSample(picture);
  let [sum, squares] = [0, 0];
  for (const value of data) {
    sum += value / most;
    squares += (value / most) ** 2;
  }
  const mean = sum / data.length;
  return { mean, deviation: Math.sqrt(squares / data.length - mean ** 2) };
}

/** The network whose answers fill a picture's range: random weights alone answer with anything. */
async function pictureLikeUpscaler(photo: Raster): Promise<LoadedModel> {
  const network = { scale: 2, blocks, lastGain: 0.01, lastBias: 0.5 } as const;
  const probe = await loader.load(await writeRandomUpscaler(path.join(folder, 'probe'), network));
  const { deviation } = statistics(await upscaleTile(cut(photo, 0, 0, 96, 96), probe));
  await probe.release?.();
  const lastGain = (network.lastGain * 0.2) / deviation;
  return loader.load(await writeRandomUpscaler(path.join(folder, 'model'), { ...network, lastGain }));
}

/** Largest difference over all samples, as a part of white. */
function worstDifference(left: Raster, right: Raster): number {
  let worst = 0;
  for (let index = 0; index < left.data.length; index += 1) {
    const difference = Math.abs((left.data[index] ?? 0) - (right.data[index] ?? 0));
    if (!(difference <= worst)) worst = difference;
  }
  return worst / maxSample(left);
}

try {
  const photo = isShort ? waves(500, 334, 3, 16) : waves(1500, 1000, 3, 16);
  const model = await pictureLikeUpscaler(photo);
  const official: Timed[] = [];
  const ours: Timed[] = [];
  for (let round = 0; round < rounds; round += 1) {
    official.push(await timed(() => upscaleOfficially(photo, model)));
    ours.push(await timed(() => upscalePhoto(photo, model, { signal })));
  }
  const least = (values: readonly Timed[], of: (value: Timed) => number) => Math.min(...values.map(of));
  const seconds = ({ seconds }: Timed) => seconds;
  const processor = ({ processorSeconds }: Timed) => processorSeconds;
  reportRow(rowShown(bench, 'tile 400, pad 40', least(official, seconds), 's'));
  reportRow(rowShown(bench, 'own tiling', least(ours, seconds), 's'));
  const ratio = least(ours, seconds) / least(official, seconds);
  reportRow(rowAtMost(bench, 'own tiling over tile 400, pad 40', ratio, 'ratio', 0.75));
  const processorRatio = least(ours, processor) / least(official, processor);
  reportRow(rowShown(bench, 'the same in processor time', processorRatio, 'ratio'));
  reportRow(rowShown(bench, 'peak memory', process.resourceUsage().maxRSS / 1024, 'MiB'));

  // Seams: a machine with little memory has to cut the photo.
  const small = cut(photo, 0, 0, 480, 320);
  const whole = await upscalePhoto(small, model, { signal });
  const tiled = await upscalePhoto(small, model, { signal, freeBytes: 130e6 });
  const { mean, deviation } = statistics(whole);
  reportRow(rowShown(bench, 'mean of the picture', mean, 'of white'));
  reportRow(rowShown(bench, 'deviation of the picture', deviation, 'of white'));
  reportRow(
    rowAtMost(bench, 'difference from the untiled picture', worstDifference(tiled, whole) * 255, '1/255', 1),
  );
  await model.release?.();
} finally {
  await rm(folder, { recursive: true, force: true });
}
