// Runs one of the two hosts as a child and ends with it. Used by npm start.
import { spawn } from 'node:child_process';

export interface ChildEnd {
  readonly code: number;
  /** How long it ran. */
  readonly elapsedMs: number;
  /** A signal reached us: the end was asked for. */
  readonly wasAsked: boolean;
}

/** Ctrl+C reaches the child by itself, through the terminal; other ways of ending us are passed on. */
export function runChild(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    const beganMs = performance.now();
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    let wasAsked = false;
    const noteInterrupt = (): void => {
      wasAsked = true;
    };
    const passOn = (signal: NodeJS.Signals): void => {
      wasAsked = true;
      child.kill(signal);
    };
    process.on('SIGINT', noteInterrupt);
    process.on('SIGTERM', passOn);
    process.on('SIGHUP', passOn);
    const release = (): void => {
      process.off('SIGINT', noteInterrupt);
      process.off('SIGTERM', passOn);
      process.off('SIGHUP', passOn);
    };
    child.on('error', (error) => {
      release();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      release();
      const elapsedMs = performance.now() - beganMs;
      resolve({ code: code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1), elapsedMs, wasAsked });
    });
  });
}
