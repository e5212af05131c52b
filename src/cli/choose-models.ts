// Picks the models of a run: the ones named on the command line, otherwise the best installed of each purpose.
import type { ModelFile } from '#shared/contract/model-file.ts';
import { type ModelId, modelIdSchema } from '#shared/domain/ids.ts';
import type { ModelPurpose } from '#shared/domain/model.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { ModelsPort } from '../main/models/models-port.ts';
import type { RestoreOptions } from './restore-options.ts';
import type { ChosenModels } from './restore-page.ts';

/** Errors: model.unknown, model.not-installed, model.wrong-digest, model.needs-conversion. */
export async function chooseModels(
  options: Pick<RestoreOptions, 'detectorId' | 'modelId' | 'upscalerId' | 'enlargeFaces'>,
  models: ModelsPort,
): Promise<ChosenModels> {
  const named = (id: string): Promise<ModelFile> => models.fileOf(parseModelId(id));
  const best = async (purpose: ModelPurpose): Promise<ModelFile> => {
    const file = await models.bestFor(purpose);
    if (file === null) throw new HeirloomError('model.not-installed', { name: purpose });
    return file;
  };
  const [detector, landmarks, restorer, parser, upscaler, faceUpscaler] = await Promise.all([
    options.detectorId === null ? best('face-detection') : named(options.detectorId),
    models.bestFor('face-landmarks'),
    options.modelId === null ? best('face-restoration') : named(options.modelId),
    models.bestFor('face-parsing'),
    options.upscalerId === null ? null : named(options.upscalerId),
    // The same network as for the background, as the official script has it; without one, the best there is.
    !options.enlargeFaces
      ? null
      : options.upscalerId === null
        ? best('upscaling')
        : named(options.upscalerId),
  ]);
  return { detection: { detector, landmarks }, restorer, parser, upscaler, faceUpscaler };
}

function parseModelId(id: string): ModelId {
  const parsed = modelIdSchema.safeParse(id);
  if (!parsed.success) throw new HeirloomError('model.unknown', { modelId: id });
  return parsed.data;
}
