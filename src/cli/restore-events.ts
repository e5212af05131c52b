// What happens during `heirloom restore`, as values: printed as JSON lines with --json, in words otherwise.
import type { Step } from '#shared/domain/job.ts';
import type { ErrorWire } from '#shared/errors/wire.ts';

export type RestoreEvent =
  | { event: 'started'; fileCount: number; restorer: string; detector: string; upscaler: string | null }
  | { event: 'file-started'; input: string; index: number }
  | {
      event: 'progress';
      input: string;
      step: Step;
      /** Of this file, and of all files together; 0 to 1. */
      fraction: number;
      totalFraction: number;
      etaSeconds: number | null;
    }
  | {
      event: 'file-restored';
      input: string;
      output: string;
      faceCount: number;
      /** Pixelated regions; absent when there are none. */
      mosaicCount?: number;
      /** White pixels outside every face, left as they were; absent when there are none. */
      holePixelsLeft?: number;
      widthPx: number;
      heightPx: number;
      elapsedMs: number;
    }
  | { event: 'file-skipped'; input: string; output: string }
  | { event: 'file-failed'; input: string; error: ErrorWire; sentence: string; next: string }
  | { event: 'device-fell-back'; wanted: string; reason: string | null }
  | {
      event: 'finished';
      restored: number;
      skipped: number;
      failed: number;
      cancelled: boolean;
      elapsedMs: number;
    };

export interface RestoreReporter {
  report(event: RestoreEvent): void;
}
