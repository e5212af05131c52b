// How much a checkpoint may make its reader remember: a file of a few bytes must not become gigabytes of objects.
// Engine process, readers only.
import { damaged } from './damage.ts';

/** What any file may cost, however small it is: the objects of a small state dict outweigh its bytes. */
const freeBytes = 1 << 20;

/** Estimated bytes of V8's objects, rounded up; a list's or tuple's elements are counted where they are pushed. */
export const objectCosts = { slot: 16, list: 64, dictionary: 256, entry: 64, record: 128 } as const;

export class MemoryAllowance {
  #remainingBytes: number;

  /** Twice the file: as much as reading it whole and keeping a copy. */
  constructor(fileBytes: number) {
    this.#remainingBytes = freeBytes + 2 * fileBytes;
  }

  /** Call before making what costs this much. Throws DamagedCheckpoint when the file is not worth it. */
  spend(bytes: number): void {
    this.#remainingBytes -= bytes;
    if (this.#remainingBytes < 0) damaged('it describes far more than it holds');
  }
}
