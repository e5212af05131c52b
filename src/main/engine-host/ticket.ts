// A task on its way through the engine, and which one goes next. Pure; runs in main.
import { randomUUID } from 'node:crypto';
import { type EngineTask, engineOutputSchemas } from '#shared/contract/engine.ts';
import { type TaskWeight, weightOf } from '#shared/contract/task-weights.ts';
import type { ClipProgress } from '#shared/domain/clip.ts';
import { type JobId, jobIdSchema } from '#shared/domain/ids.ts';
import type { Step } from '#shared/domain/job.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { RunOptions } from './engine-port.ts';

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
  /** Told to wait before its next frame. */
  isHeld: boolean;
  /** Stopped for new settings: it begins again where it was, instead of ending. */
  isInterrupted: boolean;
  graceTimer: NodeJS.Timeout | null;
}

/** One that has not begun. */
export function newTicket(
  task: EngineTask,
  options: RunOptions,
  end: Pick<Ticket, 'resolve' | 'reject'>,
): Ticket {
  return {
    jobId: options.jobId ?? jobIdSchema.parse(randomUUID()),
    task,
    priority: options.priority ?? (weightOf(task) === 'light' ? 'interactive' : 'background'),
    onProgress: options.onProgress,
    onClip: options.onClip,
    ...end,
    crashes: 0,
    fraction: 0,
    isCancelled: false,
    isHeld: false,
    isInterrupted: false,
    graceTimer: null,
  };
}

/** Light, but minutes long: a stand-in of a film must not keep a header or a thumbnail waiting. */
const isLong = ({ kind }: EngineTask): boolean => kind === 'make-clip-stand-in';

/** More would only share the same cores. */
const lightAtOnce = 2;
const longAtOnce = 1;

/**
 * The waiting ticket to start now, or null. Tasks that saw an engine die first, then interactive ones, otherwise in
 * the order they came. One heavy task at a time, two light ones and a long one beside it; a patient one beside a heavy
 * one, which it then waits for. Two that saw an engine die never run beside each other: one of them was the cause, and
 * it must not take the other along again.
 */
export function nextTicket(waiting: readonly Ticket[], running: readonly Ticket[]): Ticket | null {
  const count = (weight: TaskWeight) => running.filter(({ task }) => weightOf(task) === weight).length;
  const longRunning = running.filter(({ task }) => isLong(task)).length;
  const isFree = (task: EngineTask): boolean => {
    if (isLong(task)) return longRunning < longAtOnce;
    const weight = weightOf(task);
    return weight === 'light' ? count('light') - longRunning < lightAtOnce : count(weight) === 0;
  };
  const isRetryFree = running.every(({ crashes }) => crashes === 0);
  const startable = waiting.filter(({ task, crashes }) => isFree(task) && (crashes === 0 || isRetryFree));
  const isQuick = ({ task }: Ticket) => weightOf(task) !== 'patient';
  return (
    startable.find((ticket) => ticket.crashes > 0 && isQuick(ticket)) ??
    startable.find(({ crashes }) => crashes > 0) ??
    startable.find(({ priority }) => priority === 'interactive') ??
    startable[0] ??
    null
  );
}

/** Whether a running ticket should wait now: a patient one, while a heavy one runs. */
export function mustWait({ task }: Ticket, running: readonly Ticket[]): boolean {
  return weightOf(task) === 'patient' && running.some((other) => weightOf(other.task) === 'heavy');
}

/** As one that has not begun; crashes and how far it was are remembered. */
export function afresh(ticket: Ticket): Ticket {
  return Object.assign(ticket, { isHeld: false, isInterrupted: false, graceTimer: null });
}

/** Ends a ticket with what the engine said, where it has the shape of this kind's output. */
export function resolveParsed(ticket: Ticket, output: unknown): void {
  const parsed = engineOutputSchemas[ticket.task.kind].safeParse(output);
  if (parsed.success) ticket.resolve(parsed.data);
  else ticket.reject(new HeirloomError('internal.unexpected', {}, { cause: parsed.error }));
}
