// BiSeNet on ResNet-18 (zllrunning's face parser, parsing_bisenet.pth): 19 classes in their own order. Engine process.
// Only the main output is written: the two at lower resolution served training. Sides must be multiples of 32.
import type { Architecture } from '../architecture.ts';
import { convolution } from '../layers/convolution.ts';
import { convolutionWithBatchNorm } from '../layers/folded-batch-norm.ts';
import { relu } from '../layers/rectifiers.ts';
import { enlargeNearest } from '../layers/resizing.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

const classes = 19;
/** Photo pixels per pixel of the features the scores are made from. */
const stride = 8;

export const bisenet: Architecture = {
  id: 'bisenet',

  recognises: (tensors) =>
    tensors.get('conv_out.conv_out.weight')?.dims[0] === classes &&
    tensors.has('cp.resnet.layer4.1.conv2.weight') &&
    tensors.has('ffm.convblk.conv.weight'),

  async convert(_checkpoint, folder) {
    await folder.write('bisenet', async (network) => {
      const face = network.input('face', [1, 3, 'height', 'width']);
      network.output(await parse(network, face), 'classes', [1, classes, 'height', 'width']);
    });
    return {
      purpose: 'face-parsing',
      contract: {
        interface: 'parser-19-classes',
        inputSidePx: 512,
        imageInput: 'face',
        output: 'classes',
        colour: 'rgb',
        range: 'imagenet',
        classOrder: 'bisenet',
      },
      artefacts: ['bisenet'],
    };
  },
};

async function parse(network: NetworkWriter, face: OnnxValue): Promise<OnnxValue> {
  const [at8, at16, at32] = await backbone(network, face);
  const context = await contextPath(network, at8, at16, at32);
  const fused = await fuse(network, at8, context);
  const features = await block(network, fused, 'conv_out.conv');
  const scores = await convolution(network, features, 'conv_out.conv_out');
  const scales = network.graph.constant({
    type: 'float32',
    data: Float32Array.of(1, 1, stride, stride),
    dims: [4],
  });
  return network.node('Resize', [scores, '', scales], {
    mode: { string: 'linear' },
    coordinate_transformation_mode: { string: 'align_corners' },
  });
}

/** Features at an eighth, a sixteenth and a thirty-second of the sides. */
async function backbone(
  network: NetworkWriter,
  face: OnnxValue,
): Promise<readonly [OnnxValue, OnnxValue, OnnxValue]> {
  const first = await convolutionWithBatchNorm(network, face, 'cp.resnet.conv1', 'cp.resnet.bn1', {
    stride: 2,
  });
  let value = network.node('MaxPool', [relu(network, first)], {
    kernel_shape: { ints: [3, 3] },
    strides: { ints: [2, 2] },
    pads: { ints: [1, 1, 1, 1] },
  });
  const answers: OnnxValue[] = [];
  for (const layer of [1, 2, 3, 4]) {
    for (let index = 0; network.has(`cp.resnet.layer${layer}.${index}.conv1.weight`); index += 1)
      value = await residual(network, value, `cp.resnet.layer${layer}.${index}`, layer > 1 && index === 0);
    answers.push(value);
  }
  const [, at8, at16, at32] = answers as [OnnxValue, OnnxValue, OnnxValue, OnnxValue];
  return [at8, at16, at32];
}

async function residual(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  isHalving: boolean,
): Promise<OnnxValue> {
  const options = { stride: isHalving ? 2 : 1 };
  const first = await convolutionWithBatchNorm(network, input, `${name}.conv1`, `${name}.bn1`, options);
  const change = await convolutionWithBatchNorm(
    network,
    relu(network, first),
    `${name}.conv2`,
    `${name}.bn2`,
  );
  const kept = network.has(`${name}.downsample.0.weight`)
    ? await convolutionWithBatchNorm(network, input, `${name}.downsample.0`, `${name}.downsample.1`, options)
    : input;
  return relu(network, network.node('Add', [kept, change]));
}

async function contextPath(
  network: NetworkWriter,
  at8: OnnxValue,
  at16: OnnxValue,
  at32: OnnxValue,
): Promise<OnnxValue> {
  const average = await block(network, network.node('GlobalAveragePool', [at32]), 'cp.conv_avg');
  const coarse = network.node('Add', [await refine(network, at32, 'cp.arm32'), average]);
  const middle = await block(network, enlargeNearest(network, coarse, at16), 'cp.conv_head32');
  const finer = network.node('Add', [await refine(network, at16, 'cp.arm16'), middle]);
  return block(network, enlargeNearest(network, finer, at8), 'cp.conv_head16');
}

/** Channels weighed by what the whole picture says. */
async function refine(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  const features = await block(network, input, `${name}.conv`);
  const average = network.node('GlobalAveragePool', [features]);
  const weights = await convolutionWithBatchNorm(network, average, `${name}.conv_atten`, `${name}.bn_atten`);
  return network.node('Mul', [features, network.node('Sigmoid', [weights])]);
}

async function fuse(network: NetworkWriter, spatial: OnnxValue, context: OnnxValue): Promise<OnnxValue> {
  const joined = network.node('Concat', [spatial, context], { axis: { int: 1 } });
  const features = await block(network, joined, 'ffm.convblk');
  const average = network.node('GlobalAveragePool', [features]);
  const narrow = relu(network, await convolution(network, average, 'ffm.conv1'));
  const weights = network.node('Sigmoid', [await convolution(network, narrow, 'ffm.conv2')]);
  return network.node('Add', [network.node('Mul', [features, weights]), features]);
}

/** Convolution, batch normalisation, rectifier. */
async function block(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  return relu(network, await convolutionWithBatchNorm(network, input, `${name}.conv`, `${name}.bn`));
}
