// The models of a run: those the edits name, else the best installed. Main process.
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { EditedClip } from '#shared/domain/clip-edit.ts';
import type { ModelIdentity } from '#shared/domain/recipe.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { ModelsPort } from '../models/models-port.ts';
import type { ClipModels } from './clip-keys.ts';

export interface ClipModelFiles {
  readonly detection: { readonly detector: ModelFile; readonly landmarks: ModelFile | null };
  readonly recogniser: ModelFile | null;
  readonly restorer: ModelFile;
  readonly parser: ModelFile | null;
  readonly upscaler: ModelFile | null;
}

/** Errors: model.unknown, model.not-installed, model.wrong-digest, model.needs-conversion. */
export async function modelsForClip(clip: EditedClip, models: ModelsPort): Promise<ClipModelFiles> {
  const [detector, landmarks, recogniser, restorer, parser, upscaler] = await Promise.all([
    models.bestFor('face-detection'),
    models.bestFor('face-landmarks'),
    models.bestFor('face-recognition'),
    clip.restorerId === null ? models.bestFor('face-restoration') : models.fileOf(clip.restorerId),
    models.bestFor('face-parsing'),
    clip.upscalerId === null ? null : models.fileOf(clip.upscalerId),
  ]);
  if (detector === null) throw new HeirloomError('model.not-installed', { name: 'face-detection' });
  if (restorer === null) throw new HeirloomError('model.not-installed', { name: 'face-restoration' });
  return { detection: { detector, landmarks }, recogniser, restorer, parser, upscaler };
}

/** What a result's key and a queued job remember of them. */
export function identitiesOf({ detection, restorer, parser, upscaler }: ClipModelFiles): ClipModels {
  const identity = ({ modelId, sha256 }: ModelFile): ModelIdentity => ({ modelId, sha256 });
  const orNull = (file: ModelFile | null) => (file === null ? null : identity(file));
  return {
    detector: identity(detection.detector),
    landmarks: orNull(detection.landmarks),
    restorer: identity(restorer),
    parser: orNull(parser),
    upscaler: orNull(upscaler),
  };
}

/** The files a queued job was asked for with. Errors: model.wrong-digest when one was replaced since; model.*. */
export async function filesOfIdentities(wanted: ClipModels, models: ModelsPort): Promise<ClipModelFiles> {
  const file = async ({ modelId, sha256 }: ModelIdentity): Promise<ModelFile> => {
    const found = await models.fileOf(modelId);
    if (found.sha256 !== sha256) throw new HeirloomError('model.wrong-digest', { fileName: modelId });
    return found;
  };
  const orNull = async (identity: ModelIdentity | null) => (identity === null ? null : file(identity));
  const [detector, landmarks, recogniser, restorer, parser, upscaler] = await Promise.all([
    file(wanted.detector),
    orNull(wanted.landmarks),
    // Decides no picture, so a run need not remember which one it was.
    models.bestFor('face-recognition'),
    file(wanted.restorer),
    orNull(wanted.parser),
    orNull(wanted.upscaler),
  ]);
  return { detection: { detector, landmarks }, recogniser, restorer, parser, upscaler };
}
