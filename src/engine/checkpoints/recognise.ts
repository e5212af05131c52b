// Which network is in a checkpoint? By names and shapes of its tensors alone. Engine process.
import type { Architecture } from './architecture.ts';
import type { TensorTable } from './checkpoint.ts';
import { knownArchitectures } from './known-architectures.ts';

/** null for a network that no converter knows. */
export function recogniseArchitecture(
  tensors: TensorTable,
  architectures: readonly Architecture[] = knownArchitectures,
): Architecture | null {
  return architectures.find((architecture) => architecture.recognises(tensors)) ?? null;
}
