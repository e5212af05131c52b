// Writes the faces of a restoration as pictures of their own, before and after. Part of restore-file.
import { encodePixels } from '../codec/encode-pixels.ts';
import { toBytes } from '../codec/sample-depth.ts';
import { writeAtomically, writePieces } from '../codec/write-atomically.ts';
import type { Raster } from '../pixels/raster.ts';
import type { RestoredFace } from './render-photo.ts';

export interface FaceFiles {
  /** Paths without number and ending, as the official results folder names them: `<name>_00.png`. */
  readonly croppedStem: string;
  readonly restoredStem: string;
}

/** `index` null: the picture is the face, and has no number. Replaces files of an earlier run. Errors: output.*. */
export async function saveFace(
  { aligned, restored }: RestoredFace,
  index: number | null,
  files: FaceFiles,
): Promise<void> {
  const number = index === null ? '' : `_${String(index).padStart(2, '0')}`;
  await writePng(`${files.croppedStem}${number}.png`, aligned);
  await writePng(`${files.restoredStem}${number}.png`, restored);
}

async function writePng(path: string, face: Raster): Promise<void> {
  await writeAtomically(
    path,
    async (temporaryPath) => {
      const raster = { ...face, data: toBytes(face.data) };
      const picture = { raster, alpha: null, isGray: false, iccProfile: null };
      await writePieces(temporaryPath, [await encodePixels(picture, 'png', 100)]);
    },
    { overwrite: true },
  );
}
