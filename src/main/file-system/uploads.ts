// Files handed over by a browser window, kept in a staging folder until they are imported. Main process.
import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { type UploadId, uploadIdSchema } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { writeFully } from './file-digest.ts';
import { writeErrorOf } from './file-errors.ts';

export interface StagedFile {
  readonly path: string;
  readonly fileName: string;
}

export interface Uploads {
  /** Errors: output.disk-full, output.not-writable, and what `body` throws; nothing stays behind then. */
  stage(fileName: string, body: AsyncIterable<Uint8Array>): Promise<UploadId>;
  /** Errors: upload.not-found. */
  find(id: UploadId): StagedFile;
  forget(id: UploadId): Promise<void>;
}

export function createUploads(stagingFolder: string): Uploads {
  const staged = new Map<UploadId, StagedFile>();
  return {
    async stage(givenName, body) {
      const id = uploadIdSchema.parse(randomUUID());
      const fileName = plainFileName(givenName);
      // A folder of its own: the file keeps its name, which errors and the gallery show.
      const folder = path.join(stagingFolder, id);
      const filePath = path.join(folder, fileName);
      try {
        await mkdir(folder, { recursive: true });
        const file = await open(filePath, 'wx');
        try {
          for await (const block of body) await writeFully(file, block);
        } finally {
          await file.close();
        }
      } catch (error) {
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
        throw writeErrorOf(error, filePath);
      }
      staged.set(id, { path: filePath, fileName });
      return id;
    },
    find(id) {
      const file = staged.get(id);
      if (file === undefined) throw new HeirloomError('upload.not-found');
      return file;
    },
    async forget(id) {
      staged.delete(id);
      await rm(path.join(stagingFolder, id), { recursive: true, force: true });
    },
  };
}

const longestNameBytes = 200;

/** The last part of a name, without what any of the three systems forbids, short enough for every file system. */
export function plainFileName(givenName: string): string {
  const last = givenName.split(/[/\\]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here.
  const plain = last.replace(/[\u0000-\u001f<>:"|?*]/g, '_').replace(/[. ]+$/, '');
  const { name, ext } = path.parse(plain);
  let short = name;
  while (Buffer.byteLength(short + ext) > longestNameBytes && short.length > 1)
    short = [...short].slice(0, -1).join('');
  return short + ext || 'picture';
}
