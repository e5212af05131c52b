// What other services see of the model manager.
import type { ModelFile } from '#shared/contract/engine.ts';
import type { ModelId } from '#shared/domain/ids.ts';
import type { ModelPurpose, ModelStatus } from '#shared/domain/model.ts';

export interface ModelsPort {
  list(): ModelStatus[];
  /** Verified file of an installed model. Errors: model.unknown, model.not-installed, model.wrong-digest, model.needs-conversion. */
  fileOf(modelId: ModelId): Promise<ModelFile>;
  /** The installed entry of highest rank with a runnable contract, or null. Bundled entries count. */
  bestFor(purpose: ModelPurpose): Promise<ModelFile | null>;
  /** Adds the file to the installed ones by its digest; the name does not matter. Errors: model.import-unrecognised, model.licence-not-accepted. */
  importFile(path: string, acceptLicence: boolean): Promise<ModelStatus>;
  download(modelId: ModelId, acceptLicence: boolean): ModelStatus;
  /** Resolves when the download started by `download` has ended; rejects with its error. */
  whenDownloaded(modelId: ModelId): Promise<ModelStatus>;
  cancelDownload(modelId: ModelId): ModelStatus;
  verify(modelId: ModelId | null): Promise<ModelStatus[]>;
  remove(modelId: ModelId): Promise<ModelStatus>;
  folder(): Promise<{ path: string; freeBytes: number | null }>;
  moveFolder(path: string): Promise<void>;
  onChange(listener: (status: ModelStatus) => void): () => void;
  close(): Promise<void>;
}
