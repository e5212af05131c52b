// Reads a checkpoint file by position, never beyond its end. Engine process, readers only.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { ByteStream } from './byte-stream.ts';
import { damaged } from './damage.ts';

export interface CheckpointFile {
  readonly byteSize: number;
  /** Fills `target` with the bytes at `position`. Throws DamagedCheckpoint when the file ends before. */
  fill(target: Uint8Array, position: number): Promise<void>;
  /** The bytes from `position` on, for small structures that are read front to back at once. */
  stream(position: number, endPosition: number): ByteStream;
  close(): Promise<void>;
}

/** Errors of `open` and of reading pass through. */
export async function openCheckpointFile(path: string): Promise<CheckpointFile> {
  const handle = await open(path, 'r');
  const descriptor = openSync(path, 'r');
  const byteSize = fstatSync(descriptor).size;
  return {
    byteSize,
    fill: (target, position) => fill(handle, byteSize, target, position),
    stream(position, endPosition) {
      if (endPosition > byteSize) damaged('it ends too early');
      return new ByteStream((target, from) => readSync(descriptor, target, 0, target.length, from), {
        position,
        endPosition,
      });
    },
    async close() {
      closeSync(descriptor);
      await handle.close();
    },
  };
}

async function fill(
  handle: FileHandle,
  byteSize: number,
  target: Uint8Array,
  position: number,
): Promise<void> {
  if (position < 0 || position + target.byteLength > byteSize) damaged('it ends too early');
  for (let done = 0; done < target.byteLength; ) {
    const { bytesRead } = await handle.read(target, done, target.byteLength - done, position + done);
    if (bytesRead === 0) damaged('it became shorter while it was read');
    done += bytesRead;
  }
}

/** A whole number of a 64-bit field. Throws DamagedCheckpoint for what no file can have. */
export function safeInteger(value: bigint): number {
  if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) damaged('it names an impossible length');
  return Number(value);
}
