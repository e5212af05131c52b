// A model file is loaded only when it is byte for byte the published one. Runs in the engine process.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ModelFile } from '#shared/contract/model-file.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

/** One file of a model: a graph, its weights, or a manifest. */
export type FileToVerify = Pick<ModelFile, 'modelId' | 'path' | 'sha256'>;
export type VerifyModelFile = (file: FileToVerify) => Promise<{ byteSize: number }>;

/**
 * A check that reads each file once per (path, size, modification time): hashing 377 MB takes about a second,
 * too long to repeat for every job, and a changed file has another time or size.
 * Errors: model.load-failed (missing, unreadable), model.wrong-digest (empty or altered).
 */
export function createModelVerifier(): VerifyModelFile {
  const digestOf = new Map<string, Promise<string>>();
  return async (file) => {
    const facts = await stat(file.path, { bigint: true }).catch((cause: unknown) => {
      throw new HeirloomError('model.load-failed', { name: file.modelId }, { cause });
    });
    const byteSize = Number(facts.size);
    if (byteSize === 0) throw wrongDigest(file);
    const key = `${file.path}\0${facts.size}\0${facts.mtimeNs}`;
    let digest = digestOf.get(key);
    if (digest === undefined) {
      digest = sha256OfFile(file.path);
      digestOf.set(key, digest);
      digest.catch(() => digestOf.delete(key));
    }
    const actual = await digest.catch((cause: unknown) => {
      throw new HeirloomError('model.load-failed', { name: file.modelId }, { cause });
    });
    if (actual !== file.sha256) throw wrongDigest(file, actual);
    return { byteSize };
  };
}

/** Lower-case hexadecimal SHA-256 of a file. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

function wrongDigest(file: FileToVerify, actual?: string): HeirloomError {
  const cause = actual === undefined ? 'the file is empty' : `sha256 ${actual}, expected ${file.sha256}`;
  return new HeirloomError('model.wrong-digest', { fileName: basename(file.path) }, { cause });
}
