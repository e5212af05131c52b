// The histories of all faces at the end of a segment, as bytes: the next segment, perhaps in another run, goes on from
// them and gives the same picture to the bit. Runs in the engine process.
import { readFile } from 'node:fs/promises';
import { faceOval } from '../../steps/face-oval.ts';
import type { SteadyHistory } from '../../steps/video/steady-face.ts';
import { writeDurably } from './work-folder.ts';

const headerNumbers = 6;

export async function writeHistories(
  path: string,
  histories: ReadonlyMap<number, SteadyHistory>,
): Promise<void> {
  const pieces = [...histories].flatMap(([trackId, { frame, count, sidePx, grid, face, mask }]) => {
    // The oval is always the same one, and is known by being the same.
    const maskData = mask === faceOval() ? new Float32Array() : mask.data;
    const header = Float64Array.of(trackId, frame, count, sidePx, face.length, maskData.length);
    return [header, grid, face, maskData].map(
      ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
    );
  });
  await writeDurably(path, ...pieces);
}

/** `gridLength`: see SteadyHistory. Null when the file is not there or not whole. */
export async function readHistories(path: string): Promise<Map<number, SteadyHistory> | null> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return null;
  const histories = new Map<number, SteadyHistory>();
  let at = 0;
  const take = (length: number): Uint8Array => {
    const piece = new Uint8Array(length);
    piece.set(bytes.subarray(at, at + length));
    at += length;
    return piece;
  };
  while (at < bytes.length) {
    const header = new Float64Array(take(headerNumbers * 8).buffer);
    const [trackId = 0, frame = 0, count = 0, sidePx = 0, faceLength = 0, maskLength = 0] = header;
    if (at + (gridLength + faceLength + maskLength) * 4 > bytes.length) return null;
    const grid = new Float32Array(take(gridLength * 4).buffer);
    const face = new Float32Array(take(faceLength * 4).buffer);
    const data = new Float32Array(take(maskLength * 4).buffer);
    const side = Math.sqrt(maskLength);
    const mask = maskLength === 0 ? faceOval() : { widthPx: side, heightPx: side, data };
    histories.set(trackId, { frame, count, sidePx, grid, face, mask });
  }
  return histories;
}

const gridLength = 32 * 32;
