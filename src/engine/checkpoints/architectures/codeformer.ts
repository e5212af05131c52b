// CodeFormer (Zhou et al., 2022): restoration with a fidelity, colourisation, inpainting. Engine process.
import type { Architecture, ConvertedNetwork } from '../architecture.ts';
import {
  faceName,
  fidelityName,
  imageName,
  writeDecode,
  writeDecodeWithoutFusion,
  writeEncode,
  writeWhole,
} from './codeformer-graphs.ts';
import { codeFormerLayout, codeFormerVariant } from './codeformer-layout.ts';

export const codeFormer: Architecture = {
  id: 'codeformer',

  recognises: (tensors) =>
    tensors.has('position_emb') &&
    tensors.has('ft_layers.0.self_attn.in_proj_weight') &&
    tensors.has('idx_pred_layer.1.weight') &&
    tensors.has('quantize.embedding.weight'),

  async convert(checkpoint, folder): Promise<ConvertedNetwork> {
    const layout = codeFormerLayout(checkpoint.tensors);
    const variant = codeFormerVariant(layout);
    const contract = {
      interface: 'face-restorer',
      inputSidePx: layout.sidePx,
      imageInput: imageName,
      output: faceName,
      colour: 'rgb',
      range: 'minus-one-to-one',
    } as const;
    if (variant === 'restoration') {
      await folder.write('encode', (network) => writeEncode(network, layout));
      await folder.write('decode', (network) => writeDecode(network, layout));
      await folder.write('decode-without-fusion', (network) => writeDecodeWithoutFusion(network, layout));
      return {
        purpose: 'face-restoration',
        contract: {
          ...contract,
          fidelityInput: { name: fidelityName, dtype: 'float32', rank: 1 },
          fidelityParts: { decode: 'decode', withoutFusion: 'decode-without-fusion' },
        },
        artefacts: ['encode', 'decode', 'decode-without-fusion'],
      };
    }
    const isInpainting = variant === 'inpainting';
    await folder.write('face', (network) =>
      writeWhole(network, layout, { matchStatistics: !isInpainting, withFusion: isInpainting }),
    );
    return { purpose: variant, contract, artefacts: ['face'] };
  },
};
