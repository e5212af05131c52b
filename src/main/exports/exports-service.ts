// Exports: the current restoration of a photo as a file of a person's own. Restores first when it must. Main process.
import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { CommandOutput } from '#shared/contract/commands.ts';
import { exportSettingsSchema } from '#shared/domain/export.ts';
import { exportName } from '#shared/domain/export-name.ts';
import { type Sha256, sha256Schema } from '#shared/domain/ids.ts';
import type { Job } from '#shared/domain/job.ts';
import type { Recipe } from '#shared/domain/recipe.ts';
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';
import type { ParsedInput } from '../dispatch.ts';
import type { EnginePort } from '../engine-host/engine-port.ts';
import type { Emit } from '../event-bus.ts';
import { sha256OfFile } from '../file-system/file-digest.ts';
import { writeErrorOf } from '../file-system/file-errors.ts';
import type { JobOutcome, JobWork } from '../jobs/job-handler.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { PhotosService } from '../photos/photos-service.ts';
import type { ProjectDocument } from '../projects/open-project-document.ts';
import { type ResultsService, renderSchema } from '../results/results-service.ts';
import {
  type ChosenOutput,
  chooseOutputPath,
  numbered,
  pathInFolder,
  restoredFileName,
} from './choose-output-path.ts';
import { restorationRecordOf } from './restoration-record.ts';

export const exportInputSchema = z.object({
  render: renderSchema,
  settings: exportSettingsSchema,
  destination: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('path'),
      path: z.string().min(1),
      overwrite: z.boolean(),
      /** A name that is taken by the time the job runs gets a number. */
      mayNumber: z.boolean().optional(),
    }),
    z.object({ kind: z.literal('download'), fileName: z.string().min(1).optional() }),
  ]),
});
type ExportInput = z.infer<typeof exportInputSchema>;

export interface ExportsService {
  /** Errors: photo.not-found, model.*, output.exists, output.is-input, output.not-writable, command.not-available-here. */
  start(request: ParsedInput<'exports.start'>): Promise<Job>;
  /** One that cannot be queued is a line of the answer. Errors: output.not-writable, command.not-available-here. */
  startMany(request: ParsedInput<'exports.start-many'>): Promise<CommandOutput<'exports.start-many'>>;
  run(input: ExportInput, work: JobWork): Promise<JobOutcome>;
}

export interface ExportsOptions {
  readonly document: ProjectDocument;
  readonly photos: PhotosService;
  readonly results: ResultsService;
  readonly jobs: () => JobQueue;
  readonly engine: EnginePort;
  readonly emit: Emit;
  /** Where a download lies until the host stops. */
  readonly downloadsFolder: string;
  readonly offerDownload: ((file: { path: string; fileName: string }) => string) | null;
  /** Bytes of all originals: only files of these sizes are looked at more closely before they are replaced. */
  readonly originalSizes: () => ReadonlySet<number>;
  readonly isOriginal: (digest: Sha256) => boolean;
  /** Such as "Heirloom 0.1.0": goes into the restoration record. */
  readonly software: string;
}

/** Share of the progress that a missing restoration takes; writing the file is the rest. */
const restoringShare = 0.9;
/** Another program may take the chosen name between choosing and writing. */
const namingAttempts = 5;

export function createExportsService(options: ExportsOptions): ExportsService {
  const { document, photos, results, jobs, engine, emit } = options;
  const ownFolders = [document.originalsFolder, document.resultsFolder, document.previewsFolder];

  async function write(
    input: ExportInput,
    resultPath: string,
    record: ReturnType<typeof restorationRecordOf> | null,
    work: JobWork,
  ): Promise<string> {
    const stored = photos.get(input.render.photoId);
    for (let attempt = 1; ; attempt += 1) {
      const output = await outputOf(input, work);
      try {
        const written = await engine.run(
          {
            kind: 'export-photo',
            originalPath: photos.originalPathOf(stored),
            pageIndex: stored.photo.pageIndex,
            resultPath,
            record,
            target: { path: output.path, settings: input.settings, overwrite: output.overwrite },
          },
          {
            signal: work.signal,
            onProgress: (step, fraction) =>
              work.onProgress(step, restoringShare + fraction * (1 - restoringShare)),
          },
        );
        return written.path;
      } catch (error) {
        const isTaken = error instanceof HeirloomError && error.code === 'output.exists';
        if (!isTaken || !output.mayNumber || attempt >= namingAttempts) throw error;
      }
    }
  }

  /** A copy of it lies in the project; the file a person brought it from may be the one they hold dear. */
  async function assertNoOriginal(filePath: string): Promise<void> {
    const facts = await stat(filePath).catch(() => null);
    if (facts === null || !facts.isFile() || !options.originalSizes().has(facts.size)) return;
    const digest = sha256Schema.parse(await sha256OfFile(filePath));
    if (options.isOriginal(digest)) throw new HeirloomError('output.is-input', { path: filePath });
  }

  async function outputOf(
    { destination, render, settings }: ExportInput,
    work: JobWork,
  ): Promise<ChosenOutput> {
    const { photo } = photos.get(render.photoId);
    if (destination.kind === 'path') {
      const isTaken = destination.mayNumber === true && !destination.overwrite;
      const wanted = isTaken ? { ...destination, path: numbered(destination.path) } : destination;
      // One of many: the folder may have been named before it was there.
      if (destination.mayNumber !== undefined)
        await mkdir(path.dirname(wanted.path), { recursive: true }).catch((error: unknown) => {
          throw writeErrorOf(error, wanted.path);
        });
      if (wanted.overwrite) await assertNoOriginal(wanted.path);
      const chosen = chooseOutputPath(wanted, photo, settings.format, ownFolders);
      return { ...chosen, mayNumber: chosen.mayNumber || isTaken };
    }
    const folder = path.join(options.downloadsFolder, work.jobId);
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      throw writeErrorOf(error, folder);
    }
    // A folder per job: the name is the photo's own, and a retry replaces what it wrote before.
    return {
      path: path.join(folder, destination.fileName ?? restoredFileName(photo, settings.format)),
      overwrite: true,
      mayNumber: false,
    };
  }

  /** Where one of many goes; null: it is there and stays as it is. No two of a batch get one name. */
  function targetOf(
    name: string,
    format: ExportInput['settings']['format'],
    destination: ParsedInput<'exports.start-many'>['destination'],
    promised: Set<string>,
  ): ExportInput['destination'] | null {
    const folder = destination.kind === 'folder' ? destination.path : options.downloadsFolder;
    const wanted = pathInFolder(folder, name, format, ownFolders);
    const isPromised = (filePath: string) => promised.has(filePath.toLowerCase());
    if (
      destination.kind === 'folder' &&
      destination.existing === 'skip' &&
      existsSync(wanted) &&
      !isPromised(wanted)
    )
      return null;
    const replaces = destination.kind === 'folder' && destination.existing === 'replace';
    const filePath = numbered(
      wanted,
      (candidate) =>
        isPromised(candidate) || (destination.kind === 'folder' && !replaces && existsSync(candidate)),
    );
    promised.add(filePath.toLowerCase());
    return destination.kind === 'folder'
      ? { kind: 'path', path: filePath, overwrite: replaces, mayNumber: !replaces }
      : { kind: 'download', fileName: path.basename(filePath) };
  }

  return {
    async start({ photoId, settings, destination }) {
      const { photo } = photos.get(photoId);
      // Asked now so that a person hears of a bad destination at once, and again when the job runs.
      if (destination.kind === 'path') chooseOutputPath(destination, photo, settings.format, ownFolders);
      else if (options.offerDownload === null) throw new HeirloomError('command.not-available-here');
      const absolute =
        destination.kind === 'path' ? { ...destination, path: absolutePath(destination.path) } : destination;
      const render = await results.currentRender(photoId);
      const input: ExportInput = { render, settings, destination: absolute };
      return jobs().add('export-photo', photoId, input);
    },
    async startMany({ photoIds, settings, namePattern, destination }) {
      if (destination.kind === 'download' && options.offerDownload === null)
        throw new HeirloomError('command.not-available-here');
      const report: CommandOutput<'exports.start-many'> = { queued: 0, skipped: 0, failed: [] };
      const chosen = [...new Set(photoIds)];
      const promised = new Set<string>();
      for (const [index, photoId] of chosen.entries()) {
        let fileName = '';
        try {
          const { photo } = photos.get(photoId);
          fileName = photo.fileName;
          const render = await results.currentRender(photoId);
          const name = exportName(namePattern, {
            name: path.parse(photo.fileName).name,
            number: index + 1,
            count: chosen.length,
            takenAt: photo.takenAt,
            model: usualModelOf(render.recipe),
            scale: render.recipe.scale,
            page: photo.pageCount > 1 ? photo.pageIndex + 1 : null,
          });
          const target = targetOf(name, settings.format, destination, promised);
          if (target === null) report.skipped += 1;
          else {
            jobs().add('export-photo', photoId, { render, settings, destination: target });
            report.queued += 1;
          }
        } catch (error) {
          report.failed.push({ photoId, fileName, error: toWire(error) });
        }
      }
      return report;
    },
    async run(input, work) {
      const result = await results.make(input.render, {
        signal: work.signal,
        onProgress: (step, fraction) => work.onProgress(step, fraction * restoringShare),
      });
      const { path: resultPath } = await results.get(result.id);
      const { photo } = photos.get(input.render.photoId);
      const record = input.settings.restorationRecord
        ? restorationRecordOf(result, photo.sha256, options.software)
        : null;
      const writtenPath = await write(input, resultPath, record, work);
      if (input.destination.kind === 'path') return { resultId: result.id, outputPath: writtenPath };
      if (options.offerDownload === null) throw new HeirloomError('command.not-available-here');
      const fileName = path.basename(writtenPath);
      const address = options.offerDownload({ path: writtenPath, fileName });
      emit({ type: 'export.offered', jobId: work.jobId, address, fileName });
      return { resultId: result.id };
    },
  };
}

/** Of the model most faces were restored with. */
function usualModelOf({ faces }: Recipe): string | null {
  const counts = new Map<string, number>();
  for (const { restorer } of faces) counts.set(restorer.modelId, (counts.get(restorer.modelId) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** Keeps a closing separator: it says "folder". */
function absolutePath(givenPath: string): string {
  const resolved = path.resolve(givenPath);
  return /[/\\]$/.test(givenPath) && !resolved.endsWith(path.sep) ? resolved + path.sep : resolved;
}
