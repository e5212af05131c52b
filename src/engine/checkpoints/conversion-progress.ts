// How far a conversion is, told by the bytes of weights it has read. Engine process.

import type { Checkpoint } from './checkpoint.ts';
import { elementByteSizes } from './reader/element-types.ts';

/**
 * Tensors that several graphs share are read more than once, and how often nobody knows beforehand: first readings
 * make up most of the way, repeated ones the rest.
 */
const shareOfFirstReadings = 0.85;

/** The same checkpoint; `report` hears of every tensor that was read, 0..1, never falling. */
export function withProgress(checkpoint: Checkpoint, report: (fraction: number) => void): Checkpoint {
  const bytesOf = (name: string): number => {
    const tensor = checkpoint.tensors.get(name);
    if (tensor === undefined) return 0;
    return tensor.dims.reduce((product, size) => product * size, elementByteSizes[tensor.type]);
  };
  let totalBytes = 0;
  for (const name of checkpoint.tensors.keys()) totalBytes += bytesOf(name);
  const alreadyRead = new Set<string>();
  let firstBytes = 0;
  let repeatedBytes = 0;
  return {
    tensors: checkpoint.tensors,
    async read(name) {
      const floats = await checkpoint.read(name);
      if (alreadyRead.has(name)) repeatedBytes += bytesOf(name);
      else firstBytes += bytesOf(name);
      alreadyRead.add(name);
      const first = shareOfFirstReadings * (firstBytes / Math.max(1, totalBytes));
      const repeated = (1 - shareOfFirstReadings) * (repeatedBytes / (repeatedBytes + totalBytes || 1));
      report(Math.min(1, first + repeated));
      return floats;
    },
    close: () => checkpoint.close(),
  };
}
