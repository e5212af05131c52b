// Every exact rewrite of the checkpoint converter beside its plain form, at the sizes where CodeFormer has it.
// A rewrite that is not faster does not belong into the converter.
// node bench/rewrites.ts [--runs N] [--only WORD]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Checkpoint } from '../src/engine/checkpoints/checkpoint.ts';
import { convolution, convolve } from '../src/engine/checkpoints/layers/convolution.ts';
import {
  groupNorm,
  groupNormByInstances,
  groupNormByMoments,
  readGroupNorm,
} from '../src/engine/checkpoints/layers/group-norm.ts';
import { layerNorm } from '../src/engine/checkpoints/layers/layer-norm.ts';
import { fastConvolution } from '../src/engine/checkpoints/layers/minimal-filtering.ts';
import { narrowConvolution } from '../src/engine/checkpoints/layers/narrow-convolution.ts';
import { phaseKernel, phaseUpsampling } from '../src/engine/checkpoints/layers/phase-upsampling.ts';
import { swish } from '../src/engine/checkpoints/layers/swish.ts';
import { tokenAttention } from '../src/engine/checkpoints/layers/token-attention.ts';
import type { NetworkWriter } from '../src/engine/checkpoints/network-writer.ts';
import type { OnnxValue } from '../src/engine/checkpoints/onnx-graph-writer.ts';
import { artefactFolder } from '../src/engine/checkpoints/write-artefacts.ts';
import type { FloatTensor } from '../src/engine/onnx/loaded-model.ts';
import { openSession } from '../src/engine/onnx/session.ts';
import { randomCheckpoint } from './codeformer/random-checkpoint.ts';
import { doubled, plainTokenAttention } from './codeformer/usual-export.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

const bench = 'rewrites';
const args = process.argv.slice(2);
const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const runs = Number(option('--runs') ?? 7);

type Form = (network: NetworkWriter, input: OnnxValue) => Promise<OnnxValue>;
interface Rewrite {
  readonly name: string;
  readonly tensors: Readonly<Record<string, readonly number[]>>;
  readonly inputDims: readonly number[];
  readonly outputDims: readonly number[];
  readonly plain: Form;
  readonly rewritten: Form;
}

/** Between convolutions, as in the network: what a form costs depends on the layout its neighbours want. */
const pointwise = (channels: number) => ({
  'before.weight': [channels, channels, 1, 1],
  'after.weight': [channels, channels, 1, 1],
});
const between =
  (form: Form): Form =>
  async (network, input) =>
    convolution(network, await form(network, await convolution(network, input, 'before')), 'after');

function upsampling(channels: number, sidePx: number): Rewrite {
  return {
    name: `upsampling to ${sidePx}, ${channels} channels`,
    tensors: { ...pointwise(channels), 'up.weight': [channels, channels, 3, 3], 'up.bias': [channels] },
    inputDims: [1, channels, sidePx / 2, sidePx / 2],
    outputDims: [1, channels, sidePx, sidePx],
    plain: between(async (network, input) => convolution(network, await doubled(network, input), 'up')),
    rewritten: between((network, input) => phaseUpsampling(network, input, 'up', sidePx)),
  };
}

/** Against four whole phase kernels and DepthToSpace: what sharing products and weaving add to phases alone. */
function sharedProducts(channels: number, sidePx: number): Rewrite {
  return {
    ...upsampling(channels, sidePx),
    name: `shared products and weaving to ${sidePx}, ${channels} channels`,
    plain: between((network, input) => separatePhases(network, input, channels)),
  };
}

async function separatePhases(
  network: NetworkWriter,
  input: OnnxValue,
  channels: number,
): Promise<OnnxValue> {
  const weights = await network.floats('up.weight');
  const bias = await network.weight('up.bias');
  const dims = [channels, channels, 2, 2];
  const phases: OnnxValue[] = [];
  for (const vertical of [0, 1] as const)
    for (const horizontal of [0, 1] as const) {
      const kernel = await network.constant(phaseKernel(weights, vertical, horizontal), dims);
      const padding = [1 - vertical, 1 - horizontal, vertical, horizontal] as const;
      phases.push(convolve(network, [input, kernel, bias], dims, { padding }));
    }
  const joined = network.node('Concat', phases, { axis: { int: 1 } });
  return network.node('DepthToSpace', [joined], { blocksize: { int: 2 } });
}

function normalisation(channels: number, sidePx: number): Rewrite {
  const size = { heightPx: sidePx, widthPx: sidePx };
  const dims = [1, channels, sidePx, sidePx];
  return {
    name: `group normalisation at ${sidePx}, ${channels} channels`,
    tensors: { ...pointwise(channels), 'norm.weight': [channels], 'norm.bias': [channels] },
    inputDims: dims,
    outputDims: dims,
    plain: between(async (network, x) =>
      groupNormByInstances(network, x, await readGroupNorm(network, 'norm'), size),
    ),
    rewritten: between(async (network, x) =>
      groupNormByMoments(network, x, await readGroupNorm(network, 'norm'), size),
    ),
  };
}

function wideConvolution(channels: number, sidePx: number): Rewrite {
  const dims = [1, channels, sidePx, sidePx];
  return {
    name: `3×3 convolution at ${sidePx}, ${channels} channels`,
    tensors: { ...pointwise(channels), 'wide.weight': [channels, channels, 3, 3], 'wide.bias': [channels] },
    inputDims: dims,
    outputDims: dims,
    plain: normalisedBetween(channels, sidePx, (network, x) => convolution(network, x, 'wide')),
    rewritten: normalisedBetween(channels, sidePx, (network, x) =>
      fastConvolution(network, x, 'wide', sidePx),
    ),
  };
}

/** As in a residual block: normalisation and swish before, an addition after, all of them in rows of pixels. */
const normalisedBetween = (channels: number, sidePx: number, form: Form): Form => {
  const size = { heightPx: sidePx, widthPx: sidePx };
  const norm = {
    gamma: new Float32Array(channels).fill(1),
    beta: new Float32Array(channels),
    groups: 32,
    epsilon: 1e-6,
  };
  return between(async (network, input) => {
    const bent = swish(network, await groupNorm(network, input, norm, size));
    return groupNorm(network, await form(network, bent), norm, size);
  });
};

function lastConvolution(channels: number, sidePx: number): Rewrite {
  return {
    name: `last convolution at ${sidePx}`,
    tensors: { 'last.weight': [3, channels, 3, 3], 'last.bias': [3] },
    inputDims: [1, channels, sidePx, sidePx],
    outputDims: [1, 3, sidePx, sidePx],
    plain: (network, input) => convolution(network, input, 'last'),
    rewritten: (network, input) => narrowConvolution(network, input, 'last', sidePx),
  };
}

function transformerAttention(count: number, width: number): Rewrite {
  return {
    name: 'attention over tokens: places and scale folded',
    tensors: {
      position_emb: [count, width],
      'l.norm1.weight': [width],
      'l.norm1.bias': [width],
      'l.self_attn.in_proj_weight': [3 * width, width],
      'l.self_attn.in_proj_bias': [3 * width],
      'l.self_attn.out_proj.weight': [width, width],
      'l.self_attn.out_proj.bias': [width],
    },
    inputDims: [count, width],
    outputDims: [count, width],
    plain: (network, tokens) => plainTokenAttention(network, tokens, 'l'),
    rewritten: async (network, tokens) =>
      tokenAttention(network, await layerNorm(network, tokens, 'l.norm1'), 'l.self_attn', {
        places: await network.floats('position_emb'),
        heads: 8,
      }),
  };
}

const rewrites: readonly Rewrite[] = [
  upsampling(128, 512),
  upsampling(256, 128),
  sharedProducts(128, 512),
  sharedProducts(256, 128),
  normalisation(64, 512),
  normalisation(128, 256),
  normalisation(256, 64),
  normalisation(256, 32),
  wideConvolution(128, 256),
  wideConvolution(128, 128),
  wideConvolution(128, 64),
  wideConvolution(256, 64),
  lastConvolution(64, 512),
  transformerAttention(256, 512),
];

async function measure(rewrite: Rewrite): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heirloom-bench-rewrites-'));
  try {
    const checkpoint: Checkpoint = randomCheckpoint(new Map(Object.entries(rewrite.tensors)));
    const sessions = await Promise.all(
      (['plain', 'rewritten'] as const).map((name) => openForm(folder, checkpoint, rewrite, name)),
    );
    const count = rewrite.inputDims.reduce((product, size) => product * size, 1);
    const data = Float32Array.from({ length: count }, (_, at) => Math.sin(at / 7) + Math.cos(at / 997));
    const x: FloatTensor = { type: 'float32', data, dims: rewrite.inputDims };
    const best = [Infinity, Infinity];
    for (let run = 0; run < runs; run += 1) {
      for (const [index, session] of sessions.entries()) {
        const begin = performance.now();
        await session.run({ x });
        best[index] = Math.min(best[index] as number, performance.now() - begin);
      }
    }
    for (const session of sessions) await session.release();
    const [plain, rewritten] = best as [number, number];
    reportRow(rowShown(bench, `${rewrite.name}: plain`, plain, 'ms'));
    reportRow(rowAtMost(bench, `${rewrite.name}: rewritten over plain`, rewritten / plain, '', 1));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function openForm(
  folder: string,
  checkpoint: Checkpoint,
  rewrite: Rewrite,
  name: 'plain' | 'rewritten',
) {
  const { signal } = new AbortController();
  const artefacts = artefactFolder(folder, checkpoint, { precision: 'fp32', signal, documentation: name });
  await artefacts.write(name, async (network) => {
    const answer = await rewrite[name](network, network.input('x', rewrite.inputDims));
    network.output(answer, 'y', rewrite.outputDims);
  });
  return openSession(path.join(folder, `${name}.onnx`), {
    provider: 'cpu',
    precision: 'fp32',
    keepsBuffers: true,
  });
}

const only = option('--only');
for (const rewrite of rewrites) if (only === undefined || rewrite.name.includes(only)) await measure(rewrite);
