// Draws the face recognition network of dlib: its package holds weights alone, so the layers are written down here, after
// dlib's dnn_face_recognition_ex.cpp and the package's own FaceRecognitionNet.ts. Runs at build time only.
import { readFile } from 'node:fs/promises';
import { OnnxGraphWriter, type OnnxValue } from '../../src/engine/checkpoints/onnx-graph-writer.ts';
import { fourDims, reorderAxes } from './reorder-axes.ts';
import { readTfjsWeights, type TfWeight, type WeightsManifest } from './tfjs-weights.ts';

/** An activation with what padding needs to know: channels and the side of its square. */
interface Square {
  readonly value: OnnxValue;
  readonly channels: number;
  readonly side: number;
}

/** Mean colour (RGB, 0..255) and divisor of dlib's input layer, input_rgb_image_sized<150>. */
const meanColour = [122.782, 117.001, 104.298] as const;
const inputDivisor = 256;
const inputSidePx = 150;

/** TensorProto.FLOAT of the public onnx.proto. */
const floatType = 1;

/** Width of each level and its blocks of full size; every level but the first begins with a block that halves. */
const levels = [
  { width: 32, blocks: 3 },
  { width: 64, blocks: 3 },
  { width: 128, blocks: 2 },
  { width: 256, blocks: 2 },
] as const;

/** `manifestPath`: face_recognition_model-weights_manifest.json, its .bin beside it. */
export async function drawFaceRecognition(manifestPath: string): Promise<OnnxGraphWriter> {
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as WeightsManifest;
  return new FaceRecognitionGraph(await readTfjsWeights(manifestPath, manifest)).draw();
}

class FaceRecognitionGraph {
  readonly #graph = new OnnxGraphWriter('face-recognition');
  readonly #weights: ReadonlyMap<string, TfWeight>;

  constructor(weights: ReadonlyMap<string, TfWeight>) {
    this.#weights = weights;
  }

  draw(): OnnxGraphWriter {
    const graph = this.#graph;
    const image = graph.input('image', 'float32', [1, 3, inputSidePx, inputSidePx]);
    const centred = graph.node('Sub', [image, this.#floats(meanColour, [1, 3, 1, 1])]);
    const scaled = graph.node('Div', [centred, this.#floats([inputDivisor], [1])]);
    let square = this.#layer({ value: scaled, channels: 3, side: inputSidePx }, 'conv32_down', 2, 0);
    square = this.#maxPool(this.#relu(square));
    for (const { width, blocks } of levels) {
      if (width > levels[0].width) square = this.#halvingBlock(square, `conv${width}_down`);
      for (let block = 1; block <= blocks; block++) square = this.#block(square, `conv${width}_${block}`);
    }
    square = this.#halvingBlock(square, 'conv256_down_out');
    const mean = graph.node('ReduceMean', [square.value], { axes: { ints: [2, 3] }, keepdims: { int: 0 } });
    const fullyConnected = this.#weight('fc');
    const matrix = this.#floats(fullyConnected.data, fullyConnected.dims);
    graph.output(graph.node('MatMul', [mean, matrix]), 'descriptor', 'float32', [1, 128]);
    return graph;
  }

  #block(input: Square, name: string): Square {
    return this.#relu(this.#sum(this.#pair(input, name, 1, 1), input));
  }

  /**
   * Half the side, and more channels or the same. What comes round the convolutions is averaged in twos. Where channels
   * are missing there, or pixels after the convolutions, which lose a rim, zeros are added: dlib's add_prev does that.
   */
  #halvingBlock(input: Square, name: string): Square {
    const convolved = this.#pair(input, name, 2, 0);
    const pooled = {
      value: this.#graph.node('AveragePool', [input.value], {
        kernel_shape: { ints: [2, 2] },
        strides: { ints: [2, 2] },
      }),
      channels: input.channels,
      side: Math.floor(input.side / 2),
    };
    return this.#relu(
      this.#sum(
        this.#padded(convolved, convolved.channels, pooled.side),
        this.#padded(pooled, convolved.channels, pooled.side),
      ),
    );
  }

  #pair(input: Square, name: string, stride: number, padding: number): Square {
    const first = this.#relu(this.#layer(input, `${name}/conv1`, stride, padding));
    return this.#layer(first, `${name}/conv2`, 1, 1);
  }

  /** Convolution, then a factor and a summand for each channel: one convolution, the factor being part of its kernel. */
  #layer(input: Square, name: string, stride: number, padding: number): Square {
    const kernel = this.#weight(`${name}/conv/filters`);
    const bias = this.#weight(`${name}/conv/bias`).data;
    const factors = this.#weight(`${name}/scale/weights`).data;
    const summands = this.#weight(`${name}/scale/biases`).data;
    const [height, width, , channels] = fourDims(kernel);
    const foldedBias = Array.from(
      bias,
      (value, channel) => value * (factors[channel] ?? 0) + (summands[channel] ?? 0),
    );
    const value = this.#graph.node(
      'Conv',
      [input.value, this.#kernel(name, kernel, factors), this.#floats(foldedBias, [channels])],
      {
        kernel_shape: { ints: [height, width] },
        strides: { ints: [stride, stride] },
        pads: { ints: [padding, padding, padding, padding] },
      },
    );
    const side = Math.floor((input.side + 2 * padding - height) / stride) + 1;
    return { value, channels, side };
  }

  /**
   * A kernel times its channels' factors. Bytes stay bytes in the file, a quarter of the size: Cast, Sub and Mul work on
   * constants alone, so that the runtime computes them once, when it opens the file, and sees plain convolutions.
   */
  #kernel(name: string, { data, quantised, ...weight }: TfWeight, factors: ArrayLike<number>): OnnxValue {
    const graph = this.#graph;
    const [height, width, inputs, outputs] = fourDims(weight);
    const dims = [outputs, inputs, height, width];
    const source = [height, width, inputs, outputs] as const;
    const order = [3, 2, 0, 1] as const;
    if (quantised === undefined) {
      const folded = Float32Array.from(data, (value, index) => value * (factors[index % outputs] ?? 0));
      return graph.constant({
        type: 'float32',
        data: reorderAxes(folded, source, order, new Float32Array(folded.length)),
        dims,
      });
    }
    const { codes, scale, min } = quantised;
    // The package's quantiser moves `min` so that zero is one of the 256 values; else this would not be exact.
    const zeroPoint = Math.round(-min / scale);
    if (Math.abs(zeroPoint * scale + min) > scale * 1e-6) throw new Error(`${name}: zero is no stored value`);
    const bytes = reorderAxes(codes, source, order, new Uint8Array(codes.length));
    const stored = graph.constant({ type: 'uint8', data: bytes, dims });
    const cast = graph.node('Cast', [stored], { to: { int: floatType } });
    const centred = graph.node('Sub', [cast, this.#floats([zeroPoint], [1])]);
    const steps = Array.from({ length: outputs }, (_, channel) => scale * (factors[channel] ?? 0));
    return graph.node('Mul', [centred, this.#floats(steps, [outputs, 1, 1, 1])]);
  }

  #maxPool(input: Square): Square {
    const attributes = { kernel_shape: { ints: [3, 3] }, strides: { ints: [2, 2] } };
    const value = this.#graph.node('MaxPool', [input.value], attributes);
    return { ...input, value, side: Math.floor((input.side - 3) / 2) + 1 };
  }

  #padded(input: Square, channels: number, side: number): Square {
    if (channels === input.channels && side === input.side) return input;
    const before = [0, 0, 0, 0];
    const after = [0, channels - input.channels, side - input.side, side - input.side];
    const value = this.#graph.node('Pad', [input.value, this.#graph.integers([...before, ...after])]);
    return { value, channels, side };
  }

  #sum(left: Square, right: Square): Square {
    return { ...left, value: this.#graph.node('Add', [left.value, right.value]) };
  }

  #relu(input: Square): Square {
    return { ...input, value: this.#graph.node('Relu', [input.value]) };
  }

  #floats(values: ArrayLike<number>, dims: readonly number[]): OnnxValue {
    return this.#graph.constant({ type: 'float32', data: Float32Array.from(values), dims });
  }

  #weight(name: string): TfWeight {
    const weight = this.#weights.get(name);
    if (weight === undefined) throw new Error(`there is no weight ${name}`);
    return weight;
  }
}
