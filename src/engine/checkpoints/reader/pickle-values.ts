// What a pickle of tensors is made of, as plain data: nothing here has behaviour. Engine process, readers only.
import type { StoredType } from '../checkpoint.ts';

export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | PickleDictionary
  | PickleGlobal
  | StorageReference
  | TensorRecord
  | OpaqueObject;

/** A dict or OrderedDict; a Map, so that no key can be mistaken for a property of JavaScript's own. */
export type PickleDictionary = Map<PickleValue, PickleValue>;

/** A Python global that is allowed to be named. What may be done with it is in allowed-globals.ts. */
export class PickleGlobal {
  readonly qualifiedName: string;
  readonly use: GlobalUse;

  constructor(qualifiedName: string, use: GlobalUse) {
    this.qualifiedName = qualifiedName;
    this.use = use;
  }
}

export type GlobalUse =
  /** Stands for the storage of one element type. */
  | { readonly kind: 'storage-type'; readonly type: StoredType }
  /** May be "called": what comes back is put together here, from data. */
  | { readonly kind: 'rebuild'; readonly rebuild: (parts: readonly PickleValue[]) => PickleValue }
  /** A class whose instances are kept as data: made empty, then given attributes. */
  | { readonly kind: 'opaque-class' };

/** Elements that lie somewhere in the file. */
export class StorageReference {
  readonly type: StoredType;
  /** Name of the storage in the file. */
  readonly key: string;
  readonly elementCount: number;
  /** Elements of the storage called `key` before the first of this one: only old views have them. */
  readonly firstElement: number;

  constructor(type: StoredType, key: string, elementCount: number, firstElement = 0) {
    this.type = type;
    this.key = key;
    this.elementCount = elementCount;
    this.firstElement = firstElement;
  }
}

/** A tensor as the pickle describes it: not checked yet. */
export class TensorRecord {
  readonly storage: StorageReference;
  readonly storageOffset: number;
  readonly dims: readonly number[];
  readonly strides: readonly number[];

  constructor(
    storage: StorageReference,
    storageOffset: number,
    dims: readonly number[],
    strides: readonly number[],
  ) {
    this.storage = storage;
    this.storageOffset = storageOffset;
    this.dims = dims;
    this.strides = strides;
  }
}

/** An object of a class that is only data to us, such as a torch.nn module. `attributes` is its __dict__. */
export class OpaqueObject {
  readonly className: string;
  attributes: PickleDictionary | null = null;

  constructor(className: string) {
    this.className = className;
  }
}
