// PyTorch 1.6 and newer: a zip archive with <name>/data.pkl and one <name>/data/<key> a storage. Engine process.
import type { CheckpointFile } from './checkpoint-file.ts';
import { damaged } from './damage.ts';
import type { MemoryAllowance } from './memory-allowance.ts';
import { loadPersistent, type StoredObjects } from './stored-objects.ts';
import { unpickle } from './unpickle.ts';
import { contentPosition, readZipDirectory, type ZipEntry } from './zip-directory.ts';

export async function openZipContainer(
  file: CheckpointFile,
  allowance: MemoryAllowance,
): Promise<StoredObjects> {
  const entries = await readZipDirectory(file, allowance);
  const pickle = [...entries.values()].find(({ name }) => /^[^/]*\/data\.pkl$/.test(name));
  if (pickle === undefined) return damaged('it is a zip archive without data.pkl');
  const folder = pickle.name.slice(0, -'data.pkl'.length);
  await refuseBigEndian(file, entries.get(`${folder}byteorder`));

  const position = await contentPosition(file, pickle);
  const root = unpickle(file.stream(position, position + pickle.byteSize), allowance, loadPersistent);
  const entryOf = (key: string) => entries.get(`${folder}data/${key}`);
  return {
    root,
    byteSizeOf: (key) => entryOf(key)?.byteSize ?? null,
    async placeOf(key) {
      const entry = entryOf(key) ?? damaged(`storage ${key} is missing`);
      const { byteSize, crc32 } = entry;
      return { position: await contentPosition(file, entry), byteSize, crc32: crc32 === 0 ? null : crc32 };
    },
  };
}

/** Files since PyTorch 2.1 say in which order their bytes are. */
async function refuseBigEndian(file: CheckpointFile, entry: ZipEntry | undefined): Promise<void> {
  if (entry === undefined || entry.byteSize > 16) return;
  const word = Buffer.alloc(entry.byteSize);
  await file.fill(word, await contentPosition(file, entry));
  if (word.toString('utf8').trim() === 'big') damaged('its numbers are big endian');
}
