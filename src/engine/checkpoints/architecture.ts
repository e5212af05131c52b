// What every network the converter knows must say of itself. Engine process.
import type { ModelContract, ModelPurpose } from '#shared/domain/model.ts';
import type { Checkpoint, TensorTable } from './checkpoint.ts';
import type { NetworkWriter, Precision } from './network-writer.ts';

/** Opens one graph file of the converted model; its weights lie beside it in `<name>.onnx.data`. */
export interface ArtefactFolder {
  readonly precision: Precision;
  readonly signal: AbortSignal;
  /**
   * Builds one graph and writes it. `name` has no suffix and is unique within the model. Progress is counted in the
   * bytes of weights read, so `build` need not report.
   */
  write(name: string, build: (network: NetworkWriter) => Promise<void>): Promise<void>;
}

export interface ConvertedNetwork {
  readonly purpose: ModelPurpose;
  readonly contract: ModelContract;
  /** Names given to `ArtefactFolder.write`; the first is what the contract's inputs and outputs speak of. */
  readonly artefacts: readonly string[];
}

export interface Architecture {
  /** Lower case, such as "codeformer" or "retinaface-resnet50": goes into the manifest and into messages. */
  readonly id: string;
  /** By keys and shapes alone, cheaply; true for at most one architecture. */
  recognises(tensors: TensorTable): boolean;
  /** Errors: model.convert-failed where a shape contradicts the architecture; JobCancelled. */
  convert(checkpoint: Checkpoint, folder: ArtefactFolder): Promise<ConvertedNetwork>;
}
