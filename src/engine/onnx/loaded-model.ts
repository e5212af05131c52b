// What a step sees of a network. onnxruntime itself stays behind this door.
import type { ModelFile } from '#shared/contract/model-file.ts';

export type Tensor =
  | { readonly type: 'float32'; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: 'float64'; readonly data: Float64Array; readonly dims: readonly number[] }
  | { readonly type: 'uint8'; readonly data: Uint8Array; readonly dims: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly dims: readonly number[] };

/** An output is always handed back as float32, whatever the graph computes in. */
export interface FloatTensor {
  readonly type: 'float32';
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

export interface LoadedModel {
  readonly file: ModelFile;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Static input dimensions by name; symbolic ones are null. */
  readonly inputDims: Readonly<Record<string, readonly (number | null)[]>>;
  /** Another graph of the same converted model; missing where a model has one graph only. */
  readonly part?: (name: string) => Promise<LoadedModel>;
  /** What is fed is not kept; the outputs are the caller's. Both may be released afterwards. */
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, FloatTensor>>>;
  /** Gives the model's memory back once nobody runs it; the next run opens it again. */
  readonly release?: () => Promise<void>;
}

/** Opens a model once and keeps it within the memory budget. Errors: model.load-failed, model.wrong-digest. */
export interface ModelLoader {
  /** `part` names one graph of a converted model; without it the graph that the contract speaks of is opened. */
  load(file: ModelFile, part?: string): Promise<LoadedModel>;
}
