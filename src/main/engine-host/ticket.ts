// A task on its way through the engine, and which one goes next. Pure; runs in main.
import type { EngineTask } from '#shared/contract/engine.ts';
import type { ClipProgress } from '#shared/domain/clip.ts';
import type { JobId } from '#shared/domain/ids.ts';
import type { Step } from '#shared/domain/job.ts';

export interface Ticket {
  readonly jobId: JobId;
  readonly task: EngineTask;
  readonly priority: 'interactive' | 'background';
  readonly onProgress: ((step: Step, fraction: number) => void) | undefined;
  readonly onClip?: ((progress: ClipProgress) => void) | undefined;
  resolve(output: unknown): void;
  reject(error: Error): void;
  /** Engines that died under it. */
  crashes: number;
  /** Highest fraction said so far: a second attempt starts anew, what is shown does not fall. */
  fraction: number;
  isCancelled: boolean;
  graceTimer: NodeJS.Timeout | null;
}

/** A header read or a preview: needs no network, runs beside a heavy task. */
export function isLight({ kind }: EngineTask): boolean {
  return lightKinds.has(kind);
}

const lightKinds: ReadonlySet<EngineTask['kind']> = new Set([
  'inspect-photo',
  'make-preview',
  'make-tiles',
  'probe-video',
  'make-clip-picture',
  'make-clip-stand-in',
  'list-clip-encoders',
] as const);

/** Light, but minutes long: a stand-in of a film must not keep a header or a thumbnail waiting. */
const isLong = ({ kind }: EngineTask): boolean => kind === 'make-clip-stand-in';

/** More would only share the same cores. */
const lightAtOnce = 2;
const longAtOnce = 1;

/**
 * The waiting ticket to start now, or null. Tasks that saw an engine die first, then interactive ones, otherwise in
 * the order they came; one heavy task at a time, two light ones and a long one beside it. Two that saw an engine die never run beside each other: one of them
 * was the cause, and it must not take the other along again.
 */
export function nextTicket(waiting: readonly Ticket[], running: readonly Ticket[]): Ticket | null {
  const lightRunning = running.filter(({ task }) => isLight(task)).length;
  const longRunning = running.filter(({ task }) => isLong(task)).length;
  const isFree = (task: EngineTask): boolean => {
    if (isLong(task)) return longRunning < longAtOnce;
    return isLight(task) ? lightRunning - longRunning < lightAtOnce : running.length === lightRunning;
  };
  const isRetryFree = running.every(({ crashes }) => crashes === 0);
  const startable = waiting.filter(({ task, crashes }) => isFree(task) && (crashes === 0 || isRetryFree));
  return (
    startable.find(({ crashes }) => crashes > 0) ??
    startable.find(({ priority }) => priority === 'interactive') ??
    startable[0] ??
    null
  );
}
