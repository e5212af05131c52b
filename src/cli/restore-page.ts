// One page of a photo as the task `heirloom restore` gives the engine.
import { basename, dirname, extname, join } from 'node:path';
import type { TaskOf } from '#shared/contract/engine.ts';
import type { DetectionModels, ModelFile } from '#shared/contract/model-file.ts';
import { defaultScaleFor } from '#shared/domain/recipe.ts';
import type { RestoreOptions } from './restore-options.ts';
import type { PageToDo } from './run-files.ts';

export interface ChosenModels {
  readonly detection: DetectionModels;
  readonly restorer: ModelFile;
  readonly parser: ModelFile | null;
  readonly upscaler: ModelFile | null;
  readonly faceUpscaler: ModelFile | null;
}

export function restorePageTask(
  { inputPath, facts, pageIndex, target }: PageToDo,
  options: RestoreOptions,
  models: ChosenModels,
  software: string,
): TaskOf<'restore-file'> {
  return {
    kind: 'restore-file',
    path: inputPath,
    pageIndex,
    ...models,
    backgroundStrength: options.backgroundStrength,
    fidelity: options.fidelity,
    strength: options.strength,
    scale: options.scale ?? defaultScaleFor(facts.widthPx, facts.heightPx),
    monochrome: options.monochrome,
    software,
    extras: { ...options.extras, saveFaces: options.saveFaces ? faceFilesBeside(target.path) : null },
    target,
  };
}

/** The official results folder: final_results/ beside cropped_faces/ and restored_faces/. */
function faceFilesBeside(outputPath: string): { croppedStem: string; restoredStem: string } {
  const name = basename(outputPath, extname(outputPath));
  const folder = dirname(dirname(outputPath));
  return {
    croppedStem: join(folder, 'cropped_faces', name),
    restoredStem: join(folder, 'restored_faces', name),
  };
}
