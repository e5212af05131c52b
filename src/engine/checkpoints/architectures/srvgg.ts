// SRVGGNetCompact: Real-ESRGAN's small networks (general-x4v3, its denoising twin, animevideov3). Engine process.
// All convolutions run at the photo's size; the last makes the pixels of the enlarged photo, added to the photo itself.
import type { Architecture } from '../architecture.ts';
import type { TensorTable } from '../checkpoint.ts';
import { convolution } from '../layers/convolution.ts';
import { repeatPixels } from '../layers/resizing.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

export const srvgg: Architecture = {
  id: 'srvgg',

  recognises: (tensors) =>
    tensors.get('body.0.weight')?.dims[1] === 3 &&
    tensors.get('body.1.weight')?.dims.length === 1 &&
    layoutOf(tensors) !== null,

  async convert(checkpoint, folder) {
    const layout = layoutOf(checkpoint.tensors);
    if (layout === null) throw new RangeError('not an SRVGGNetCompact');
    await folder.write('srvgg', async (network) => {
      const photo = network.input('photo', [1, 3, 'height', 'width']);
      const pixels = await body(network, photo, layout.last);
      const enlarged = network.node('DepthToSpace', [pixels], {
        blocksize: { int: layout.scale },
        mode: { string: 'CRD' },
      });
      const plain = layout.scale === 1 ? photo : repeatPixels(network, photo, layout.scale);
      network.output(network.node('Add', [enlarged, plain]), 'enlarged', [1, 3, 'outHeight', 'outWidth']);
    });
    return {
      purpose: 'upscaling',
      contract: {
        interface: 'upscaler',
        imageInput: 'photo',
        output: 'enlarged',
        colour: 'rgb',
        range: 'zero-to-one',
        scale: layout.scale,
        // Three tensors of 64 features per photo pixel, and four times the answer.
        workingBytesPerOutputPixel: Math.ceil((3 * 64 * 4) / layout.scale ** 2) + 48,
      },
      artefacts: ['srvgg'],
    };
  },
};

/** Index of the last convolution and the scale its channels stand for; null where this is another network. */
function layoutOf(tensors: TensorTable): { readonly last: number; readonly scale: number } | null {
  let last = 0;
  while (tensors.get(`body.${last + 2}.weight`)?.dims.length === 4) last += 2;
  const channels = tensors.get(`body.${last}.weight`)?.dims[0] ?? 0;
  const scale = Math.sqrt(channels / 3);
  return last >= 2 && Number.isInteger(scale) && !tensors.has(`body.${last + 1}.weight`)
    ? { last, scale }
    : null;
}

async function body(network: NetworkWriter, photo: OnnxValue, last: number): Promise<OnnxValue> {
  let value = photo;
  for (let index = 0; index < last; index += 2) {
    const name = `body.${index + 1}.weight`;
    const slopes = await network.constant(await network.floats(name), [
      network.dims(name)[0] as number,
      1,
      1,
    ]);
    value = network.node('PRelu', [await convolution(network, value, `body.${index}`), slopes]);
  }
  return convolution(network, value, `body.${last}`);
}
