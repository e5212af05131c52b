// What a film is told by: a digest over its size and some of its bytes, because films of a hundred gigabytes exist and
// reading them whole takes as long as copying them. Main process, reads only.
import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Sha256, sha256Schema } from '#shared/domain/ids.ts';

const blockBytes = 1 << 20;
/** Spread evenly from the first byte to the last. Files up to this many blocks are read whole. */
const blockCount = 24;

export interface ClipIdentity {
  readonly digest: Sha256;
  readonly byteSize: number;
  readonly changedMs: number;
}

/** A folder of pictures is told by the names, sizes and times of what is in it. Errors: the file system's. */
export async function identityOf(clipPath: string): Promise<ClipIdentity> {
  const facts = await stat(clipPath);
  const hash = createHash('sha256');
  if (facts.isDirectory()) {
    let [byteSize, changedMs] = [0, 0];
    for (const name of (await readdir(clipPath)).toSorted()) {
      const entry = await stat(path.join(clipPath, name));
      if (!entry.isFile() || name.startsWith('.')) continue;
      byteSize += entry.size;
      changedMs = Math.max(changedMs, entry.mtimeMs);
      hash.update(`${name}\n${entry.size}\n${entry.mtimeMs}\n`);
    }
    return { digest: sha256Schema.parse(hash.digest('hex')), byteSize, changedMs };
  }
  hash.update(`${facts.size}\n`);
  const file = await open(clipPath, 'r');
  try {
    const buffer = Buffer.allocUnsafe(blockBytes);
    for (const position of blockPositions(facts.size)) {
      const { bytesRead } = await file.read(buffer, 0, blockBytes, position);
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
  return {
    digest: sha256Schema.parse(hash.digest('hex')),
    byteSize: facts.size,
    changedMs: facts.mtimeMs,
  };
}

/** Where the blocks begin that are read of a file of this size. */
export function blockPositions(byteSize: number): number[] {
  if (byteSize <= blockCount * blockBytes) {
    return Array.from({ length: Math.ceil(byteSize / blockBytes) }, (_, index) => index * blockBytes);
  }
  const last = byteSize - blockBytes;
  return Array.from({ length: blockCount }, (_, index) => Math.floor((last * index) / (blockCount - 1)));
}
