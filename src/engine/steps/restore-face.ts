// One aligned face through a face restorer: (aligned face, w) -> face. Every restorer of the catalogue has this form.
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { FloatTensor, LoadedModel, Tensor } from '../onnx/loaded-model.ts';
import { rasterToTensor, type TensorLayout, tensorToRaster } from '../onnx/raster-tensor.ts';
import type { Raster } from '../pixels/raster.ts';
import { release } from '../pixels/release.ts';
import { encodedFaces } from './restore-face/encoded-faces.ts';
import { restoreInTwoGraphs } from './restore-face/restore-in-two-graphs.ts';

/** Side of the square the restorer wants, in pixels. CodeFormer and most others: 512 (codeformer-pipeline 2.2). */
export function faceSideOf(model: LoadedModel): number {
  return model.file.contract.inputSidePx ?? 512;
}

export interface RestoreFaceOptions {
  /** Of the answer's samples; 16 where steps of 8 bits would be seen. 8 when left out. */
  readonly bits?: 8 | 16;
  /** Of a film: the same face is not asked for again with another fidelity, so nothing of it is kept. */
  readonly isSeenOnce?: boolean;
}

/**
 * @param alignedFace square of faceSideOf(model), sRGB, 8 or 16 bit.
 * @param fidelity w, 0 sharper to 1 more like the photo; networks without such an input have one look only.
 * @returns sRGB, the network's own output size.
 * Errors: model.wrong-output when the network answers with something that is not a picture.
 */
export async function restoreFace(
  alignedFace: Raster,
  model: LoadedModel,
  fidelity: number,
  { bits = 8, isSeenOnce = false }: RestoreFaceOptions = {},
): Promise<Raster> {
  const { contract } = model.file;
  const layout: TensorLayout = {
    range: contract.range ?? 'minus-one-to-one',
    colour: contract.colour ?? 'rgb',
  };
  const output =
    contract.fidelityParts === undefined
      ? await restoreInOneGraph(alignedFace, layout, model, fidelity)
      : await restoreInTwoGraphs(alignedFace, layout, model, fidelity, isSeenOnce ? null : encodedFaces);
  const [, channels, heightPx, widthPx] = output?.dims ?? [];
  const isPicture = channels === 3 && heightPx !== undefined && heightPx === widthPx;
  if (output === undefined || !isPicture || !allFinite(output.data)) {
    throw new HeirloomError('model.wrong-output', { name: model.file.modelId });
  }
  const restored = tensorToRaster(output, layout, bits);
  release(output.data);
  return restored;
}

async function restoreInOneGraph(
  alignedFace: Raster,
  layout: TensorLayout,
  model: LoadedModel,
  fidelity: number,
): Promise<FloatTensor | undefined> {
  const { contract } = model.file;
  const imageInput = contract.imageInput ?? model.inputNames[0] ?? 'input';
  const input = rasterToTensor(alignedFace, layout);
  const feeds: Record<string, Tensor> = { [imageInput]: input };
  if (contract.fidelityInput !== undefined) {
    const { name, dtype, rank } = contract.fidelityInput;
    const dims = rank === 0 ? [] : [1];
    feeds[name] =
      dtype === 'float64'
        ? { type: 'float64', data: Float64Array.of(fidelity), dims }
        : { type: 'float32', data: Float32Array.of(fidelity), dims };
  }
  const outputs = await model.run(feeds);
  release(input.data);
  return outputs[contract.output ?? model.outputNames[0] ?? 'output'];
}

/** A graphics device out of range answers with NaN, which would become black squares. */
function allFinite(values: Float32Array): boolean {
  // One NaN makes the sum NaN; adding is several times faster than asking each value.
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] ?? 0;
  return Number.isFinite(sum);
}
