// Starts the engine as a forked Node process: the browser host and the command line. Electron has its own.
import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EngineProcess, SpawnEngine } from '../studio.ts';

/** Colours and cursor moves of native libraries' log lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is searched for.
const terminalCodes = /\u001b\[[0-9;]*[A-Za-z]/g;

/** Structured clone on the line, standard input closed; what natives print is handed on line by line. */
export const spawnForkedEngine: SpawnEngine = (entryPath): EngineProcess => {
  const child = fork(entryPath, [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exitListeners: ((code: number | null, signal: string | null) => void)[] = [];
  let hasEnded = false;
  function end(code: number | null, signal: string | null): void {
    if (hasEnded) return;
    hasEnded = true;
    for (const listener of exitListeners) listener(code, signal);
  }
  child.on('exit', end);
  // `error` without `exit`: the process could not be started at all.
  child.on('error', () => {
    if (child.pid === undefined) end(null, null);
  });
  return {
    pid: child.pid,
    // A line that closed is told by the exit; the callback keeps it from being thrown as well.
    send(message) {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => exitListeners.push(listener),
    onOutput(listener) {
      for (const stream of [child.stdout, child.stderr]) {
        if (stream === null) continue;
        createInterface({ input: stream }).on('line', (line) => {
          const text = line.replace(terminalCodes, '').trim();
          if (text !== '') listener(text);
        });
      }
    },
    kill: () => child.kill('SIGKILL'),
  };
};
