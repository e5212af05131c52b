// Bytes of a file, front to back, through a small window. Engine process, readers only.
import { damaged } from './damage.ts';

const windowBytes = 64 * 1024;

/** Reads into `target` from `position`; answers how many bytes there were. */
export type ReadBytes = (target: Uint8Array, position: number) => number;

export class ByteStream {
  readonly #read: ReadBytes;
  readonly #endPosition: number;
  readonly #window: Buffer;
  /** Where the window begins in the file, how much of it is filled, and what comes next in it. */
  #windowPosition: number;
  #filled = 0;
  #next = 0;

  constructor(read: ReadBytes, { position, endPosition }: { position: number; endPosition: number }) {
    this.#read = read;
    this.#endPosition = endPosition;
    this.#windowPosition = position;
    this.#window = Buffer.alloc(Math.min(windowBytes, Math.max(0, endPosition - position)));
  }

  /** In the file, of the next byte. */
  get position(): number {
    return this.#windowPosition + this.#next;
  }

  get remainingBytes(): number {
    return this.#endPosition - this.position;
  }

  byte(): number {
    if (this.#next >= this.#filled) this.#refill();
    return this.#window[this.#next++] as number;
  }

  /** A copy of the next bytes. Throws DamagedCheckpoint before allocating when there are fewer. */
  take(byteCount: number): Buffer {
    if (byteCount > this.remainingBytes) damaged('it ends too early');
    const taken = Buffer.allocUnsafe(byteCount);
    for (let done = 0; done < byteCount; ) {
      if (this.#next >= this.#filled) this.#refill();
      const count = Math.min(byteCount - done, this.#filled - this.#next);
      this.#window.copy(taken, done, this.#next, this.#next + count);
      this.#next += count;
      done += count;
    }
    return taken;
  }

  /** Up to the next line feed, without it. */
  line(longestBytes: number): string {
    const bytes: number[] = [];
    for (let byte = this.byte(); byte !== 0x0a; byte = this.byte()) {
      if (bytes.length >= longestBytes) damaged('a name in it is too long');
      bytes.push(byte);
    }
    return Buffer.from(bytes).toString('utf8');
  }

  #refill(): void {
    const position = this.position;
    const wanted = Math.min(this.#window.length, this.#endPosition - position);
    const count = wanted <= 0 ? 0 : this.#read(this.#window.subarray(0, wanted), position);
    if (count <= 0) damaged('it ends too early');
    this.#windowPosition = position;
    this.#filled = count;
    this.#next = 0;
  }
}
