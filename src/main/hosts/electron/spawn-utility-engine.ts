// Starts the engine in Electron's utility process. Runs in Electron's main process.
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { EngineProcess, SpawnEngine } from '../../studio.ts';
import type { ElectronApi } from './electron-api.ts';

export function createUtilityEngineSpawner(
  electron: Pick<ElectronApi, 'utilityProcess'>,
  log: (line: string) => void,
): SpawnEngine {
  return (entryPath): EngineProcess => {
    const child = electron.utilityProcess.fork(entryPath, [], {
      serviceName: 'heirloom-engine',
      stdio: 'pipe',
    });
    child.on('error', (type, location) => log(`engine ${type} at ${location}`));
    return {
      get pid() {
        return child.pid;
      },
      send: (message) => child.postMessage(message),
      onMessage: (listener) => {
        child.on('message', listener);
      },
      onExit: (listener) => {
        child.on('exit', (code) => listener(code, null));
      },
      onOutput: (listener) => {
        for (const stream of [child.stdout, child.stderr]) {
          if (stream !== null) createInterface({ input: stream as Readable }).on('line', listener);
        }
      },
      kill: () => killNow(child),
    };
  };
}

/** `kill` of a utility process asks (SIGTERM); an engine inside a long native call would finish it first. */
function killNow(child: { readonly pid: number | undefined; kill(): boolean }): void {
  if (child.pid === undefined) {
    child.kill();
    return;
  }
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // Gone already; its exit is on the way.
    child.kill();
  }
}
