// Takes planned files one after the other through the engine. One bad file never stops the rest. What is done with
// each page of a file is the command's: it gives the task.
import { statSync } from 'node:fs';
import { extname } from 'node:path';
import type { EncodeTarget } from '#shared/contract/engine.ts';
import { type ExportFormat, exportFormatSchema } from '#shared/domain/export.ts';
import type { Step } from '#shared/domain/job.ts';
import type { PhotoFacts, PhotoFormat } from '#shared/domain/photo.ts';
import { JobCancelled, toWire } from '#shared/errors/heirloom-error.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import type { EnginePort } from '../main/engine-host/engine-port.ts';
import { estimateEta, type ProgressSample } from '../main/engine-host/estimate-eta.ts';
import type { ErrorMessages } from './choose-language.ts';
import type { FileOptions } from './file-options.ts';
import type { PlannedFile } from './plan-restore.ts';
import type { RestoreReporter } from './restore-events.ts';

export interface RestoreTally {
  restored: number;
  skipped: number;
  failed: number;
  cancelled: boolean;
}

/** What the engine answers for a page, as far as it is reported. */
export interface PageOutcome {
  readonly path: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly faceCount: number;
  readonly mosaicCount?: number;
  readonly holePixelsLeft?: number;
}

export interface PageToDo {
  readonly inputPath: string;
  readonly facts: PhotoFacts;
  readonly pageIndex: number;
  readonly target: EncodeTarget;
}

export interface FilesWork {
  readonly files: readonly PlannedFile[];
  readonly options: FileOptions;
  readonly engine: EnginePort;
  readonly reporter: RestoreReporter;
  readonly errorMessages: ErrorMessages;
  readonly signal: AbortSignal;
  runPage(
    page: PageToDo,
    how: { signal: AbortSignal; onProgress: (step: Step, fraction: number) => void },
  ): Promise<PageOutcome>;
}

const endings: Record<ExportFormat, string> = {
  jpeg: '.jpg',
  png: '.png',
  tiff: '.tif',
  webp: '.webp',
  avif: '.avif',
};

export async function runFiles(work: FilesWork): Promise<RestoreTally> {
  const tally: RestoreTally = { restored: 0, skipped: 0, failed: 0, cancelled: false };
  const samples: ProgressSample[] = [{ atMs: performance.now(), fraction: 0 }];
  for (const [index, file] of work.files.entries()) {
    if (work.signal.aborted) {
      tally.cancelled = true;
      break;
    }
    work.reporter.report({ event: 'file-started', input: file.inputPath, index });
    try {
      await runOneFile(work, file, tally, (step, fraction) => {
        const totalFraction = (index + fraction) / work.files.length;
        samples.push({ atMs: performance.now(), fraction: totalFraction });
        work.reporter.report({
          event: 'progress',
          input: file.inputPath,
          step,
          fraction,
          totalFraction,
          etaSeconds: estimateEta(samples),
        });
      });
    } catch (error) {
      if (error instanceof JobCancelled) {
        tally.cancelled = true;
        break;
      }
      tally.failed++;
      const wire = toWire(error);
      const words = work.errorMessages[wire.code];
      work.reporter.report({
        event: 'file-failed',
        input: file.inputPath,
        error: wire,
        sentence: interpolate(words.sentence, wire.params),
        next: interpolate(words.next, wire.params),
      });
    }
  }
  return tally;
}

type OnProgress = (step: Step, fraction: number) => void;

async function runOneFile(
  work: FilesWork,
  file: PlannedFile,
  tally: RestoreTally,
  onProgress: OnProgress,
): Promise<void> {
  const { engine, options, reporter, signal } = work;
  const facts = await engine.run({ kind: 'inspect-photo', path: file.inputPath }, { signal });
  for (let pageIndex = 0; pageIndex < facts.pageCount; pageIndex++) {
    const output = outputPathOf(file, facts, pageIndex, options);
    if (options.resume && isFinished(output.path, file.inputPath)) {
      tally.skipped++;
      reporter.report({ event: 'file-skipped', input: file.inputPath, output: output.path });
      continue;
    }
    const startedAt = performance.now();
    const { path, ...outcome } = await work.runPage(
      { inputPath: file.inputPath, facts, pageIndex, target: targetOf(output, options) },
      { signal, onProgress: (step, fraction) => onProgress(step, (pageIndex + fraction) / facts.pageCount) },
    );
    tally.restored++;
    reporter.report({
      event: 'file-restored',
      input: file.inputPath,
      output: path,
      ...outcome,
      elapsedMs: Math.round(performance.now() - startedAt),
    });
  }
}

function targetOf(output: { path: string; format: ExportFormat }, options: FileOptions): EncodeTarget {
  return {
    path: output.path,
    overwrite: options.overwrite || options.resume,
    settings: {
      format: output.format,
      quality: options.quality,
      bitDepth: 'same',
      metadata: options.metadata,
      restorationRecord: options.restorationRecord,
    },
  };
}

function outputPathOf(
  file: PlannedFile,
  facts: PhotoFacts,
  pageIndex: number,
  options: FileOptions,
): { path: string; format: ExportFormat } {
  const format = options.format === 'same' ? formatOf(file, facts.format) : options.format;
  const page = facts.pageCount > 1 ? `-page-${pageIndex + 1}` : '';
  if (file.exactOutput !== null && page === '') return { path: file.exactOutput, format };
  return { path: `${file.outputStem}${page}${endings[format]}`, format };
}

/** A named output file decides by its ending; otherwise the photo's own format, or PNG where that cannot be written. */
function formatOf(file: PlannedFile, original: PhotoFormat): ExportFormat {
  if (file.exactOutput !== null) {
    const ending = extname(file.exactOutput).toLowerCase();
    if (ending === '.jpg' || ending === '.jpeg') return 'jpeg';
    if (ending === '.tif' || ending === '.tiff') return 'tiff';
    return exportFormatSchema.parse(ending.slice(1));
  }
  const same = exportFormatSchema.safeParse(original);
  return same.success ? same.data : 'png';
}

/** Results appear only when whole, so a result that is not older than its photo is finished. */
function isFinished(outputPath: string, inputPath: string): boolean {
  const output = statSync(outputPath, { throwIfNoEntry: false });
  return output !== undefined && output.size > 0 && output.mtimeMs >= statSync(inputPath).mtimeMs;
}
