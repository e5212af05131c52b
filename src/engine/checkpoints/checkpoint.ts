// A state dict as the converters see it: names, shapes, and one tensor at a time. Engine process.
// How it is stored (zip or legacy pickle) is the reader's; nothing here opens a file.

export type StoredType =
  | 'float64'
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'bool';

export interface StoredTensor {
  /** The key in the state dict, without the prefixes DataParallel adds ("module."). */
  readonly name: string;
  readonly type: StoredType;
  readonly dims: readonly number[];
}

export type TensorTable = ReadonlyMap<string, StoredTensor>;

export interface Checkpoint {
  readonly tensors: TensorTable;
  /** One tensor's elements, row by row, as 32-bit floats. A fresh array each time: the caller may change it. */
  read(name: string): Promise<Float32Array>;
  close(): Promise<void>;
}
