// What other services see of the model manager.
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { ModelId } from '#shared/domain/ids.ts';
import type { ModelPurpose, ModelStatus } from '#shared/domain/model.ts';

export interface ModelsPort {
  list(): ModelStatus[];
  /** Resolves when the files found at start that no memory vouches for have been hashed. */
  whenReady(): Promise<void>;
  /**
   * Verified file of an installed model. Errors: model.unknown, model.not-installed, model.wrong-digest,
   * model.needs-conversion, model.load-failed (an entry that is only listed: how to feed it is not known).
   */
  fileOf(modelId: ModelId): Promise<ModelFile>;
  /** The installed entry of highest rank with a runnable contract, or null. Bundled entries count. */
  bestFor(purpose: ModelPurpose): Promise<ModelFile | null>;
  /** Adds the file to the installed ones by its digest; the name does not matter. Errors: model.import-unrecognised, model.licence-not-accepted. */
  importFile(path: string, acceptLicence: boolean): Promise<ModelStatus>;
  /** Errors: model.unknown, model.licence-not-accepted, model.no-address, model.busy. What comes later is in the status. */
  download(modelId: ModelId, acceptLicence: boolean): ModelStatus;
  /** Resolves when the download started by `download` has ended; rejects with its error, or JobCancelled. */
  whenDownloaded(modelId: ModelId): Promise<ModelStatus>;
  /** What has arrived stays; a later download goes on behind it. */
  cancelDownload(modelId: ModelId): ModelStatus;
  /** Hashes the file of one model, or of all that are there, whatever is remembered. A wrong digest is in the status. */
  verify(modelId: ModelId | null): Promise<ModelStatus[]>;
  /** Also removes what an unfinished download left. Errors: model.unknown, model.bundled, model.busy. */
  remove(modelId: ModelId): Promise<ModelStatus>;
  folder(): Promise<{ path: string; usedBytes: number; freeBytes: number | null }>;
  /** Checked copies first, then the switch, then the old files go. Errors: model.folder-not-usable, model.no-space, model.busy; JobCancelled. */
  moveFolder(path: string, signal?: AbortSignal): Promise<void>;
  onChange(listener: (status: ModelStatus) => void): () => void;
  /** Stops downloads and checks; what has arrived is kept. */
  close(): Promise<void>;
}
