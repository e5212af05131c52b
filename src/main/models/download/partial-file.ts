// The unfinished file of one download (<file>.part) and where its bytes came from (<file>.part.json).
// Survives a restart: what is there is hashed first, then the download goes on behind it.
import { createHash, type Hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { readBlocks, writeFully } from '../../file-system/file-digest.ts';
import { readJsonFile, writeJsonFile } from '../../file-system/json-file.ts';
import { syncFolder } from '../../file-system/write-atomically.ts';

/** What If-Range needs: proof that the server still has the file the first bytes came from. */
const originSchema = z.object({
  address: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
});
export type Origin = z.infer<typeof originSchema>;

export function partPathOf(finalPath: string): string {
  return `${finalPath}.part`;
}
export function originPathOf(finalPath: string): string {
  return `${finalPath}.part.json`;
}

/** Bytes of an unfinished download; 0 when there is none. */
export function partialByteSize(finalPath: string): number {
  return statSync(partPathOf(finalPath), { throwIfNoEntry: false })?.size ?? 0;
}

export interface PartialFile {
  readonly byteSize: number;
  readonly origin: Origin | null;
  /** True when the bytes did not come in one transfer just now: a wrong digest may then be a bad joint, not a bad file. */
  readonly isJoined: boolean;
  /** Call before appending the bytes of a new answer. `isAnew` forgets what was there. */
  begin(origin: Origin, isAnew: boolean): Promise<void>;
  append(block: Uint8Array): Promise<void>;
  reset(): Promise<void>;
  /** SHA-256 of all bytes so far. */
  digest(): string;
  /** Syncs, closes and renames to the final name. */
  finish(): Promise<void>;
  /** Closes and keeps the bytes for later. */
  close(): Promise<void>;
}

export async function openPartialFile(finalPath: string, signal: AbortSignal): Promise<PartialFile> {
  const partPath = partPathOf(finalPath);
  const originPath = originPathOf(finalPath);
  await mkdir(dirname(finalPath), { recursive: true });
  const file: FileHandle = await open(partPath, 'a+').then(async (handle) => {
    // Opened for appending only to create it when missing: positions are given below, so it is reopened for that.
    await handle.close();
    return open(partPath, 'r+');
  });
  let hash: Hash = createHash('sha256');
  let byteSize = 0;
  let isJoined = false;
  let origin: Origin | null = null;
  try {
    byteSize = await readBlocks(partPath, (block) => hash.update(block), { signal });
    const reading = readJsonFile(originPath, originSchema);
    if (byteSize > 0) {
      isJoined = true;
      origin = reading.kind === 'read' ? reading.value : null;
    }
  } catch (error) {
    await file.close();
    throw error;
  }

  const reset = async (): Promise<void> => {
    await file.truncate(0);
    hash = createHash('sha256');
    byteSize = 0;
    isJoined = false;
    origin = null;
  };

  return {
    get byteSize() {
      return byteSize;
    },
    get origin() {
      return origin;
    },
    get isJoined() {
      return isJoined;
    },
    async begin(newOrigin, isAnew) {
      if (isAnew) await reset();
      isJoined ||= byteSize > 0;
      origin = newOrigin;
      await writeJsonFile(originPath, newOrigin);
    },
    async append(block) {
      await writeFully(file, block, byteSize);
      hash.update(block);
      byteSize += block.byteLength;
    },
    reset,
    digest: () => hash.copy().digest('hex'),
    async finish() {
      await file.sync();
      await file.close();
      await rename(partPath, finalPath);
      await rm(originPath, { force: true });
      await syncFolder(dirname(finalPath));
    },
    close: () => file.close(),
  };
}

/** Forgets an unfinished download. */
export async function removePartialFile(finalPath: string): Promise<void> {
  await rm(partPathOf(finalPath), { force: true });
  await rm(originPathOf(finalPath), { force: true });
}
