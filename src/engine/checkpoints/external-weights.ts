// The file of weights beside a graph: appended to, aligned so that it can be mapped into memory. Engine process.
import type { FileHandle } from 'node:fs/promises';
import { floatsToHalves } from '../onnx/half-float.ts';
import type { Precision } from './network-writer.ts';

/** Where a tensor's bytes lie. `fileName` is bare: onnxruntime looks beside the graph. */
export interface ExternalPlace {
  readonly fileName: string;
  readonly byteOffset: number;
  readonly byteLength: number;
}

/**
 * The ONNX standard asks for 4096 so that a page of memory can be mapped; Windows maps in 64 KiB. Small tensors are
 * copied by the runtime anyway, and stay together.
 */
const mappedFromBytes = 65_536;
const largeAlignmentBytes = 65_536;
const smallAlignmentBytes = 64;

export class ExternalWeights {
  readonly #file: FileHandle;
  readonly #fileName: string;
  #byteLength = 0;

  constructor(file: FileHandle, fileName: string) {
    this.#file = file;
    this.#fileName = fileName;
  }

  get byteLength(): number {
    return this.#byteLength;
  }

  /** Little endian, as every machine Electron runs on stores them. */
  async append(data: Float32Array, precision: Precision): Promise<ExternalPlace> {
    const stored = precision === 'fp32' ? data : floatsToHalves(data);
    const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
    const alignment = bytes.byteLength >= mappedFromBytes ? largeAlignmentBytes : smallAlignmentBytes;
    const byteOffset = Math.ceil(this.#byteLength / alignment) * alignment;
    for (let written = 0; written < bytes.byteLength; ) {
      const { bytesWritten } = await this.#file.write(
        bytes,
        written,
        bytes.byteLength - written,
        byteOffset + written,
      );
      written += bytesWritten;
    }
    this.#byteLength = byteOffset + bytes.byteLength;
    return { fileName: this.#fileName, byteOffset, byteLength: bytes.byteLength };
  }
}
