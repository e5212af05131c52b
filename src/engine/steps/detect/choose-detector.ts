// Which reader belongs to which detector contract. Runs in the engine process.
import type { ModelInterface } from '#shared/domain/model.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { LoadedModel } from '../../onnx/loaded-model.ts';
import { blazefaceDetector } from './blazeface.ts';
import { retinafaceDetector } from './retinaface.ts';
import { scrfdDetector } from './scrfd.ts';
import type { TileDetector } from './tile-detector.ts';
import { yolofaceDetector } from './yoloface.ts';
import { yunetDetector } from './yunet.ts';

const builders: Partial<Record<ModelInterface, (model: LoadedModel) => TileDetector>> = {
  'detector-blazeface': blazefaceDetector,
  'detector-yunet': yunetDetector,
  'detector-scrfd': scrfdDetector,
  'detector-retinaface': retinafaceDetector,
  'detector-yoloface': yolofaceDetector,
};

/** Errors: model.wrong-output when the model's contract is no face detector's. */
export function chooseDetector(model: LoadedModel): TileDetector {
  const build = builders[model.file.contract.interface];
  if (build === undefined) throw new HeirloomError('model.wrong-output', { name: model.file.modelId });
  return build(model);
}
