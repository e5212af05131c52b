// PyTorch before 1.6: five pickles in a row (magic number, protocol, system, object, keys), then the storages in the
// order of the keys, each as its element count and its bytes. Engine process.
import { type CheckpointFile, safeInteger } from './checkpoint-file.ts';
import { damaged } from './damage.ts';
import { elementByteSizes } from './element-types.ts';
import { type MemoryAllowance, objectCosts } from './memory-allowance.ts';
import { type PickleValue, StorageReference } from './pickle-values.ts';
import { loadPersistent, type StoragePlace, type StoredObjects } from './stored-objects.ts';
import { unpickle } from './unpickle.ts';

const magicNumber = 0x1950a86a20f9469cfc6cn;
const protocol = 1001;
const countBytes = 8;

export async function openLegacyContainer(
  file: CheckpointFile,
  allowance: MemoryAllowance,
): Promise<StoredObjects> {
  const bytes = file.stream(0, file.byteSize);
  const types = new Map<string, StorageReference>();
  const load = (id: PickleValue): PickleValue => {
    const loaded = loadPersistent(id);
    if (loaded instanceof StorageReference) types.set(loaded.key, loaded);
    return loaded;
  };
  const next = () => unpickle(bytes, allowance, load);
  if (next() !== magicNumber) damaged('it does not begin as a checkpoint does');
  if (next() !== protocol) damaged('it is of an unknown protocol');
  const system = next();
  if (system instanceof Map && system.get('little_endian') === false) damaged('its numbers are big endian');
  const root = next();
  const keys = next();
  if (!Array.isArray(keys)) return damaged('its list of storages is missing');

  const places = new Map<string, StoragePlace>();
  let position = bytes.position;
  for (const key of keys) {
    const reference = typeof key === 'string' ? types.get(key) : undefined;
    if (typeof key !== 'string' || reference === undefined) return damaged('it has a storage of no tensor');
    const count = Buffer.alloc(countBytes);
    await file.fill(count, position);
    const byteSize = safeInteger(count.readBigUInt64LE()) * elementByteSizes[reference.type];
    if (position + countBytes + byteSize > file.byteSize) damaged(`storage ${key} is cut off`);
    allowance.spend(objectCosts.record + objectCosts.entry);
    places.set(key, { position: position + countBytes, byteSize, crc32: null });
    position += countBytes + byteSize;
  }
  return {
    root,
    byteSizeOf: (key) => places.get(key)?.byteSize ?? null,
    placeOf: async (key) => places.get(key) ?? damaged(`storage ${key} is missing`),
  };
}
