// What a restorer makes of faces before the fidelity comes in, kept in memory for the next fidelity. Engine process.
// Knows nothing of networks; a lost entry only costs encoding the face again.
import { createHash } from 'node:crypto';
import { totalmem } from 'node:os';
import type { FloatTensor } from '../../onnx/loaded-model.ts';
import type { Raster } from '../../pixels/raster.ts';

export type EncodedFace = Readonly<Record<string, FloatTensor>>;

export interface EncodedFaces {
  /** Two callers for one key share one encoding; a failed one is forgotten. */
  encoded(key: string, encode: () => Promise<EncodedFace>): Promise<EncodedFace>;
  /** Bytes held now; encodings under way count nothing yet. */
  byteSize(): number;
}

/** Least recently used faces leave first; a single face larger than the budget is not kept. */
export function createEncodedFaces(budgetBytes: number): EncodedFaces {
  // A Map keeps insertion order: re-inserting on use makes it the order of last use.
  const entries = new Map<string, { byteSize: number; readonly face: Promise<EncodedFace> }>();

  function total(): number {
    let sum = 0;
    for (const { byteSize } of entries.values()) sum += byteSize;
    return sum;
  }

  function makeRoom(): void {
    for (const [key, { byteSize }] of [...entries]) {
      if (total() <= budgetBytes) return;
      if (byteSize > 0) entries.delete(key);
    }
  }

  return {
    async encoded(key, encode) {
      const known = entries.get(key);
      const entry = known ?? { byteSize: 0, face: encode() };
      entries.delete(key);
      entries.set(key, entry);
      try {
        const face = await entry.face;
        entry.byteSize = Object.values(face).reduce((sum, { data }) => sum + data.byteLength, 0);
        makeRoom();
        return face;
      } catch (error) {
        if (entries.get(key) === entry) entries.delete(key);
        throw error;
      }
    },
    byteSize: total,
  };
}

/** The same pixels at the same size for the same model give the same key. */
export function encodedFaceKey({ data, widthPx, heightPx }: Raster, modelSha256: string): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const digest = createHash('sha256').update(bytes).digest('hex');
  return `${modelSha256} ${widthPx}x${heightPx}x${data.BYTES_PER_ELEMENT} ${digest}`;
}

/** CodeFormer's face takes 94 MB: room for some ten, and never more than a sixteenth of the memory. */
export const encodedFaces = createEncodedFaces(Math.min(2 ** 30, totalmem() / 16));
