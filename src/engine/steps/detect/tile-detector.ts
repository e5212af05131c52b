// A detector that answers for one square tile; scanning, merging and checking are the same for all of them.
// One builder per contract (`ModelFile.contract.interface`) stands beside this file. Runs in the engine process.
import type { ModelContract } from '#shared/domain/model.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import type { FaceCandidate } from './face-candidate.ts';
import type { ModelOutputs } from './model-outputs.ts';
import type { InputEncoding } from './photo-pyramid.ts';

export interface TileDetector {
  readonly inputName: string;
  /** Side of the square network input. */
  readonly tileSidePx: number;
  readonly encoding: InputEncoding;
  /** The smallest face box, in tile pixels, that it still finds dependably. */
  readonly smallestFacePx: number;
  /** From this score on, a face needs no second opinion. */
  readonly sureScore: number;
  /** Below this, no second opinion can make it a face. In between, the mesh decides in proportion. */
  readonly possibleScore: number;
  /** Answers in tile pixels, duplicates of one face already joined. Errors: model.wrong-output. */
  decode(outputs: ModelOutputs): FaceCandidate[];
}

/** What the model's file says of its input, where it says anything. */
export function inputOf(
  model: LoadedModel,
  defaults: { readonly sidePx: number; readonly encoding: InputEncoding },
): Pick<TileDetector, 'inputName' | 'tileSidePx' | 'encoding'> {
  const { contract, modelId } = model.file;
  const inputName = contract.imageInput ?? model.inputNames[0];
  if (inputName === undefined) throw new HeirloomError('model.wrong-output', { name: modelId });
  const fixedSide = model.inputDims[inputName]?.[3];
  return {
    inputName,
    tileSidePx: contract.inputSidePx ?? fixedSide ?? defaults.sidePx,
    encoding: encodingOf(contract, defaults.encoding),
  };
}

/** The contract's colour order and range where it states them; `imagenet` is no detector's range and is left to the default. */
export function encodingOf(contract: ModelContract, defaults: InputEncoding): InputEncoding {
  const order = contract.colour ?? defaults.order;
  const gray = (mean: number, factor: number): InputEncoding => ({ order, mean: [mean, mean, mean], factor });
  switch (contract.range) {
    case 'minus-one-to-one':
      return gray(127.5, 1 / 127.5);
    case 'zero-to-one':
      return gray(0, 1 / 255);
    case 'raw':
      return gray(0, 1);
    case 'detector-128':
      return gray(127.5, 1 / 128);
    case 'caffe-mean':
      return { order, mean: order === 'bgr' ? [104, 117, 123] : [123, 117, 104], factor: 1 };
    default:
      return { ...defaults, order };
  }
}
