// RRDBNet: Real-ESRGAN's and RealESRNet's large networks, enlarging ×4 (23 blocks, or 6 for drawings), ×2 and ×1.
// Engine process. All compute at a quarter of the output's sides; ×2 and ×1 fold the photo's pixels into channels first.
import type { Architecture } from '../architecture.ts';
import type { TensorTable } from '../checkpoint.ts';
import { convolution } from '../layers/convolution.ts';
import { foldedPixelsConvolution } from '../layers/folded-pixels.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { denseBlocks } from './rrdbnet-body.ts';
import { enlargeInStrips, enlargement } from './rrdbnet-tail.ts';

/** Measured: 1.5 GB over the idle process for 1500×1000 at ×2; the same at every scale. */
const workingBytesPerOutputPixel = 250;

export const rrdbnet: Architecture = {
  id: 'rrdbnet',

  recognises: (tensors) =>
    tensors.has('body.0.rdb3.conv5.weight') &&
    tensors.has('conv_up2.weight') &&
    tensors.get('conv_last.weight')?.dims[0] === 3 &&
    foldOf(tensors) !== null,

  async convert(checkpoint, folder) {
    const fold = foldOf(checkpoint.tensors) ?? 1;
    const scale = enlargement / fold;
    await folder.write('rrdbnet', async (network) => {
      const photo = network.input('photo', [1, 3, 'height', 'width']);
      const features = await trunk(network, photo, fold);
      network.output(await enlargeInStrips(network, features), 'enlarged', [1, 3, 'outHeight', 'outWidth']);
    });
    return {
      purpose: 'upscaling',
      contract: {
        interface: 'upscaler',
        imageInput: 'photo',
        output: 'enlarged',
        colour: 'rgb',
        range: 'zero-to-one',
        scale,
        sideMultiple: fold,
        workingBytesPerOutputPixel,
      },
      artefacts: ['rrdbnet'],
    };
  },
};

/** Photo pixels per feature in one direction, from the first convolution's channels. */
function foldOf(tensors: TensorTable): 1 | 2 | 4 | null {
  switch (tensors.get('conv_first.weight')?.dims[1]) {
    case 3:
      return 1;
    case 12:
      return 2;
    case 48:
      return 4;
    default:
      return null;
  }
}

async function trunk(network: NetworkWriter, photo: OnnxValue, fold: 1 | 2 | 4): Promise<OnnxValue> {
  const first = await foldedPixelsConvolution(network, photo, 'conv_first', fold);
  const body = await denseBlocks(network, first);
  return network.node('Add', [await convolution(network, body, 'conv_body'), first]);
}
