// Random access to bytes, whether they lie in memory or in a file: headers are read without loading a gigabyte scan.
import { fstatSync, readSync } from 'node:fs';

export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `offset`. Throws RangeError when they are not all there. */
  read(offset: number, length: number): Uint8Array;
}

export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(offset, length) {
      assertWithin(offset, length, bytes.length);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** Reads through an open file descriptor, which stays the caller's to close. */
export function bytesInFile(descriptor: number): ByteSource {
  const size = fstatSync(descriptor).size;
  return {
    size,
    read(offset, length) {
      assertWithin(offset, length, size);
      const bytes = new Uint8Array(length);
      if (readSync(descriptor, bytes, 0, length, offset) !== length) throw new RangeError('file ended early');
      return bytes;
    },
  };
}

function assertWithin(offset: number, length: number, size: number): void {
  if (offset < 0 || length < 0 || offset + length > size) {
    throw new RangeError(`bytes ${offset}+${length} of ${size}`);
  }
}
