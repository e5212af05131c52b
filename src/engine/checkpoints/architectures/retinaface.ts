// RetinaFace (biubug6's PyTorch kind, as facexlib and facelib have it) on ResNet-50 and on MobileNet ×0.25.
// Engine process. Input of any size; what the answers mean is in steps/detect/retinaface.ts.
import type { Architecture, ConvertedNetwork } from '../architecture.ts';
import type { TensorTable } from '../checkpoint.ts';
import { convolutionWithBatchNorm } from '../layers/folded-batch-norm.ts';
import { leakyRelu, relu } from '../layers/rectifiers.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { type Pyramid, writeHeads } from './retinaface-neck.ts';

export const retinafaceResnet50: Architecture = {
  id: 'retinaface-resnet50',
  recognises: (tensors) => hasHeads(tensors) && tensors.has('body.layer4.2.conv3.weight'),
  convert: (_checkpoint, folder) => write(folder, 'retinaface-resnet50', resnet50),
};

export const retinafaceMobilenet: Architecture = {
  id: 'retinaface-mobilenet0.25',
  recognises: (tensors) => hasHeads(tensors) && tensors.has('body.stage3.1.3.weight'),
  convert: (_checkpoint, folder) => write(folder, 'retinaface-mobilenet', mobilenet),
};

function hasHeads(tensors: TensorTable): boolean {
  return ['ClassHead.2.conv1x1.weight', 'fpn.merge2.0.weight', 'ssh3.conv7x7_3.0.weight'].every((name) =>
    tensors.has(name),
  );
}

async function write(
  folder: Parameters<Architecture['convert']>[1],
  name: string,
  backbone: (network: NetworkWriter, photo: OnnxValue) => Promise<Pyramid>,
): Promise<ConvertedNetwork> {
  await folder.write(name, async (network) => {
    const photo = network.input('photo', [1, 3, 'height', 'width']);
    await writeHeads(network, await backbone(network, photo));
  });
  return {
    purpose: 'face-detection',
    contract: {
      interface: 'detector-retinaface',
      imageInput: 'photo',
      colour: 'bgr',
      range: 'caffe-mean',
    },
    artefacts: [name],
  };
}

async function resnet50(network: NetworkWriter, photo: OnnxValue): Promise<Pyramid> {
  const first = await convolutionWithBatchNorm(network, photo, 'body.conv1', 'body.bn1', { stride: 2 });
  let value = network.node('MaxPool', [relu(network, first)], {
    kernel_shape: { ints: [3, 3] },
    strides: { ints: [2, 2] },
    pads: { ints: [1, 1, 1, 1] },
  });
  const answers: OnnxValue[] = [];
  for (const layer of [1, 2, 3, 4]) {
    for (let index = 0; network.has(`body.layer${layer}.${index}.conv1.weight`); index += 1)
      value = await bottleneck(
        network,
        value,
        `body.layer${layer}.${index}`,
        layer > 1 && index === 0 ? 2 : 1,
      );
    answers.push(value);
  }
  const [, at8, at16, at32] = answers as [OnnxValue, OnnxValue, OnnxValue, OnnxValue];
  return [at8, at16, at32];
}

async function bottleneck(
  network: NetworkWriter,
  input: OnnxValue,
  name: string,
  stride: number,
): Promise<OnnxValue> {
  const normalised = (value: OnnxValue, index: number, step = 1) =>
    convolutionWithBatchNorm(network, value, `${name}.conv${index}`, `${name}.bn${index}`, { stride: step });
  const narrow = relu(network, await normalised(input, 1));
  const middle = relu(network, await normalised(narrow, 2, stride));
  const change = await normalised(middle, 3);
  const kept = network.has(`${name}.downsample.0.weight`)
    ? await convolutionWithBatchNorm(network, input, `${name}.downsample.0`, `${name}.downsample.1`, {
        stride,
      })
    : input;
  return relu(network, network.node('Add', [kept, change]));
}

/** All of it bends by 0.1. */
const mobilenetSlope = 0.1;
/** Blocks that halve the picture: the first convolution and these; the others keep its size. */
const halvingBlocks = new Set(['stage1.2', 'stage1.4', 'stage2.0', 'stage3.0']);

async function mobilenet(network: NetworkWriter, photo: OnnxValue): Promise<Pyramid> {
  const first = await convolutionWithBatchNorm(network, photo, 'body.stage1.0.0', 'body.stage1.0.1', {
    stride: 2,
  });
  let value = leakyRelu(network, first, mobilenetSlope);
  const answers: OnnxValue[] = [];
  for (const stage of ['stage1', 'stage2', 'stage3']) {
    for (let index = stage === 'stage1' ? 1 : 0; network.has(`body.${stage}.${index}.3.weight`); index += 1)
      value = await separable(network, value, `${stage}.${index}`);
    answers.push(value);
  }
  return answers as [OnnxValue, OnnxValue, OnnxValue];
}

/** A 3×3 for each channel by itself, then a 1×1 over all. */
async function separable(network: NetworkWriter, input: OnnxValue, name: string): Promise<OnnxValue> {
  const depthwise = `body.${name}.0`;
  const alone = await convolutionWithBatchNorm(network, input, depthwise, `body.${name}.1`, {
    stride: halvingBlocks.has(name) ? 2 : 1,
    groups: network.dims(`${depthwise}.weight`)[0] as number,
  });
  const bent = leakyRelu(network, alone, mobilenetSlope);
  const together = await convolutionWithBatchNorm(network, bent, `body.${name}.3`, `body.${name}.4`);
  return leakyRelu(network, together, mobilenetSlope);
}
