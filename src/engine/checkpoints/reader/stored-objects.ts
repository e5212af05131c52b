// What both containers come down to: one pickled object, and storages that lie somewhere in the file. Engine process.
import { damaged } from './damage.ts';
import { PickleGlobal, type PickleValue, StorageReference } from './pickle-values.ts';

/** Where a storage's bytes lie. `crc32` is null where the container keeps none. */
export interface StoragePlace {
  readonly position: number;
  readonly byteSize: number;
  readonly crc32: number | null;
}

export interface StoredObjects {
  readonly root: PickleValue;
  /** Throws DamagedCheckpoint when the file has no storage of that key. */
  placeOf(key: string): Promise<StoragePlace>;
  /** Length of a storage in bytes, without reading anything; null when there is none. */
  byteSizeOf(key: string): number | null;
}

/**
 * A persistent id: ('storage', class, key, location, element count), in old files with a sixth part for views of
 * another storage: (key of the view, first element, element count). Old files of whole models also name classes,
 * as ('module', class, source file, source text): the class is all that is taken.
 */
export function loadPersistent(id: PickleValue): PickleValue {
  if (!Array.isArray(id)) damaged('a storage has no description');
  const [kind, ofClass, key, , elementCount, view] = id;
  if (kind === 'module' && ofClass instanceof PickleGlobal) return ofClass;
  const isStorage = kind === 'storage' && ofClass instanceof PickleGlobal && typeof key === 'string';
  if (!isStorage || ofClass.use.kind !== 'storage-type') return damaged('a storage has no description');
  const { type } = ofClass.use;
  if (Array.isArray(view)) {
    return new StorageReference(type, key, elements(view[2]), elements(view[1]));
  }
  return new StorageReference(type, key, elements(elementCount));
}

function elements(count: PickleValue | undefined): number {
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) {
    return damaged('a storage has an impossible length');
  }
  return count;
}
