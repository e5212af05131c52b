// ParseNet (facexlib, facelib): the parser CodeFormer's authors use; 19 classes. Engine process.
// Residual blocks with mirrored borders; the checkpoint also holds a picture output, which nobody reads.

import type { Architecture } from '../architecture.ts';
import type { TensorTable } from '../checkpoint.ts';
import { upsampleInPhases } from '../layers/bordered-phases.ts';
import { convolution, convolve } from '../layers/convolution.ts';
import { readFoldedBatchNorm } from '../layers/folded-batch-norm.ts';
import { leakyRelu } from '../layers/rectifiers.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

const slope = 0.2;
const classes = 19;

export const parsenet: Architecture = {
  id: 'parsenet',

  recognises(tensors: TensorTable): boolean {
    const head = tensors.get('out_mask_conv.conv2d.weight');
    return (
      head?.dims[0] === classes &&
      tensors.has('encoder.0.conv2d.weight') &&
      tensors.has('body.0.conv1.norm.norm.running_var')
    );
  },

  async convert(_checkpoint, folder) {
    await folder.write('parsenet', async (network) => {
      const face = network.input('face', [1, 3, 'height', 'width']);
      const scores = await parse(network, face);
      network.output(scores, 'classes', [1, classes, 'height', 'width']);
    });
    return {
      purpose: 'face-parsing',
      contract: {
        interface: 'parser-19-classes',
        inputSidePx: 512,
        imageInput: 'face',
        output: 'classes',
        colour: 'rgb',
        range: 'minus-one-to-one',
        classOrder: 'parsenet',
      },
      artefacts: ['parsenet'],
    };
  },
};

async function parse(network: NetworkWriter, face: OnnxValue): Promise<OnnxValue> {
  let features = await plain(network, face, 'encoder.0.conv2d');
  for (let block = 1; network.has(`encoder.${block}.conv1.conv2d.weight`); block += 1)
    features = await halvingBlock(network, features, `encoder.${block}`);
  let body = features;
  for (let block = 0; network.has(`body.${block}.conv1.conv2d.weight`); block += 1)
    body = await levelBlock(network, body, `body.${block}`);
  features = network.node('Add', [features, body]);
  for (let block = 0; network.has(`decoder.${block}.conv1.conv2d.weight`); block += 1)
    features = await doublingBlock(network, features, `decoder.${block}`);
  return plain(network, features, 'out_mask_conv.conv2d');
}

async function levelBlock(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  const first = leakyRelu(network, await normalised(network, input, `${name}.conv1`), slope);
  return network.node('Add', [input, await normalised(network, first, `${name}.conv2`)]);
}

async function halvingBlock(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  const bordered = mirrored(network, input);
  const shortcut = await convolution(network, bordered, `${name}.shortcut_func.conv2d`, {
    stride: 2,
    padding: 0,
  });
  const first = leakyRelu(network, await normalised(network, bordered, `${name}.conv1`, 1, true), slope);
  return network.node('Add', [shortcut, await normalised(network, first, `${name}.conv2`, 2)]);
}

/** Mirroring a doubled picture by one pixel repeats the outermost pixels of the picture before doubling. */
async function doublingBlock(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  const shortcutWeights = {
    weights: await network.floats(`${name}.shortcut_func.conv2d.weight`),
    bias: await network.floats(`${name}.shortcut_func.conv2d.bias`),
  };
  const shortcut = await upsampleInPhases(network, input, shortcutWeights, { border: 'outermost' });
  const first = await upsampleInPhases(
    network,
    input,
    await readFoldedBatchNorm(network, `${name}.conv1.conv2d`, `${name}.conv1.norm.norm`),
    { border: 'outermost', activation: (value) => leakyRelu(network, value, slope) },
  );
  return network.node('Add', [shortcut, await normalised(network, first, `${name}.conv2`)]);
}

/** 3×3 without normalisation. */
function plain(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  return convolution(network, mirrored(network, input), name, { padding: 0 });
}

/** 3×3 and batch normalisation. `isBordered`: the input has its mirrored border already. */
async function normalised(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  stride = 1,
  isBordered = false,
): Promise<OnnxValue> {
  const { weights, bias } = await readFoldedBatchNorm(network, `${name}.conv2d`, `${name}.norm.norm`);
  const dims = network.dims(`${name}.conv2d.weight`);
  const bordered = isBordered ? input : mirrored(network, input);
  const inputs = [
    bordered,
    await network.constant(weights, dims),
    await network.constant(bias, [bias.length]),
  ];
  return convolve(network, inputs, dims, { stride, padding: 0 });
}

function mirrored(network: NetworkWriter, input: OnnxValue): OnnxValue {
  const pads = network.graph.integers([0, 0, 1, 1, 0, 0, 1, 1]);
  return network.node('Pad', [input, pads], { mode: { string: 'reflect' } });
}
