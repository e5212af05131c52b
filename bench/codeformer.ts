// CodeFormer in graphs of our own beside the usual export, on random weights of the true architecture: one face at
// 512 x 512 on the processor, through the engine's own sessions. Both sides take turns; the best of each counts.
// node bench/codeformer.ts [--runs N] [--official CHECKOUT [--python PYTHON]]
// With a checkout of the official repository and a Python that has PyTorch, its time is measured too.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { codeFormer } from '../src/engine/checkpoints/architectures/codeformer.ts';
import { codeFormerLayout } from '../src/engine/checkpoints/architectures/codeformer-layout.ts';
import { artefactFolder } from '../src/engine/checkpoints/write-artefacts.ts';
import type { FloatTensor, Tensor } from '../src/engine/onnx/loaded-model.ts';
import { openSession } from '../src/engine/onnx/session.ts';
import { blendSamples } from '../src/shared/domain/keyframe-blend.ts';
import { codeFormerShapes, randomCheckpoint } from './codeformer/random-checkpoint.ts';
import { writeUsualExport } from './codeformer/usual-export.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

const bench = 'codeformer';
const args = process.argv.slice(2);
const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const runs = Number(option('--runs') ?? 8);

const best = new Map<string, number>();
async function timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const begin = performance.now();
  const result = await work();
  best.set(name, Math.min(best.get(name) ?? Infinity, performance.now() - begin));
  return result;
}
const bestOf = (name: string) => best.get(name) ?? Number.NaN;

const folder = await mkdtemp(path.join(tmpdir(), 'heirloom-bench-codeformer-'));
try {
  await convert();
  await compare();
} finally {
  await rm(folder, { recursive: true, force: true });
}
measureBlend();
report();

async function convert(): Promise<void> {
  const checkpoint = randomCheckpoint(codeFormerShapes());
  const { signal } = new AbortController();
  const artefacts = artefactFolder(folder, checkpoint, {
    precision: 'fp32',
    signal,
    documentation: 'random',
  });
  const layout = codeFormerLayout(checkpoint.tensors);
  await timed('convert', () => codeFormer.convert(checkpoint, artefacts));
  await artefacts.write('usual', (network) => writeUsualExport(network, layout));
}

async function compare(): Promise<void> {
  const open = (name: string) =>
    timed(`open ${name}`, () =>
      openSession(path.join(folder, `${name}.onnx`), {
        provider: 'cpu',
        precision: 'fp32',
        keepsBuffers: true,
      }),
    );
  const usual = await open('usual');
  const encode = await open('encode');
  const decode = await open('decode');
  const withoutFusion = await open('decode-without-fusion');
  const side = 512;
  const image: FloatTensor = {
    type: 'float32',
    data: Float32Array.from({ length: 3 * side * side }, (_, at) => Math.sin(at / 97) * Math.cos(at / 7919)),
    dims: [1, 3, side, side],
  };
  const fidelity: Tensor = { type: 'float32', data: Float32Array.of(0.5), dims: [1] };
  for (let run = 0; run < runs; run += 1) {
    const theirs = await timed('usual', () => usual.run({ image }));
    const between = await timed('encode', () => encode.run({ image }));
    const ours = await timed('decode', () => decode.run({ ...between, fidelity }));
    await timed('decode at 0', () => withoutFusion.run({ base: between['base'] as FloatTensor }));
    if (run === 0) checkEqual(theirs['face'], ours['face']);
  }
  for (const session of [usual, encode, decode, withoutFusion]) await session.release();
}

/** A fast wrong answer is worth nothing: both sides must agree before their times are compared. */
function checkEqual(theirs: FloatTensor | undefined, ours: FloatTensor | undefined): void {
  const [left, right] = [theirs?.data ?? new Float32Array(1), ours?.data ?? new Float32Array(2)];
  let most = 0;
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < left.length; at += 1) {
    const value = left[at] as number;
    most = Math.max(most, Math.abs(value - (right[at] ?? Number.NaN)));
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  reportRow(rowAtMost(bench, 'largest difference over output range', most / (high - low), '', 2e-4));
}

function measureBlend(): void {
  const samples = () => Uint8ClampedArray.from({ length: 512 * 512 * 4 }, (_, at) => (at * 31) & 255);
  const [from, to, target] = [samples(), samples(), samples()];
  for (let run = 0; run < 20; run += 1) {
    const begin = performance.now();
    blendSamples(from, to, run / 19, target);
    best.set('blend', Math.min(best.get('blend') ?? Infinity, performance.now() - begin));
  }
}

function report(): void {
  const usual = bestOf('usual');
  const pass = bestOf('encode') + bestOf('decode');
  for (const name of ['usual', 'encode', 'decode', 'decode at 0'])
    reportRow(rowShown(bench, name, bestOf(name), 'ms'));
  reportRow(rowAtMost(bench, 'encode and decode over usual export', pass / usual, '', 0.85));
  reportRow(rowAtMost(bench, 'decode over usual export', bestOf('decode') / usual, '', 0.7));
  reportRow(rowAtMost(bench, 'decode at 0 over usual export', bestOf('decode at 0') / usual, '', 0.45));
  reportRow(rowAtMost(bench, 'blend of two keyframes', bestOf('blend'), 'ms', 50));
  const ready = ['encode', 'decode', 'decode-without-fusion'].reduce(
    (sum, name) => sum + bestOf(`open ${name}`),
    0,
  );
  reportRow(rowAtMost(bench, 'sessions ready', ready, 'ms', 2000));
  reportRow(rowShown(bench, 'usual export ready', bestOf('open usual'), 'ms'));
  reportRow(rowShown(bench, 'graphs written (numbers made up on the way)', bestOf('convert'), 'ms'));
  const official = option('--official');
  if (official === undefined) return;
  const script = path.join(import.meta.dirname, '../test/parity/make-codeformer-golden.py');
  const printed = execFileSync(option('--python') ?? 'python3', [script, official, '--time'], {
    encoding: 'utf8',
  });
  const seconds = [...printed.matchAll(/"seconds": ([\d.]+)/g)].map((found) => Number(found[1]));
  const officialMs = Math.min(...seconds) * 1000;
  reportRow(rowShown(bench, 'official PyTorch', officialMs, 'ms'));
  reportRow(rowAtMost(bench, 'encode and decode over official PyTorch', pass / officialMs, '', 0.65));
}
