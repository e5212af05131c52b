// What main's services see of the engine. The process behind it may crash and come back.
import type {
  DeviceReport,
  EngineOutput,
  EngineSettings,
  EngineStatus,
  EngineTask,
  TaskOf,
} from '#shared/contract/engine.ts';
import type { ClipProgress } from '#shared/domain/clip.ts';
import type { JobId } from '#shared/domain/ids.ts';
import type { Step } from '#shared/domain/job.ts';

export interface RunOptions {
  /** Defaults to a fresh id. */
  jobId?: JobId;
  /** Abort cancels between steps; after the grace time the engine is killed and restarted. Rejects with JobCancelled, unless the task had finished already. */
  signal?: AbortSignal;
  onProgress?: (step: Step, fraction: number) => void;
  /** Clips only: frames, pace and time left. */
  onClip?: (progress: ClipProgress) => void;
  /** `interactive` tasks (previews, header reads) go before queued renders. */
  priority?: 'interactive' | 'background';
}

export interface EnginePort {
  /** Runs one task. A crash restarts the engine and retries once, then rejects with engine.crashed. Output is parsed. */
  run<T extends EngineTask>(task: T, options?: RunOptions): Promise<EngineOutput<T['kind']>>;
  status(): EngineStatus;
  onStatus(listener: (status: EngineStatus) => void): () => void;
  onDeviceFellBack(listener: (device: DeviceReport) => void): () => void;
  /** New settings apply from a fresh engine once running tasks have ended. */
  changeSettings(settings: EngineSettings): void;
  close(): Promise<void>;
}
export type { TaskOf };
