// Keeps an engine process for those who need pixels: starts it with the first task, queues, cancels, starts it
// again after a crash. Runs in main; knows neither pixels nor what tasks mean.
import type {
  DeviceReport,
  EngineOutput,
  EngineSettings,
  EngineStatus,
  EngineTask,
  FromEngine,
} from '#shared/contract/engine.ts';
import { weightOf } from '#shared/contract/task-weights.ts';
import type { ClipProgress } from '#shared/domain/clip.ts';
import { type JobId, jobIdSchema } from '#shared/domain/ids.ts';
import type { Step } from '#shared/domain/job.ts';
import { fromWire, HeirloomError, JobCancelled } from '#shared/errors/heirloom-error.ts';
import type { SpawnEngine } from '../studio.ts';
import { type EngineLife, type EngineLog, type LifeEnd, providerOf, startEngineLife } from './engine-life.ts';
import type { EnginePort, RunOptions } from './engine-port.ts';
import { afresh, mustWait, newTicket, nextTicket, resolveParsed, type Ticket } from './ticket.ts';

export interface EngineHostOptions {
  readonly spawn: SpawnEngine;
  readonly entryPath: string;
  readonly settings: EngineSettings;
  readonly log: EngineLog;
  /** From a cancel (or close) to the kill. Longer than one run of a large network takes: those cannot be stopped. */
  readonly graceMs?: number;
  readonly handshakeTimeoutMs?: number;
  readonly deviceTestTimeoutMs?: number;
}

/** Starts in a row that may fail before the waiting tasks are told so. */
const startsTried = 2;
/** Engines that may die under one task. */
const crashesTolerated = 1;

/** Nothing is started before the first `run`. */
export function createEngineHost(options: EngineHostOptions): EnginePort {
  const { log, graceMs = 5000, handshakeTimeoutMs = 20_000, deviceTestTimeoutMs = 30_000 } = options;
  const statusListeners = new Set<(status: EngineStatus) => void>();
  const fellBackListeners = new Set<(device: DeviceReport) => void>();
  const running = new Map<JobId, Ticket>();
  let waiting: Ticket[] = [];
  let settings = options.settings;
  let life: EngineLife | null = null;
  let status: EngineStatus = { state: 'stopped', pid: null, device: null, rssBytes: null, restarts: 0 };
  /** A device that took an engine down: not tried again until the settings change. */
  let distrusted: DeviceReport | null = null;
  let announcedFallBack = '';
  let failedStarts = 0;
  let hasNewSettings = false;
  let isClosed = false;
  let onLastEnd: (() => void) | null = null;
  /** Set before a kill of our own: what else was running is innocent. */
  let isOwnKill = false;

  function setStatus(change: Partial<EngineStatus>): void {
    status = { ...status, ...change };
    for (const listener of statusListeners) listener(status);
  }

  function noteDevice(reported: DeviceReport): DeviceReport {
    const device = distrusted !== null && reported.provider === 'cpu' ? distrusted : reported;
    const said = `${device.fellBackFrom} ${device.reason}`;
    if (device.fellBackFrom !== null && said !== announcedFallBack) {
      announcedFallBack = said;
      for (const listener of fellBackListeners) listener(device);
    }
    return device;
  }

  function pump(): void {
    if (isClosed) return;
    makeWay();
    if (hasNewSettings && life !== null) {
      if (running.size > 0) {
        interruptPatient();
        return;
      }
      retire(life);
    }
    if (life === null) {
      if (waiting.length > 0) startLife();
      return;
    }
    if (status.state !== 'ready') return;
    for (;;) {
      const ticket = nextTicket(waiting, [...running.values()]);
      if (ticket === null) return;
      waiting = waiting.filter((other) => other !== ticket);
      running.set(ticket.jobId, ticket);
      life.send({ type: 'run', jobId: ticket.jobId, task: ticket.task });
      makeWay();
    }
  }

  /** A film waits between two frames while something shorter needs the networks. */
  function makeWay(): void {
    const all = [...running.values()];
    for (const ticket of all) {
      const isHeld = mustWait(ticket, all);
      if (ticket.isHeld === isHeld) continue;
      ticket.isHeld = isHeld;
      life?.send({ type: isHeld ? 'hold' : 'resume', jobId: ticket.jobId });
    }
  }

  /** New settings do not wait for a film to end: it goes on under them, where it was. */
  function interruptPatient(): void {
    for (const ticket of running.values()) {
      if (weightOf(ticket.task) !== 'patient' || ticket.isCancelled || ticket.isInterrupted) continue;
      ticket.isInterrupted = true;
      stop(ticket);
    }
  }

  function startLife(): void {
    hasNewSettings = false;
    isOwnKill = false;
    if (status.state !== 'restarting') setStatus({ state: 'starting' });
    const started: EngineLife = startEngineLife({
      spawn: options.spawn,
      entryPath: options.entryPath,
      settings: distrusted === null ? settings : { ...settings, device: 'cpu' },
      handshakeTimeoutMs,
      deviceTestTimeoutMs,
      log,
      onMessage: (message) => {
        if (life === started) receive(message);
      },
      onBadMessage: (message) => {
        if (life === started) settleUnreadable(message);
      },
      onEnd: (end) => {
        if (life === started) ended(end);
      },
    });
    life = started;
  }

  /** Lets an idle engine go; what it still says is not listened to. */
  function retire(old: EngineLife): void {
    life = null;
    old.send({ type: 'shutdown' });
    setTimeout(() => old.kill('it did not leave'), graceMs).unref();
    setStatus({ state: 'stopped', pid: null, rssBytes: null, device: null });
  }

  function receive(message: FromEngine): void {
    switch (message.type) {
      case 'ready':
        failedStarts = 0;
        setStatus({ state: 'ready', pid: message.pid, device: noteDevice(message.device) });
        pump();
        break;
      case 'report':
        setStatus({ rssBytes: message.rssBytes, device: noteDevice(message.device) });
        break;
      case 'log':
        log(message.level, `engine: ${message.message}`);
        break;
      case 'progress':
        passProgressOn(message.jobId, message.step, message.fraction);
        break;
      case 'clip-progress':
        passClipOn(message.jobId, message.clip);
        break;
      case 'done':
        settle(message.jobId, (ticket) => resolveParsed(ticket, message.output));
        break;
      case 'cancelled':
        settle(message.jobId, (ticket) => {
          if (ticket.isInterrupted && !ticket.isCancelled) waiting = [afresh(ticket), ...waiting];
          else ticket.reject(new JobCancelled());
        });
        break;
      case 'failed':
        settle(message.jobId, (ticket) =>
          ticket.reject(ticket.isCancelled ? new JobCancelled() : fromWire(message.error)),
        );
        break;
    }
  }

  function passProgressOn(jobId: JobId, step: Step, fraction: number): void {
    const ticket = running.get(jobId);
    if (ticket === undefined || ticket.isCancelled) return;
    ticket.fraction = Math.max(ticket.fraction, fraction);
    ticket.onProgress?.(step, ticket.fraction);
  }

  function passClipOn(jobId: JobId, progress: ClipProgress): void {
    const ticket = running.get(jobId);
    if (ticket?.isCancelled === false) ticket.onClip?.(progress);
  }

  function settle(jobId: JobId, finish: (ticket: Ticket) => void): void {
    const ticket = running.get(jobId);
    if (ticket === undefined) return;
    running.delete(jobId);
    if (ticket.graceTimer !== null) clearTimeout(ticket.graceTimer);
    finish(ticket);
    pump();
  }

  /** An answer that cannot be read still ends its task: otherwise it would hang for good. */
  function settleUnreadable(message: unknown): void {
    const { type, jobId } = (message ?? {}) as { type?: unknown; jobId?: unknown };
    const parsed = jobIdSchema.safeParse(jobId);
    if (!parsed.success || type === 'progress' || type === 'clip-progress') return;
    settle(parsed.data, (ticket) => ticket.reject(fromWire(message)));
  }

  function ended(end: LifeEnd): void {
    life = null;
    const device = status.device;
    const interrupted = [...running.values()];
    running.clear();
    setStatus({ pid: null, rssBytes: null, device: null });
    if (isClosed) finishClose(interrupted);
    else if (end.refusal !== null) fail(end.refusal);
    else if (end.wasReady) recover(interrupted, device, end);
    else startFailed(end);
  }

  function startFailed(end: LifeEnd): void {
    failedStarts += 1;
    log('error', `the engine did not start: ${end.detail}`);
    if (failedStarts >= startsTried) {
      fail(new HeirloomError('engine.start-failed', {}, { cause: end.detail }));
    } else pump();
  }

  function recover(interrupted: readonly Ticket[], device: DeviceReport | null, end: LifeEnd): void {
    log('warn', `the engine ended: ${end.detail}`);
    const suspect = end.deviceOnTest ?? providerOf(device);
    const isInnocent = isOwnKill || end.deviceOnTest !== null;
    if (suspect !== null && !isOwnKill) {
      distrusted = { provider: 'cpu', fellBackFrom: suspect, reason: end.detail };
    }
    requeue(interrupted, isInnocent, end.detail);
    // After a kill of our own nothing went wrong that anybody must hear of.
    const next = isOwnKill ? 'starting' : 'restarting';
    setStatus({ state: waiting.length > 0 ? next : 'stopped', restarts: status.restarts + 1 });
    pump();
  }

  function requeue(interrupted: readonly Ticket[], isInnocent: boolean, detail: string): void {
    const again: Ticket[] = [];
    for (const ticket of interrupted) {
      if (ticket.graceTimer !== null) clearTimeout(ticket.graceTimer);
      if (!isInnocent) ticket.crashes += 1;
      if (ticket.isCancelled) ticket.reject(new JobCancelled());
      else if (ticket.crashes > crashesTolerated) {
        ticket.reject(new HeirloomError('engine.crashed', {}, { cause: detail }));
      } else again.push(afresh(ticket));
    }
    waiting = [...again, ...waiting];
  }

  /** Tells every waiting task; the next `run` gets one more attempt. */
  function fail(error: HeirloomError): void {
    const told = waiting;
    waiting = [];
    failedStarts = startsTried - 1;
    setStatus({ state: 'failed' });
    for (const ticket of told) ticket.reject(error);
  }

  function finishClose(interrupted: readonly Ticket[]): void {
    for (const ticket of interrupted) ticket.reject(new JobCancelled());
    setStatus({ state: 'stopped' });
    onLastEnd?.();
  }

  function cancel(ticket: Ticket): void {
    if (waiting.includes(ticket)) {
      waiting = waiting.filter((other) => other !== ticket);
      ticket.reject(new JobCancelled());
      return;
    }
    if (!running.has(ticket.jobId) || ticket.isCancelled) return;
    ticket.isCancelled = true;
    if (!ticket.isInterrupted) stop(ticket);
  }

  function stop(ticket: Ticket): void {
    life?.send({ type: 'cancel', jobId: ticket.jobId });
    ticket.graceTimer = setTimeout(() => {
      isOwnKill = true;
      life?.kill(`${ticket.task.kind} did not answer its cancel within ${graceMs} ms`);
    }, graceMs);
  }

  return {
    run<T extends EngineTask>(task: T, runOptions: RunOptions = {}) {
      const { signal } = runOptions;
      if (isClosed) return Promise.reject(new HeirloomError('engine.start-failed', {}, { cause: 'closed' }));
      if (signal?.aborted) return Promise.reject(new JobCancelled());
      return new Promise<EngineOutput<T['kind']>>((resolve, reject) => {
        const onAbort = () => cancel(ticket);
        const ticket = newTicket(task, runOptions, {
          // resolveParsed() has parsed it with the schema of this very kind.
          resolve: (output) => {
            signal?.removeEventListener('abort', onAbort);
            resolve(output as EngineOutput<T['kind']>);
          },
          reject: (error) => {
            signal?.removeEventListener('abort', onAbort);
            reject(error);
          },
        });
        signal?.addEventListener('abort', onAbort);
        waiting.push(ticket);
        pump();
      });
    },
    status: () => status,
    onStatus(listener) {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
    onDeviceFellBack(listener) {
      fellBackListeners.add(listener);
      return () => fellBackListeners.delete(listener);
    },
    changeSettings(changed) {
      settings = changed;
      distrusted = null;
      announcedFallBack = '';
      hasNewSettings = true;
      pump();
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      for (const ticket of waiting.splice(0)) ticket.reject(new JobCancelled());
      const last = life;
      if (last === null) return;
      const hasEnded = new Promise<void>((resolve) => {
        onLastEnd = resolve;
      });
      last.send({ type: 'shutdown' });
      const timer = setTimeout(() => last.kill('it did not leave'), graceMs);
      await hasEnded;
      clearTimeout(timer);
    },
  };
}
