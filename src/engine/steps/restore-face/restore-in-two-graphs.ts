// A restorer converted into two graphs: all that does not depend on the fidelity runs once per face, the rest each time.
// Engine process.
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { FloatTensor, LoadedModel, Tensor } from '../../onnx/loaded-model.ts';
import { rasterToTensor, type TensorLayout } from '../../onnx/raster-tensor.ts';
import type { Raster } from '../../pixels/raster.ts';
import { release } from '../../pixels/release.ts';
import { type EncodedFace, type EncodedFaces, encodedFaceKey } from './encoded-faces.ts';

/**
 * @param model the first graph; its contract names the other two.
 * @param kept where the first graph's answer stays for the next fidelity; null: nowhere.
 * @returns undefined when the graph has no output of the contract's name.
 * Errors: model.load-failed where a graph is missing; those of running.
 */
export async function restoreInTwoGraphs(
  alignedFace: Raster,
  layout: TensorLayout,
  model: LoadedModel,
  fidelity: number,
  kept: EncodedFaces | null,
): Promise<FloatTensor | undefined> {
  const { contract, sha256 } = model.file;
  const names = contract.fidelityParts;
  if (names === undefined || model.part === undefined) throw missing(model, 'the graphs after the first');
  const imageInput = contract.imageInput ?? 'image';
  const encode = async (): Promise<EncodedFace> => {
    const input = rasterToTensor(alignedFace, layout);
    const encoded = await model.run({ [imageInput]: input });
    release(input.data);
    return encoded;
  };
  const face =
    kept === null ? await encode() : await kept.encoded(encodedFaceKey(alignedFace, sha256), encode);
  const decoder = await model.part(fidelity === 0 ? names.withoutFusion : names.decode);
  const answer = await decoder.run(feedsOf(decoder, face, fidelity));
  if (kept === null) release(...Object.values(face).map(({ data }) => data));
  return answer[contract.output ?? 'face'];
}

function feedsOf(decoder: LoadedModel, face: EncodedFace, fidelity: number): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = {};
  for (const name of decoder.inputNames) {
    if (name === decoder.file.contract.fidelityInput?.name)
      feeds[name] = { type: 'float32', data: Float32Array.of(fidelity), dims: [1] };
    else feeds[name] = face[name] ?? raise(missing(decoder, `${name} among the answers of the first graph`));
  }
  return feeds;
}

function missing({ file }: LoadedModel, what: string): HeirloomError {
  return new HeirloomError('model.load-failed', { name: file.modelId }, { cause: `${what} is missing` });
}

function raise(error: HeirloomError): never {
  throw error;
}
