// 3×3 convolutions by minimal filtering along the columns: four rows of output from six products where the plain form
// has twelve. Engine process. Exact but for rounding: F(4, 3) of Winograd, Arithmetic Complexity of Computations (1980),
// with the interpolation points 0, ±1, ±2 and infinity, as Lavin and Gray use it in Fast Algorithms for Convolutional
// Neural Networks (2015, section 4). One direction only: in both, the transformed pictures would cost more memory
// traffic than the multiplications they save. Processor only: graphics cards bring such kernels of their own.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { convolution, convolve } from './convolution.ts';

/** Rows of output made together. */
const tileRows = 4;

/** What one product reads of a tile's six input rows, the first of which lies above the tile: factors, and which rows. */
interface InputRows {
  readonly factors: readonly number[];
  readonly first: 0 | 1;
  readonly apart: 1 | 2;
}

/** Rows that count for nothing are left out: reading them would be most of the work. */
const inputRows: readonly InputRows[] = [
  { factors: [4, -5, 1], first: 0, apart: 2 },
  { factors: [-4, -4, 1, 1], first: 1, apart: 1 },
  { factors: [4, -4, -1, 1], first: 1, apart: 1 },
  { factors: [-2, -1, 2, 1], first: 1, apart: 1 },
  { factors: [2, -1, -2, 1], first: 1, apart: 1 },
  { factors: [4, -5, 1], first: 1, apart: 2 },
];

/** Per product: what the upper, middle and lower tap of the kernel count for. */
const kernelRows: readonly (readonly [number, number, number])[] = [
  [1 / 4, 0, 0],
  [-1 / 6, -1 / 6, -1 / 6],
  [-1 / 6, 1 / 6, -1 / 6],
  [1 / 24, 1 / 12, 1 / 6],
  [1 / 24, -1 / 12, 1 / 6],
  [0, 0, 1],
];

/** With fewer channels the transforms cost more than they save, in smaller pictures the many nodes do (bench/rewrites.ts). */
const channelsFrom = 128;
const sideFromPx = 64;

export interface Kernels {
  /** out × in × 3 × 3. */
  readonly weights: Float32Array;
  readonly outputs: number;
  readonly inputs: number;
  readonly bias?: OnnxValue;
}

/** True where this form is the faster one. `dims` of the weights, `sidePx` of the picture. */
export function filteringPays(network: NetworkWriter, dims: readonly number[], sidePx: number): boolean {
  const [outputs = 0, inputs = 0, height, width] = dims;
  return (
    network.precision === 'fp32' &&
    height === 3 &&
    width === 3 &&
    Math.min(inputs, outputs) >= channelsFrom &&
    sidePx >= sideFromPx &&
    sidePx % tileRows === 0
  );
}

/** `convolution` of `${name}.weight` and its bias over a border of zeros, in the form that is faster for its size. */
export async function fastConvolution(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  sidePx: number,
): Promise<OnnxValue> {
  const [answer] = await fastConvolutions(network, input, [name], sidePx);
  return answer as OnnxValue;
}

/** Several of equal shape that read the same picture: what is computed on the picture is shared. */
export async function fastConvolutions(
  network: NetworkWriter,
  input: OnnxValue,
  names: readonly string[],
  sidePx: number,
): Promise<OnnxValue[]> {
  const dims = network.dims(`${names[0]}.weight`);
  const answers: OnnxValue[] = [];
  if (!filteringPays(network, dims, sidePx)) {
    for (const name of names) answers.push(await convolution(network, input, name));
    return answers;
  }
  const [outputs, inputs] = dims as [number, number];
  const rows = await filteringRows(network, input, inputs);
  for (const name of names) {
    const [weights, bias] = [await network.floats(`${name}.weight`), await network.weight(`${name}.bias`)];
    answers.push(await minimalFiltering(network, rows, { weights, outputs, inputs, bias }, sidePx));
  }
  return answers;
}

/** The picture as the six products read it, each a quarter as high. */
export async function filteringRows(
  network: NetworkWriter,
  input: OnnxValue,
  channels: number,
): Promise<OnnxValue[]> {
  const rows: OnnxValue[] = [];
  for (const { factors, first, apart } of inputRows) {
    const above = 1 - first;
    const below = Math.max(0, first + (factors.length - 1) * apart - tileRows);
    const geometry = { step: tileRows, apart, borders: [above, 0, below, 0] as const };
    rows.push(await perChannel(network, input, factors, channels, geometry));
  }
  return rows;
}

/** `rows` of `filteringRows` → 1 × out × side × side. `sidePx` a multiple of 4. */
export async function minimalFiltering(
  network: NetworkWriter,
  rows: readonly OnnxValue[],
  { weights, outputs, inputs, bias }: Kernels,
  sidePx: number,
): Promise<OnnxValue> {
  const product = async (index: number, more: readonly OnnxValue[] = []): Promise<OnnxValue> => {
    const dims = [outputs, inputs, 1, 3];
    const kernel = await network.constant(transformedKernel(weights, index), dims);
    return convolve(network, [rows[index] as OnnxValue, kernel, ...more], dims, {});
  };
  const times = (value: OnnxValue, factor: number) => perChannel(network, value, [factor], outputs);
  const add = (left: OnnxValue, right: OnnxValue) => network.node('Add', [left, right]);
  // Each of the four output rows takes this product exactly once, and so the bias.
  const [first, second] = [await product(1, bias === undefined ? [] : [bias]), await product(2)];
  const [third, fourth] = [await product(3), await product(4)];
  const nearSum = add(first, second);
  const nearDifference = add(await times(second, -1), first);
  const farSum = add(third, fourth);
  const farDifference = add(await times(fourth, -1), third);
  // The runtime adds inside the convolutions; what multiplies by a number is one of them, to stay in its layout.
  const tiles = [
    add(add(await product(0), nearSum), farSum),
    add(await times(farDifference, 2), nearDifference),
    add(await times(farSum, 4), nearSum),
    add(await times(farDifference, 8), add(await product(5), nearDifference)),
  ];
  const thin = tiles.map((tile) => network.reshape(tile, [outputs, sidePx / tileRows, 1, sidePx]));
  const woven = network.node('Concat', thin, { axis: { int: 2 } });
  return network.reshape(woven, [1, outputs, sidePx, sidePx]);
}

/** out × in × 3 × 3 → out × in × 1 × 3: the kernel of one of the six products. */
export function transformedKernel(weights: Float32Array, product: number): Float32Array {
  const [upper, middle, lower] = kernelRows[product] as readonly [number, number, number];
  const kernel = new Float32Array(weights.length / 3);
  for (let pair = 0; pair < weights.length / 9; pair += 1) {
    for (let column = 0; column < 3; column += 1) {
      const at = pair * 9 + column;
      kernel[pair * 3 + column] =
        upper * (weights[at] as number) +
        middle * (weights[at + 3] as number) +
        lower * (weights[at + 6] as number);
    }
  }
  return kernel;
}

interface ColumnGeometry {
  /** From one output row to the next, in input rows. */
  readonly step: number;
  /** From one factor to the next, in input rows. */
  readonly apart: number;
  /** Rows and columns of zeros: top, left, bottom, right. */
  readonly borders: readonly [number, number, number, number];
}

/** The same column of factors for every channel: a convolution, to stay in the layout of its neighbours. */
async function perChannel(
  network: NetworkWriter,
  input: OnnxValue,
  column: readonly number[],
  channels: number,
  { step, apart, borders }: ColumnGeometry = { step: 1, apart: 1, borders: [0, 0, 0, 0] },
): Promise<OnnxValue> {
  const dims = [channels, 1, column.length, 1];
  const factors = Float32Array.from(
    { length: channels * column.length },
    (_, at) => column[at % column.length] as number,
  );
  return network.node('Conv', [input, await network.constant(factors, dims)], {
    kernel_shape: { ints: [column.length, 1] },
    strides: { ints: [step, 1] },
    pads: { ints: borders },
    dilations: { ints: [apart, 1] },
    group: { int: channels },
  });
}
