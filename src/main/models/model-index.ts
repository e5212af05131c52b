// index.json of a models folder: which files were verified (so that start is quick) and which licences were accepted.
// A memory, not an authority: losing it only costs verifying again and asking again.
import { join } from 'node:path';
import { z } from 'zod';
import type { ModelId } from '#shared/domain/ids.ts';
import { modelIdSchema, sha256Schema } from '#shared/domain/ids.ts';
import { readJsonFile, writeJsonFile } from '../file-system/json-file.ts';

/** What tells a file that was verified from one that was changed since. */
export const fileStampSchema = z.object({ byteSize: z.number(), modifiedMs: z.number(), inode: z.number() });
export type FileStamp = z.infer<typeof fileStampSchema>;

const verifiedFileSchema = fileStampSchema.extend({
  modelId: modelIdSchema,
  path: z.string(),
  /** Of the bytes, as computed; compared with the catalogue, which may name another one after an update. */
  sha256: sha256Schema,
});
const indexSchema = z.object({
  schema: z.literal('heirloom-models-index/1'),
  verified: z.array(verifiedFileSchema),
  acceptedLicences: z.array(z.string()),
});
type IndexContent = z.infer<typeof indexSchema>;

export const indexFileName = 'index.json';

export interface ModelIndex {
  /** Digest computed when the file had exactly this stamp; null when it was never verified or changed since. */
  digestOf(path: string, stamp: FileStamp): string | null;
  rememberDigest(modelId: ModelId, path: string, stamp: FileStamp, sha256: string): void;
  hasAccepted(licenceName: string): boolean;
  rememberAcceptance(licenceName: string): void;
  acceptedLicences(): readonly string[];
  /** Resolves when everything remembered is on disk, or could not be put there (told to `log`). */
  flush(): Promise<void>;
}

/** Opens the index of a models folder; an unusable one is told to `log` and begun anew. */
export function openModelIndex(folder: string, log: (message: string) => void): ModelIndex {
  const path = join(folder, indexFileName);
  const read = (): IndexContent => {
    const reading = readJsonFile(path, indexSchema);
    if (reading.kind === 'read') return reading.value;
    if (reading.kind === 'unusable') log(`models index ${path} is begun anew: ${reading.reason}`);
    return { schema: 'heirloom-models-index/1', verified: [], acceptedLicences: [] };
  };
  const content = read();
  let writing = Promise.resolve();
  let isWriteQueued = false;

  // Another process may have written meanwhile: its files and acceptances are kept.
  const write = async (): Promise<void> => {
    isWriteQueued = false;
    const onDisk = read();
    const ours = new Set(content.verified.map((file) => file.path));
    content.verified.push(...onDisk.verified.filter((file) => !ours.has(file.path)));
    content.acceptedLicences = [...new Set([...content.acceptedLicences, ...onDisk.acceptedLicences])];
    try {
      await writeJsonFile(path, content);
    } catch (error) {
      log(`models index ${path} was not written: ${String(error)}`);
    }
  };
  const save = (): void => {
    if (isWriteQueued) return;
    isWriteQueued = true;
    writing = writing.then(write);
  };

  return {
    digestOf(filePath, stamp) {
      const known = content.verified.find((file) => file.path === filePath);
      return known !== undefined && isSameStamp(known, stamp) ? known.sha256 : null;
    },
    rememberDigest(modelId, filePath, stamp, sha256) {
      content.verified = content.verified.filter((file) => file.path !== filePath);
      content.verified.push({ modelId, path: filePath, ...stamp, sha256: sha256Schema.parse(sha256) });
      save();
    },
    hasAccepted: (licenceName) => content.acceptedLicences.includes(licenceName),
    rememberAcceptance(licenceName) {
      content.acceptedLicences.push(licenceName);
      save();
    },
    acceptedLicences: () => content.acceptedLicences,
    flush: () => writing,
  };
}

function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.byteSize === b.byteSize && a.modifiedMs === b.modifiedMs && a.inode === b.inode;
}
