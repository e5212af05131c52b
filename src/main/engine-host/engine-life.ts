// One life of the engine process: started, shaken hands with, listened to, ended. Runs in main.
// Decides nothing about jobs: see engine-host.ts.
import {
  type DeviceReport,
  type EngineSettings,
  engineProtocolVersion,
  type FromEngine,
  fromEngineSchema,
  type ToEngine,
} from '#shared/contract/engine.ts';
import type { ExecutionProvider } from '#shared/domain/settings.ts';
import { fromWire, HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { EngineProcess, SpawnEngine } from '../studio.ts';

export type EngineLog = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;

/** How a life ended, and what that says. */
export interface LifeEnd {
  readonly wasReady: boolean;
  /** The engine said no, for good: another attempt would end the same way. */
  readonly refusal: HeirloomError | null;
  /** The device that was being tried out when the process died or fell silent. */
  readonly deviceOnTest: ExecutionProvider | null;
  /** Exit code, signal, last words; for the log and the details of an error. */
  readonly detail: string;
}

export interface EngineLife {
  send(message: ToEngine): void;
  /** Ends the process at once; `why` becomes part of the end's detail. */
  kill(why: string): void;
}

export interface LifeOptions {
  readonly spawn: SpawnEngine;
  readonly entryPath: string;
  readonly settings: EngineSettings;
  readonly handshakeTimeoutMs: number;
  /** A device that has not passed or failed its test by then hangs. */
  readonly deviceTestTimeoutMs: number;
  readonly log: EngineLog;
  /** Every parsed message, `ready` first. */
  onMessage(message: FromEngine): void;
  /** A message that is none. */
  onBadMessage(message: unknown): void;
  /** Once. */
  onEnd(end: LifeEnd): void;
}

const lastWordsKept = 5;

/** Starts a process and says hello. Never throws: a process that cannot be started is an ended life. */
export function startEngineLife(options: LifeOptions): EngineLife {
  const { log } = options;
  const lastWords: string[] = [];
  let process: EngineProcess | null = null;
  let wasReady = false;
  let hasEnded = false;
  let refusal: HeirloomError | null = null;
  let deviceOnTest: ExecutionProvider | null = null;
  let killedBecause: string | null = null;
  let deadline = setDeadline(options.handshakeTimeoutMs, 'it did not answer the handshake in time');

  function setDeadline(timeoutMs: number, why: string): NodeJS.Timeout {
    return setTimeout(() => kill(why), timeoutMs);
  }

  function kill(why: string): void {
    killedBecause ??= why;
    process?.kill();
  }

  function end(exit: string): void {
    if (hasEnded) return;
    hasEnded = true;
    clearTimeout(deadline);
    const detail = [killedBecause, exit, ...lastWords].filter((part) => part !== null).join('\n');
    options.onEnd({ wasReady, refusal, deviceOnTest, detail });
  }

  function refuse(error: HeirloomError): void {
    refusal = error;
    kill('the handshake failed');
  }

  function receive(message: FromEngine): void {
    if (message.type === 'refused') {
      refuse(fromWire(message.error));
      return;
    }
    if (message.type === 'ready' && message.protocolVersion !== engineProtocolVersion) {
      const versions = { engine: message.protocolVersion, main: engineProtocolVersion };
      refuse(new HeirloomError('engine.version-mismatch', versions));
      return;
    }
    if (message.type === 'testing-device') {
      deviceOnTest = message.provider;
      clearTimeout(deadline);
      deadline = setDeadline(options.deviceTestTimeoutMs, `${message.provider} did not finish its self-test`);
      return;
    }
    if (message.type === 'ready') wasReady = true;
    if (message.type === 'report') deviceOnTest = null;
    if (message.type === 'ready' || message.type === 'report') clearTimeout(deadline);
    options.onMessage(message);
  }

  try {
    process = options.spawn(options.entryPath);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    // Not at once: the caller does not hold this life yet.
    setImmediate(() => end(text));
    return { send: () => undefined, kill: () => undefined };
  }
  const started = process;
  started.onOutput?.((line) => {
    lastWords.push(line);
    if (lastWords.length > lastWordsKept) lastWords.shift();
    log('debug', `engine ${started.pid ?? ''}: ${line}`);
  });
  started.onMessage((message) => {
    if (hasEnded) return;
    const parsed = fromEngineSchema.safeParse(message);
    if (parsed.success) receive(parsed.data);
    else {
      log('error', `the engine sent what is not a message: ${parsed.error.issues[0]?.message ?? ''}`);
      options.onBadMessage(message);
    }
  });
  started.onExit((code, signal) => end(signal === null ? `exit code ${code}` : `signal ${signal}`));
  started.send({
    type: 'hello',
    protocolVersion: engineProtocolVersion,
    settings: options.settings,
  } satisfies ToEngine);
  return { send: (message) => started.send(message), kill };
}

/** The device in use, when it is one that can be given up. */
export function providerOf(device: DeviceReport | null): DeviceReport['provider'] | null {
  return device === null || device.provider === 'cpu' ? null : device.provider;
}
