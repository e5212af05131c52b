// How many threads a network may use. Runs in the engine process.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * Physical cores this process may use, at least 1. Two threads on one core share its vector units, so that
 * counting logical processors makes convolutions slower, not faster.
 */
export function physicalCoreCount(): number {
  const allowed = availableParallelism();
  if (process.platform === 'linux') {
    const counted = countLinuxCores(readOrEmpty('/proc/cpuinfo'));
    if (counted !== null) return Math.max(1, Math.min(counted, allowed));
  }
  // Apple's processors have one thread per core; x64 desktops elsewhere usually have two.
  return process.arch === 'x64' ? Math.max(1, Math.ceil(allowed / 2)) : allowed;
}

/** Distinct (socket, core) pairs in the text of /proc/cpuinfo; null where the kernel does not name them (ARM). */
export function countLinuxCores(cpuInfo: string): number | null {
  const cores = new Set<string>();
  for (const processor of cpuInfo.split(/\n\s*\n/)) {
    const socket = /^physical id\s*:\s*(\d+)/m.exec(processor)?.[1];
    const core = /^core id\s*:\s*(\d+)/m.exec(processor)?.[1];
    if (socket !== undefined && core !== undefined) cores.add(`${socket}/${core}`);
  }
  return cores.size === 0 ? null : cores.size;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
