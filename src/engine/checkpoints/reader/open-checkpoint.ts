// Opens a PyTorch checkpoint of either container: a table of named tensors, read one at a time. Engine process.
// Nothing of the file is ever run; everything it says is checked against its own length first.
import { basename } from 'node:path';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { Checkpoint, StoredTensor } from '../checkpoint.ts';
import { type CheckedTensor, checkTensor } from './check-tensor.ts';
import { type CheckpointFile, openCheckpointFile } from './checkpoint-file.ts';
import { DamagedCheckpoint, damaged, RefusedGlobal } from './damage.ts';
import { findStateDict } from './find-state-dict.ts';
import { MemoryAllowance, objectCosts } from './memory-allowance.ts';
import { openLegacyContainer } from './open-legacy-container.ts';
import { openZipContainer } from './open-zip-container.ts';
import { readTensor } from './read-tensor.ts';
import type { StoredObjects } from './stored-objects.ts';

/**
 * Errors, also of `read`: file.not-found, file.unreadable, file.empty, model.checkpoint-damaged,
 * model.checkpoint-refused (it names a global that tensors do not need).
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const fileName = basename(path);
  const named = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw inWords(error, fileName);
    });
  const file = await named(openCheckpointFile(path));
  try {
    if (file.byteSize === 0) throw new HeirloomError('file.empty', { fileName });
    const { tensors, stored } = await named(readTable(file));
    const table = new Map<string, StoredTensor>();
    for (const [name, { record }] of tensors) {
      table.set(name, { name, type: record.storage.type, dims: record.dims });
    }
    return {
      tensors: table,
      async read(name) {
        const tensor = tensors.get(name);
        if (tensor === undefined) throw new RangeError(`the checkpoint has no ${name}`);
        const place = await named(stored.placeOf(tensor.record.storage.key));
        return named(readTensor(file, tensor, place));
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readTable(
  file: CheckpointFile,
): Promise<{ tensors: ReadonlyMap<string, CheckedTensor>; stored: StoredObjects }> {
  const allowance = new MemoryAllowance(file.byteSize);
  const stored = await openContainer(file, allowance);
  const tensors = new Map<string, CheckedTensor>();
  // Twice the file, as floats of four bytes: half precision becomes twice as long.
  const mostElements = file.byteSize / 2;
  for (const [name, record] of findStateDict(stored.root)) {
    allowance.spend(objectCosts.record + objectCosts.entry);
    tensors.set(name, checkTensor(name, record, stored.byteSizeOf(record.storage.key), mostElements));
  }
  return { tensors, stored };
}

async function openContainer(file: CheckpointFile, allowance: MemoryAllowance): Promise<StoredObjects> {
  const beginning = Buffer.alloc(Math.min(4, file.byteSize));
  await file.fill(beginning, 0);
  if (beginning.toString('latin1') === 'PK\u0003\u0004') return openZipContainer(file, allowance);
  if (beginning[0] === 0x80) return openLegacyContainer(file, allowance);
  return damaged('it does not begin as a checkpoint does');
}

function inWords(error: unknown, fileName: string): unknown {
  if (error instanceof DamagedCheckpoint) {
    return new HeirloomError('model.checkpoint-damaged', { fileName, reason: error.message });
  }
  if (error instanceof RefusedGlobal) {
    return new HeirloomError('model.checkpoint-refused', { fileName, global: error.global });
  }
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return new HeirloomError('file.not-found', { fileName }, { cause: error });
    case 'EACCES':
    case 'EISDIR':
    case 'EPERM':
    case 'EIO':
      return new HeirloomError('file.unreadable', { fileName }, { cause: error });
    default:
      return error;
  }
}
