// The engine's side of the line to main: one shape for Electron's utility process and a forked Node process.
// Runs in the engine process. Carries values; what they mean is start-engine.ts.
import type { FromEngine } from '#shared/contract/engine.ts';

export interface Channel {
  post(message: FromEngine): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The other side is gone. */
  onClose(listener: () => void): void;
}

/** The part of Electron's `process.parentPort` used here; the engine does not import Electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** The channel this process was started with; null when it was started by hand. */
export function parentChannel(): Channel | null {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort !== undefined) return utilityProcessChannel(parentPort);
  return process.send === undefined ? null : forkedProcessChannel();
}

function utilityProcessChannel(port: ParentPort): Channel {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    // Electron ends its utility processes itself when the main process goes.
    onClose: () => undefined,
  };
}

function forkedProcessChannel(): Channel {
  return {
    // A closed line is reported by `disconnect`; the callback keeps it from also being thrown.
    post: (message) => process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => process.on('message', listener),
    onClose: (listener) => process.on('disconnect', listener),
  };
}
