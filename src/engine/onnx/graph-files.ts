// Which files stand behind one graph of a model: all of them are verified before it is opened. Runs in the engine process.
import type { ModelFile } from '#shared/contract/model-file.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { FileToVerify } from './verify-model-file.ts';

export interface GraphFiles {
  readonly modelId: ModelFile['modelId'];
  /** Of the model as a whole. */
  readonly sha256: ModelFile['sha256'];
  /** Empty for a model that is one file. */
  readonly partName: string;
  readonly graphPath: string;
  readonly toVerify: readonly FileToVerify[];
}

/** Errors: model.load-failed when the model has no graph called `part`. */
export function graphFilesOf(file: ModelFile, part?: string): GraphFiles {
  const { modelId, sha256, path, parts } = file;
  if (parts === undefined && part === undefined) {
    return { modelId, sha256, partName: '', graphPath: path, toVerify: [file] };
  }
  const found = part === undefined ? parts?.[0] : parts?.find(({ name }) => name === part);
  if (found === undefined) {
    throw new HeirloomError('model.load-failed', { name: modelId }, { cause: `there is no graph ${part}` });
  }
  const beside = found.weights === null ? [] : [found.weights];
  const toVerify = [file, found, ...beside].map((one) => ({ modelId, path: one.path, sha256: one.sha256 }));
  return { modelId, sha256, partName: found.name, graphPath: found.path, toVerify };
}
