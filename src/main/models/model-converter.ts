// The seam after `verify`: turns a verified checkpoint into a graph the engine can run. No converter is registered yet.
import type { CatalogEntry, ModelContract } from '#shared/domain/model.ts';

export interface ConvertedModel {
  readonly path: string;
  /** Of the graph that was written, not of the checkpoint. */
  readonly sha256: string;
  readonly contract: ModelContract;
}

export interface ModelConverter {
  canConvert(entry: CatalogEntry): boolean;
  /**
   * Writes the graph into `outputFolder`, or answers at once when it is there already and intact.
   * Runs only on a checkpoint whose digest is right. Long: takes a signal, rejects with JobCancelled.
   */
  convert(
    entry: CatalogEntry,
    checkpointPath: string,
    outputFolder: string,
    signal?: AbortSignal,
  ): Promise<ConvertedModel>;
}
