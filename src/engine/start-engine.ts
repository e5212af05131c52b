// Handshake and message loop of the engine process. Parses every message, starts and cancels jobs, reports.
// Knows no pixels: what a job does is in run-job.ts and the pipelines.
import {
  type EngineSettings,
  type EngineTask,
  engineProtocolVersion,
  type ToEngine,
  toEngineSchema,
} from '#shared/contract/engine.ts';
import { weightOf } from '#shared/contract/task-weights.ts';
import { type JobId, jobIdSchema } from '#shared/domain/ids.ts';
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';
import type { Channel } from './channel.ts';
import { createGate, type Gate } from './gate.ts';
import { createDevice, type EngineDevice } from './onnx/engine-device.ts';
import { type Job, type PipelineTable, runJob } from './run-job.ts';

export interface EngineOptions {
  readonly channel: Channel;
  /** Everything but `self-test`, which belongs to the device. */
  readonly pipelines: Omit<PipelineTable, 'self-test'>;
  /** Ends the process; injected for tests. */
  readonly exit?: (code: number) => void;
}

/** Exit code of an engine whose own code failed: main sees a crash. */
const internalErrorExitCode = 70;

const orphanGraceMs = 2000;
const lastWordsMs = 100;

/** Listens on the channel until it closes or main says `shutdown`. */
export function startEngine(options: EngineOptions): void {
  const { channel } = options;
  const exit = options.exit ?? ((code: number) => process.exit(code));
  const jobs = new Map<JobId, { readonly canceller: AbortController; readonly gate: Gate }>();
  /** One heavy and one patient job at a time. */
  const tails = { heavy: Promise.resolve(), patient: Promise.resolve() };
  let device: EngineDevice | null = null;

  // Control-C in a terminal reaches the whole process group; main decides what it means.
  process.on('SIGINT', () => undefined);
  process.on('uncaughtException', (error) => {
    log('error', `uncaught: ${error.stack ?? error.message}`);
    leaveSoon(internalErrorExitCode);
  });
  // One forgotten promise must not take running work down with it.
  process.on('unhandledRejection', (reason) => {
    log('error', `unhandled rejection: ${reason instanceof Error ? reason.stack : String(reason)}`);
  });

  function log(level: 'debug' | 'info' | 'warn' | 'error', message: string): void {
    channel.post({ type: 'log', level, message });
  }

  /** Leaves the line time to carry the last words. */
  function leaveSoon(code: number): void {
    setTimeout(() => exit(code), lastWordsMs);
  }

  function report(engineDevice: EngineDevice): void {
    channel.post({
      type: 'report',
      rssBytes: process.memoryUsage.rss(),
      device: engineDevice.report(),
      loadedModels: engineDevice.models.loadedModels(),
    });
  }

  function hello(protocolVersion: number, settings: EngineSettings): void {
    if (protocolVersion !== engineProtocolVersion) {
      const versions = { engine: engineProtocolVersion, main: protocolVersion };
      const error = toWire(new HeirloomError('engine.version-mismatch', versions));
      channel.post({ type: 'refused', error });
      leaveSoon(1);
      return;
    }
    const created = createDevice({
      settings,
      onTest: (provider) => channel.post({ type: 'testing-device', provider }),
      onDecided: () => report(created),
      log,
    });
    device = created;
    channel.post({
      type: 'ready',
      protocolVersion: engineProtocolVersion,
      pid: process.pid,
      device: created.report(),
    });
  }

  function run(jobId: JobId, task: EngineTask): void {
    const engineDevice = device;
    if (engineDevice === null || jobs.has(jobId)) {
      const problem = engineDevice === null ? 'no handshake yet' : 'this job is running already';
      refuseJob(jobId, problem);
      return;
    }
    const canceller = new AbortController();
    const { signal } = canceller;
    const gate = createGate(signal);
    jobs.set(jobId, { canceller, gate });
    const job: Job = { jobId, task, signal, turn: gate.turn };
    const pipelines = { ...options.pipelines, 'self-test': engineDevice.selfTest };
    const start = async () => {
      await runJob(job, { pipelines, models: engineDevice.models, post: channel.post });
      jobs.delete(jobId);
      report(engineDevice);
    };
    const weight = weightOf(task);
    if (weight === 'light') void start();
    else tails[weight] = tails[weight].then(start);
  }

  function refuseJob(jobId: JobId, problem: string): void {
    const error = toWire(new HeirloomError('command.invalid-input', { problem }));
    channel.post({ type: 'failed', jobId, error });
  }

  function answerBadMessage(message: unknown, problem: string): void {
    log('error', `not a message: ${problem}`);
    const jobId = jobIdSchema.safeParse((message as { jobId?: unknown } | null)?.jobId);
    if (jobId.success && !jobs.has(jobId.data)) refuseJob(jobId.data, problem);
  }

  async function shutdown(): Promise<void> {
    for (const { canceller } of jobs.values()) canceller.abort();
    await Promise.all([tails.heavy, tails.patient]);
    await device?.models.releaseIdle();
    exit(0);
  }

  function receive(message: ToEngine): void {
    if (message.type === 'run') run(message.jobId, message.task);
    else if (message.type === 'cancel') jobs.get(message.jobId)?.canceller.abort();
    else if (message.type === 'hold') jobs.get(message.jobId)?.gate.hold();
    else if (message.type === 'resume') jobs.get(message.jobId)?.gate.resume();
    else if (message.type === 'shutdown') void shutdown();
    else if (device === null) hello(message.protocolVersion, message.settings);
    else log('warn', 'a second handshake was ignored');
  }

  channel.onMessage((message) => {
    const parsed = toEngineSchema.safeParse(message);
    if (parsed.success) receive(parsed.data);
    else answerBadMessage(message, firstProblem(parsed.error));
  });
  channel.onClose(() => {
    // Running jobs get a moment to remove their temporary files.
    setTimeout(() => exit(0), orphanGraceMs);
    void shutdown();
  });
}

function firstProblem(error: { issues: readonly { path: PropertyKey[]; message: string }[] }): string {
  const issue = error.issues[0];
  return issue === undefined ? 'unreadable' : `${issue.path.map(String).join('.')}: ${issue.message}`;
}
