// SHA-256 of files, alone or while copying. Streams in blocks of one megabyte, so that main stays responsive.
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { throwIfCancelled } from '#shared/errors/heirloom-error.ts';

const blockBytes = 1 << 20;

export interface ReadingOptions {
  /** Checked between blocks; rejects with JobCancelled. */
  readonly signal?: AbortSignal | undefined;
  /** Bytes done so far. */
  readonly onBytes?: ((doneBytes: number) => void) | undefined;
}

/** Feeds the first `byteLimit` bytes of a file, or all of it, to `take`. Answers how many there were. */
export async function readBlocks(
  path: string,
  take: (block: Uint8Array) => unknown,
  options: ReadingOptions & { readonly byteLimit?: number } = {},
): Promise<number> {
  const file = await open(path, 'r');
  const buffer = Buffer.allocUnsafe(blockBytes);
  let doneBytes = 0;
  try {
    for (;;) {
      throwIfCancelled(options.signal);
      const wantedBytes = Math.min(blockBytes, (options.byteLimit ?? Number.POSITIVE_INFINITY) - doneBytes);
      if (wantedBytes <= 0) return doneBytes;
      const { bytesRead } = await file.read(buffer, 0, wantedBytes, doneBytes);
      if (bytesRead === 0) return doneBytes;
      await take(buffer.subarray(0, bytesRead));
      doneBytes += bytesRead;
      options.onBytes?.(doneBytes);
    }
  } finally {
    await file.close();
  }
}

/** Lower-case hexadecimal SHA-256 of a file. */
export async function sha256OfFile(path: string, options: ReadingOptions = {}): Promise<string> {
  const hash = createHash('sha256');
  await readBlocks(path, (block) => hash.update(block), options);
  return hash.digest('hex');
}

/**
 * Copies to a file that must not exist yet, syncs it and answers the digest of what was written.
 * On any failure the unfinished copy stays: the caller knows its name and removes it.
 */
export async function copyWithDigest(
  from: string,
  to: string,
  options: ReadingOptions = {},
): Promise<{ sha256: string; byteSize: number }> {
  const hash = createHash('sha256');
  const target = await open(to, 'wx');
  try {
    const byteSize = await readBlocks(
      from,
      async (block) => {
        hash.update(block);
        await writeFully(target, block);
      },
      options,
    );
    await target.sync();
    return { sha256: hash.digest('hex'), byteSize };
  } finally {
    await target.close();
  }
}

/** A single write call may take less than it was given: on a nearly full disk it does. */
export async function writeFully(
  file: FileHandle,
  block: Uint8Array,
  position: number | null = null,
): Promise<void> {
  let doneBytes = 0;
  while (doneBytes < block.byteLength) {
    const { bytesWritten } = await file.write(
      block,
      doneBytes,
      block.byteLength - doneBytes,
      position === null ? null : position + doneBytes,
    );
    doneBytes += bytesWritten;
  }
}
