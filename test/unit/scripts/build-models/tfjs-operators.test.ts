// Each converted operator against a plain NHWC reference of what TensorFlow computes.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import type { TfModel, TfNode } from '../../../../scripts/build-models/tfjs-model.ts';
import { convertTfjsGraph } from '../../../../scripts/build-models/tfjs-to-onnx.ts';
import type { TfWeight } from '../../../../scripts/build-models/tfjs-weights.ts';
import { halfToFloat } from '../../../../src/engine/onnx/half-float.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const seed = Date.now() % 100_000;
console.log(`seed ${seed}`);
let state = seed;
function random(): number {
  state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
  return (state / 2 ** 31) * 2 - 1;
}
function randomWeight(...dims: number[]): TfWeight {
  return { data: Float32Array.from({ length: dims.reduce((p, s) => p * s, 1) }, random), dims };
}

function placeholder(side: number, channels: number): TfNode {
  const dim = [1, side, side, channels].map((size) => ({ size: String(size) }));
  return { name: 'image', op: 'Placeholder', inputs: [], attributes: { shape: { shape: { dim } } } };
}

function slidingAttributes(stride: number, padding: string, fused: string[] = []): TfNode['attributes'] {
  const list = (i: number[]) => ({ list: { i: i.map(String) } });
  return {
    strides: list([1, stride, stride, 1]),
    ksize: list([1, 2, 2, 1]),
    padding: { s: base64(padding) },
    fused_ops: { list: { s: fused.map(base64) } },
  };
}

/** Runs `nodes` on an NHWC picture; the last one is reshaped to a flat list, which also tests the way back to NHWC. */
async function run(
  side: number,
  channels: number,
  node: TfNode,
  weights: Record<string, TfWeight>,
  image: Float32Array,
) {
  const flatten: TfNode = { name: 'flat', op: 'Reshape', inputs: [node.name, 'flatShape'], attributes: {} };
  const model: TfModel = {
    nodes: new Map([placeholder(side, channels), node, flatten].map((entry) => [entry.name, entry])),
    weights: new Map(Object.entries({ ...weights, flatShape: { data: Int32Array.of(1, -1), dims: [2] } })),
  };
  const converted = convertTfjsGraph(model, 'test');
  const flat = converted.tensorOf('flat');
  converted.graph.output(flat.value, 'y', 'float32', flat.dims);
  const pieces = converted.graph.finish({ producer: 'test', documentation: '' });
  const session = await InferenceSession.create(Buffer.concat(pieces));
  const planar = new Float32Array(image.length);
  for (let pixel = 0; pixel < side * side; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      planar[channel * side * side + pixel] = image[pixel * channels + channel] ?? 0;
    }
  }
  const { y } = await session.run({ image: new Tensor('float32', planar, [1, channels, side, side]) });
  return y?.data as Float32Array;
}

/** TensorFlow's convolution, as its documentation defines SAME: the odd pixel of padding goes after. */
function referenceConvolution(
  image: Float32Array,
  side: number,
  channels: number,
  kernel: TfWeight,
  stride: number,
  isDepthwise: boolean,
): number[] {
  const [size = 0, , , last = 0] = kernel.dims;
  const outputChannels = isDepthwise ? channels : last;
  const outputSide = Math.ceil(side / stride);
  const before = Math.floor(Math.max(0, (outputSide - 1) * stride + size - side) / 2);
  const result: number[] = [];
  for (let y = 0; y < outputSide; y++) {
    for (let x = 0; x < outputSide; x++) {
      for (let out = 0; out < outputChannels; out++) {
        let sum = 0;
        for (let v = 0; v < size; v++) {
          for (let u = 0; u < size; u++) {
            const [row, column] = [y * stride + v - before, x * stride + u - before];
            if (row < 0 || column < 0 || row >= side || column >= side) continue;
            for (let into = isDepthwise ? out : 0; into < (isDepthwise ? out + 1 : channels); into++) {
              const at = (v * size + u) * channels + into;
              const weight = isDepthwise ? kernel.data[at] : kernel.data[at * outputChannels + out];
              sum += (image[(row * side + column) * channels + into] ?? 0) * (weight ?? 0);
            }
          }
        }
        result.push(sum);
      }
    }
  }
  return result;
}

function expectClose(actual: Float32Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, index) => {
    expect(Math.abs((actual[index] ?? Number.NaN) - value)).toBeLessThan(1e-4);
  });
}

describe('TensorFlow operators as ONNX', () => {
  it.each([
    { side: 8, kernelSide: 3, stride: 2 },
    { side: 8, kernelSide: 5, stride: 2 },
    { side: 7, kernelSide: 3, stride: 2 },
    { side: 6, kernelSide: 3, stride: 1 },
    { side: 6, kernelSide: 2, stride: 2 },
  ])('fused convolution, bias and PReLU: $side px, kernel $kernelSide, stride $stride', async (shape) => {
    const { side, kernelSide, stride } = shape;
    const image = randomWeight(1, side, side, 3).data as Float32Array;
    const [kernel, bias, slope] = [
      randomWeight(kernelSide, kernelSide, 3, 5),
      randomWeight(5),
      randomWeight(1, 1, 5),
    ];
    const node: TfNode = {
      name: 'conv',
      op: '_FusedConv2D',
      inputs: ['image', 'kernel', 'bias', 'slope'],
      attributes: slidingAttributes(stride, 'SAME', ['BiasAdd', 'Prelu']),
    };
    const expected = referenceConvolution(image, side, 3, kernel, stride, false).map((sum, index) => {
      const value = sum + (bias.data[index % 5] ?? 0);
      return value < 0 ? value * (slope.data[index % 5] ?? 0) : value;
    });
    expectClose(await run(side, 3, node, { kernel, bias, slope }, image), expected);
  });

  it('depthwise convolution at stride 2', async () => {
    const image = randomWeight(1, 8, 8, 4).data as Float32Array;
    const kernel = randomWeight(3, 3, 4, 1);
    const node: TfNode = {
      name: 'conv',
      op: 'DepthwiseConv2dNative',
      inputs: ['image', 'kernel'],
      attributes: slidingAttributes(2, 'SAME'),
    };
    expectClose(await run(8, 4, node, { kernel }, image), referenceConvolution(image, 8, 4, kernel, 2, true));
  });

  it('pads channels, which TensorFlow lists last', async () => {
    const image = randomWeight(1, 2, 2, 2).data as Float32Array;
    const paddings: TfWeight = { data: Int32Array.of(0, 0, 0, 0, 0, 0, 0, 1), dims: [4, 2] };
    const node: TfNode = { name: 'pad', op: 'Pad', inputs: ['image', 'paddings'], attributes: {} };
    const expected = [0, 1, 2, 3].flatMap((pixel) => [image[pixel * 2] ?? 0, image[pixel * 2 + 1] ?? 0, 0]);
    expectClose(await run(2, 2, node, { paddings }, image), expected);
  });

  it('takes the largest of four at stride 2', async () => {
    const image = randomWeight(1, 4, 4, 1).data as Float32Array;
    const node: TfNode = {
      name: 'pool',
      op: 'MaxPool',
      inputs: ['image'],
      attributes: slidingAttributes(2, 'VALID'),
    };
    const expected = [0, 2, 8, 10].map((at) =>
      Math.max(...[0, 1, 4, 5].map((step) => image[at + step] ?? 0)),
    );
    expectClose(await run(4, 1, node, {}, image), expected);
  });

  it('names an operator it does not know', () => {
    const nodes = new Map([['odd', { name: 'odd', op: 'Softplus', inputs: [], attributes: {} }]]);
    expect(() => convertTfjsGraph({ nodes, weights: new Map() }, 'test').tensorOf('odd')).toThrow(/Softplus/);
  });
});

describe('halfToFloat', () => {
  it('reads normal, subnormal and signed values', () => {
    const cases = [0x3c00, 0xc000, 0x7bff, 0x0001, 0x0400, 0x8000].map(halfToFloat);
    expect(cases).toEqual([1, -2, 65504, 2 ** -24, 2 ** -14, -0]);
    expect(halfToFloat(0x7c00)).toBe(Number.POSITIVE_INFINITY);
    expect(halfToFloat(0x7e00)).toBeNaN();
  });
});
