// Copies a restored clip to a place of a person's own, or offers it to the browser window. Main process.
import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type ClipId, clipIdSchema, sha256Schema } from '#shared/domain/ids.ts';
import type { Job } from '#shared/domain/job.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { ParsedInput } from '../dispatch.ts';
import type { Emit } from '../event-bus.ts';
import { copyWithDigest } from '../file-system/file-digest.ts';
import { writeErrorOf } from '../file-system/file-errors.ts';
import { syncFolder } from '../file-system/write-atomically.ts';
import type { JobOutcome, JobWork } from '../jobs/job-handler.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { ProjectDocument } from '../projects/open-project-document.ts';
import { fileInProject } from '../projects/project-folder.ts';
import type { ClipsService } from './clips-service.ts';
import type { ClipsStore } from './clips-store.ts';

export const clipExportSchema = z.object({
  clipId: clipIdSchema,
  key: sha256Schema,
  destination: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('path'), path: z.string().min(1), overwrite: z.boolean() }),
    z.object({ kind: z.literal('download') }),
  ]),
});
export type ClipExport = z.infer<typeof clipExportSchema>;

export interface ClipExportsService {
  /** Errors: clip.not-found, clip.no-result, output.exists, output.is-input, command.not-available-here. */
  start(request: ParsedInput<'clips.export'>): Job;
  run(input: ClipExport, work: JobWork): Promise<JobOutcome>;
}

export interface ClipExportsOptions {
  readonly document: ProjectDocument;
  readonly clips: ClipsService;
  readonly store: ClipsStore;
  readonly jobs: () => JobQueue;
  readonly emit: Emit;
  readonly offerDownload: ((file: { path: string; fileName: string }) => string) | null;
}

export function createClipExports(options: ClipExportsOptions): ClipExportsService {
  const { document, clips, store, jobs, emit } = options;

  /** A folder is completed by the result's own name; without leave to overwrite, a taken name gets a number. */
  function targetOf(id: ClipId, given: { path: string; overwrite: boolean }, fileName: string): string {
    const isFolder = /[/\\]$/.test(given.path) || isExistingFolder(given.path);
    const wanted = path.resolve(isFolder ? path.join(given.path, fileName) : given.path);
    const stored = clips.get(id);
    const own = [document.originalsFolder, document.resultsFolder, document.previewsFolder];
    const isOwn = own.some((folder) => wanted.startsWith(folder + path.sep));
    const isSource = stored.place.kind === 'outside' && path.resolve(stored.place.path) === wanted;
    if (isOwn || isSource) throw new HeirloomError('output.is-input', { path: wanted });
    if (given.overwrite || !existsSync(wanted)) return wanted;
    if (!isFolder) throw new HeirloomError('output.exists', { path: wanted });
    const { dir, name, ext } = path.parse(wanted);
    for (let number = 2; ; number += 1) {
      const numbered = path.join(dir, `${name} (${number})${ext}`);
      if (!existsSync(numbered)) return numbered;
    }
  }

  async function copy(source: string, target: string, overwrite: boolean, work: JobWork): Promise<void> {
    const part = path.join(path.dirname(target), `.heirloom-${randomUUID().slice(0, 8)}.part`);
    try {
      await mkdir(path.dirname(target), { recursive: true });
      const facts = await stat(source);
      if (facts.isDirectory()) await cp(source, part, { recursive: true, errorOnExist: true });
      else
        await copyWithDigest(source, part, {
          signal: work.signal,
          onBytes: (bytes) => work.onProgress('encoding', Math.min(0.99, bytes / Math.max(1, facts.size))),
        });
      await claim(target, overwrite, facts.isDirectory());
      await rename(part, target);
      await syncFolder(path.dirname(target));
    } catch (error) {
      await rm(part, { recursive: true, force: true }).catch(() => undefined);
      throw writeErrorOf(error, target);
    }
  }

  return {
    start({ clipId, destination }) {
      const stored = clips.get(clipId);
      const newest = clips.newestResult(clipId);
      if (newest === null) throw new HeirloomError('clip.no-result', { fileName: stored.fileName });
      const { key, fileName } = newest.result;
      if (destination.kind === 'path') targetOf(clipId, destination, restoredName(fileName));
      else if (options.offerDownload === null) throw new HeirloomError('command.not-available-here');
      return jobs().add('export-clip', clipId, { clipId, key, destination });
    },
    async run(input, work) {
      const stored = store.findResult(input.key);
      const source = stored === null ? null : fileInProject(document, stored.file);
      if (stored === null || source === null || !existsSync(source))
        throw new HeirloomError('clip.no-result', { fileName: clips.get(input.clipId).fileName });
      const fileName = restoredName(stored.result.fileName);
      if (input.destination.kind === 'path') {
        const target = targetOf(input.clipId, input.destination, fileName);
        await copy(source, target, input.destination.overwrite, work);
        return { outputPath: target };
      }
      if (options.offerDownload === null || (await stat(source)).isDirectory())
        throw new HeirloomError('command.not-available-here');
      // The result itself is offered: films are large, and the window only reads.
      const address = options.offerDownload({ path: source, fileName });
      emit({ type: 'export.offered', jobId: work.jobId, address, fileName });
      return {};
    },
  };
}

/** "wedding.mp4" becomes "wedding restored.mp4": it may lie beside its original. */
export function restoredName(fileName: string): string {
  const { name, ext } = path.parse(fileName);
  return `${name} restored${ext}`;
}

/** Takes the name so that nobody else's file is replaced by the rename that follows. */
async function claim(target: string, overwrite: boolean, isFolder: boolean): Promise<void> {
  if (overwrite) {
    if (isFolder) await rm(target, { recursive: true, force: true });
    return;
  }
  if (isFolder) {
    if (existsSync(target)) throw new HeirloomError('output.exists', { path: target });
    return;
  }
  try {
    await (await open(target, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new HeirloomError('output.exists', { path: target }, { cause: error });
    throw error;
  }
}

function isExistingFolder(givenPath: string): boolean {
  return statSync(givenPath, { throwIfNoEntry: false })?.isDirectory() === true;
}
