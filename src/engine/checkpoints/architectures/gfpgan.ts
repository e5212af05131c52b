// GFPGAN's "clean" architecture (v1.3, v1.4): a U-net reads the face, and its features steer a StyleGAN2. Engine process.
// The official script adds fresh noise in every run; here it is the noise stored in the checkpoint, so that a face
// restored twice is the same face.
import type { Architecture } from '../architecture.ts';
import type { TensorTable } from '../checkpoint.ts';
import { double, halve } from '../layers/bilinear.ts';
import { convolution, linear } from '../layers/convolution.ts';
import { leakyRelu } from '../layers/rectifiers.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { type Condition, generate } from './gfpgan-generator.ts';

const slope = 0.2;

export const gfpgan: Architecture = {
  id: 'gfpgan',

  recognises: (tensors) =>
    tensors.has('conv_body_first.weight') &&
    tensors.has('condition_scale.0.2.weight') &&
    tensors.has('stylegan_decoder.style_conv1.modulated_conv.modulation.weight'),

  async convert(checkpoint, folder) {
    const sizes = sizeCount(checkpoint.tensors);
    const sidePx = 4 << sizes;
    await folder.write('gfpgan', async (network) => {
      const face = network.input('face', [1, 3, sidePx, sidePx]);
      network.output(await restore(network, face, sizes), 'restored', [1, 3, sidePx, sidePx]);
    });
    return {
      purpose: 'face-restoration',
      contract: {
        interface: 'face-restorer',
        inputSidePx: sidePx,
        imageInput: 'face',
        output: 'restored',
        colour: 'rgb',
        range: 'minus-one-to-one',
      },
      artefacts: ['gfpgan'],
    };
  },
};

/** How often the picture is halved on its way to 4 × 4 pixels. */
function sizeCount(tensors: TensorTable): number {
  let count = 0;
  while (tensors.has(`conv_body_down.${count}.conv1.weight`)) count += 1;
  return count;
}

async function restore(network: NetworkWriter, face: OnnxValue, sizes: number): Promise<OnnxValue> {
  let features = bent(network, await convolution(network, face, 'conv_body_first'));
  const onTheWay: OnnxValue[] = [];
  for (let size = 0; size < sizes; size += 1) {
    features = await downBlock(network, features, `conv_body_down.${size}`);
    onTheWay.unshift(features);
  }
  features = bent(network, await convolution(network, features, 'final_conv'));

  const styleWidth = network.dims(
    'stylegan_decoder.style_conv1.modulated_conv.modulation.weight',
  )[1] as number;
  const code = await linear(network, network.reshape(features, [1, -1]), 'final_linear');
  const latents = network.reshape(code, [-1, 1, styleWidth]);

  const conditions: Condition[] = [];
  for (let size = 0; size < sizes; size += 1) {
    const joined = network.node('Add', [features, onTheWay[size] as OnnxValue]);
    features = await upBlock(network, joined, `conv_body_up.${size}`);
    conditions.push({
      scale: await condition(network, features, `condition_scale.${size}`),
      shift: await condition(network, features, `condition_shift.${size}`),
      channels: network.dims(`condition_scale.${size}.2.weight`)[0] as number,
    });
  }
  return generate(network, latents, conditions);
}

async function downBlock(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  const first = halve(network, bent(network, await convolution(network, input, `${name}.conv1`)));
  const change = bent(network, await convolution(network, first, `${name}.conv2`));
  const kept = await convolution(network, halve(network, input), `${name}.skip`);
  return network.node('Add', [change, kept]);
}

/** The 1×1 of the shortcut works before doubling, where it does the same with a quarter of the pixels. */
async function upBlock(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  const first = double(network, bent(network, await convolution(network, input, `${name}.conv1`)));
  const change = bent(network, await convolution(network, first, `${name}.conv2`));
  const kept = double(network, await convolution(network, input, `${name}.skip`));
  return network.node('Add', [change, kept]);
}

async function condition(network: NetworkWriter, features: OnnxValue, name: string): Promise<OnnxValue> {
  const first = bent(network, await convolution(network, features, `${name}.0`));
  return convolution(network, first, `${name}.2`);
}

function bent(network: NetworkWriter, input: OnnxValue): OnnxValue {
  return leakyRelu(network, input, slope);
}
