// What every pipeline is given besides its input: models, a way out, and a way to say how far it is.
import type { ClipProgress } from '#shared/domain/clip.ts';
import type { Step } from '#shared/domain/job.ts';
import type { ModelLoader } from '../onnx/loaded-model.ts';

export interface JobContext {
  readonly models: ModelLoader;
  /** Looked at between steps, faces and tiles: a running network cannot be stopped. */
  readonly signal: AbortSignal;
  /** `fraction` of the whole job, 0..1. The sender throttles and keeps it from falling. */
  progress(step: Step, fraction: number): void;
  /** Of clips only, beside `progress`; the caller sends at most ten a second. */
  clip?(progress: ClipProgress): void;
  /** For patient tasks, between two frames: null to go on at once, or a promise to wait for. Never rejects. */
  turn?(): Promise<void> | null;
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string): void;
}
