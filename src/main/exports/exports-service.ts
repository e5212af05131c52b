// Exports: the current restoration of a photo as a file of a person's own. Restores first when it must. Main process.
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { exportSettingsSchema } from '#shared/domain/export.ts';
import type { Job } from '#shared/domain/job.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { ParsedInput } from '../dispatch.ts';
import type { EnginePort } from '../engine-host/engine-port.ts';
import type { Emit } from '../event-bus.ts';
import { writeErrorOf } from '../file-system/file-errors.ts';
import type { JobOutcome, JobWork } from '../jobs/job-handler.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { PhotosService } from '../photos/photos-service.ts';
import type { ProjectDocument } from '../projects/open-project-document.ts';
import { type ResultsService, renderSchema } from '../results/results-service.ts';
import { type ChosenOutput, chooseOutputPath, restoredFileName } from './choose-output-path.ts';
import { restorationRecordOf } from './restoration-record.ts';

export const exportInputSchema = z.object({
  render: renderSchema,
  settings: exportSettingsSchema,
  destination: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('path'), path: z.string().min(1), overwrite: z.boolean() }),
    z.object({ kind: z.literal('download') }),
  ]),
});
type ExportInput = z.infer<typeof exportInputSchema>;

export interface ExportsService {
  /** Errors: photo.not-found, model.*, output.exists, output.is-input, output.not-writable, command.not-available-here. */
  start(request: ParsedInput<'exports.start'>): Promise<Job>;
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

  async function outputOf(
    { destination, render, settings }: ExportInput,
    work: JobWork,
  ): Promise<ChosenOutput> {
    const { photo } = photos.get(render.photoId);
    if (destination.kind === 'path') return chooseOutputPath(destination, photo, settings.format, ownFolders);
    const folder = path.join(options.downloadsFolder, work.jobId);
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      throw writeErrorOf(error, folder);
    }
    // A folder per job: the name is the photo's own, and a retry replaces what it wrote before.
    return {
      path: path.join(folder, restoredFileName(photo, settings.format)),
      overwrite: true,
      mayNumber: false,
    };
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

/** Keeps a closing separator: it says "folder". */
function absolutePath(givenPath: string): string {
  const resolved = path.resolve(givenPath);
  return /[/\\]$/.test(givenPath) && !resolved.endsWith(path.sep) ? resolved + path.sep : resolved;
}
