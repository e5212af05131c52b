// A checkpoint with the shapes of the released codeformer.pth and random numbers: the arithmetic is the same.
// Numbers are made when a tensor is read, always the same ones; nothing lies on disk.
import type { Checkpoint, StoredTensor } from '../../src/engine/checkpoints/checkpoint.ts';

const width = 64;
const multipliers = [1, 2, 2, 4, 4, 8];
const codeWidth = 256;
const codes = 1024;
const embedding = 512;
const layers = 9;
const fusionChannels = { 32: 256, 64: 256, 128: 128, 256: 128 };

type Shapes = Map<string, readonly number[]>;

function addLayer(shapes: Shapes, name: string, weight: readonly number[], hasBias = true): void {
  shapes.set(`${name}.weight`, weight);
  if (hasBias) shapes.set(`${name}.bias`, [weight[0] as number]);
}

function addResidual(shapes: Shapes, name: string, from: number, to: number): void {
  addLayer(shapes, `${name}.norm1`, [from]);
  addLayer(shapes, `${name}.conv1`, [to, from, 3, 3]);
  addLayer(shapes, `${name}.norm2`, [to]);
  addLayer(shapes, `${name}.conv2`, [to, to, 3, 3]);
  if (from !== to) addLayer(shapes, `${name}.conv_out`, [to, from, 1, 1]);
}

function addAttention(shapes: Shapes, name: string, channels: number): void {
  addLayer(shapes, `${name}.norm`, [channels]);
  for (const part of ['q', 'k', 'v', 'proj_out'])
    addLayer(shapes, `${name}.${part}`, [channels, channels, 1, 1]);
}

/** Adds blocks one after the other; `next` gives the name of the coming one. */
function numbered(part: string): { next(): string } {
  let index = 0;
  return {
    next() {
      index += 1;
      return `${part}.blocks.${index - 1}`;
    },
  };
}

function addEncoder(shapes: Shapes): void {
  const blocks = numbered('encoder');
  addLayer(shapes, blocks.next(), [width, 3, 3, 3]);
  let channels = width;
  for (const [level, multiplier] of multipliers.entries()) {
    const isLast = level === multipliers.length - 1;
    for (let repeat = 0; repeat < 2; repeat += 1) {
      addResidual(shapes, blocks.next(), channels, width * multiplier);
      channels = width * multiplier;
      if (isLast) addAttention(shapes, blocks.next(), channels);
    }
    if (!isLast) addLayer(shapes, `${blocks.next()}.conv`, [channels, channels, 3, 3]);
  }
  addMiddle(shapes, blocks, channels);
  addLayer(shapes, blocks.next(), [channels]);
  addLayer(shapes, blocks.next(), [codeWidth, channels, 3, 3]);
}

function addMiddle(shapes: Shapes, blocks: { next(): string }, channels: number): void {
  addResidual(shapes, blocks.next(), channels, channels);
  addAttention(shapes, blocks.next(), channels);
  addResidual(shapes, blocks.next(), channels, channels);
}

function addGenerator(shapes: Shapes): void {
  const blocks = numbered('generator');
  let channels = width * (multipliers.at(-1) as number);
  addLayer(shapes, blocks.next(), [channels, codeWidth, 3, 3]);
  addMiddle(shapes, blocks, channels);
  for (const [level, multiplier] of [...multipliers.entries()].reverse()) {
    for (let repeat = 0; repeat < 2; repeat += 1) {
      addResidual(shapes, blocks.next(), channels, width * multiplier);
      channels = width * multiplier;
      if (level === multipliers.length - 1) addAttention(shapes, blocks.next(), channels);
    }
    if (level > 0) addLayer(shapes, `${blocks.next()}.conv`, [channels, channels, 3, 3]);
  }
  addLayer(shapes, blocks.next(), [channels]);
  addLayer(shapes, blocks.next(), [3, channels, 3, 3]);
}

function addTransformer(shapes: Shapes): void {
  shapes.set('position_emb', [256, embedding]);
  addLayer(shapes, 'feat_emb', [embedding, codeWidth]);
  for (let layer = 0; layer < layers; layer += 1) {
    const name = `ft_layers.${layer}`;
    shapes.set(`${name}.self_attn.in_proj_weight`, [3 * embedding, embedding]);
    shapes.set(`${name}.self_attn.in_proj_bias`, [3 * embedding]);
    addLayer(shapes, `${name}.self_attn.out_proj`, [embedding, embedding]);
    addLayer(shapes, `${name}.linear1`, [2 * embedding, embedding]);
    addLayer(shapes, `${name}.linear2`, [embedding, 2 * embedding]);
    addLayer(shapes, `${name}.norm1`, [embedding]);
    addLayer(shapes, `${name}.norm2`, [embedding]);
  }
  addLayer(shapes, 'idx_pred_layer.0', [embedding]);
  addLayer(shapes, 'idx_pred_layer.1', [codes, embedding], false);
  shapes.set('quantize.embedding.weight', [codes, codeWidth]);
}

function addFusions(shapes: Shapes): void {
  for (const [sidePx, channels] of Object.entries(fusionChannels)) {
    const name = `fuse_convs_dict.${sidePx}`;
    addResidual(shapes, `${name}.encode_enc`, 2 * channels, channels);
    for (const head of ['scale', 'shift'])
      for (const index of [0, 2]) addLayer(shapes, `${name}.${head}.${index}`, [channels, channels, 3, 3]);
  }
}

export function codeFormerShapes(): ReadonlyMap<string, readonly number[]> {
  const shapes: Shapes = new Map();
  addEncoder(shapes);
  addGenerator(shapes);
  addTransformer(shapes);
  addFusions(shapes);
  return shapes;
}

export function randomCheckpoint(shapes: ReadonlyMap<string, readonly number[]>): Checkpoint {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, dims] of shapes) tensors.set(name, { name, type: 'float32', dims });
  return {
    tensors,
    async read(name) {
      const dims = shapes.get(name);
      if (dims === undefined) throw new RangeError(`no tensor ${name}`);
      return randomTensor(name, dims);
    },
    async close() {},
  };
}

/** Scaled so that no signal dies or explodes: the deviation of a layer's output is that of its input. */
function randomTensor(name: string, dims: readonly number[]): Float32Array {
  const count = dims.reduce((product, size) => product * size, 1);
  const isNorm = dims.length === 1 && name.endsWith('.weight');
  const spread = dims.length === 1 ? 0.1 : Math.sqrt(6 / (count / (dims[0] as number)));
  const head = /\.(scale|shift)\.2\./.test(name) ? 0.05 : 1;
  const data = new Float32Array(count);
  let state = [...name].reduce((hash, letter) => Math.imul(hash, 31) + letter.charCodeAt(0), 7) | 1;
  for (let index = 0; index < count; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    data[index] = (state / 2147483648) * spread * head + (isNorm ? 1 : 0);
  }
  return data;
}
