// Addresses of pictures. Relative, so that the same address works under the Electron host's own protocol
// and under the browser host. By id, never by path.
import { z } from 'zod';
import {
  type PhotoId,
  photoIdSchema,
  type ResultId,
  resultIdSchema,
  type Sha256,
  sha256Schema,
} from '../domain/ids.ts';

/** Longest side in pixels of each variant; `full` is the picture itself as a lossless preview, up to 16,384 px. */
export const pictureVariants = { thumbnail: 320, screen: 2560, full: 16384 } as const;
export type PictureVariant = keyof typeof pictureVariants;

/** Where a tile lies in its pyramid (see tile-pyramid.ts). */
export const tileSchema = z.object({
  level: z.int().min(0).max(9),
  column: z.int().min(0).max(1023),
  row: z.int().min(0).max(1023),
});
export type Tile = z.infer<typeof tileSchema>;

export const pictureRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('photo'), id: photoIdSchema, variant: z.enum(['thumbnail', 'screen', 'full']) }),
  z.object({
    kind: z.literal('result'),
    id: resultIdSchema,
    variant: z.enum(['thumbnail', 'screen', 'full']),
  }),
  z.object({ kind: z.literal('photo-tile'), id: photoIdSchema, tile: tileSchema }),
  z.object({ kind: z.literal('result-tile'), id: resultIdSchema, tile: tileSchema }),
  /** An aligned face that was rendered before (faces.keyframes): as it is, or restored at a fidelity, in hundredths. */
  z.object({
    kind: z.literal('face'),
    id: sha256Schema,
    variant: z.string().regex(/^(original|w\d{3})$/),
  }),
]);
export type PictureRequest = z.infer<typeof pictureRequestSchema>;

export function photoPictureAddress(id: PhotoId, variant: PictureVariant): string {
  return `/pictures/photo/${id}/${variant}`;
}
export function resultPictureAddress(id: ResultId, variant: PictureVariant): string {
  return `/pictures/result/${id}/${variant}`;
}

export function photoTileAddress(id: PhotoId, tile: Tile): string {
  return `/pictures/photo/${id}/tiles/${tile.level}/${tile.column}-${tile.row}`;
}
export function resultTileAddress(id: ResultId, tile: Tile): string {
  return `/pictures/result/${id}/tiles/${tile.level}/${tile.column}-${tile.row}`;
}

/** `fidelity` null: the face as it is in the photo. Two decimals of the fidelity count. */
export function facePictureAddress(key: Sha256, fidelity: number | null): string {
  return `/pictures/face/${key}/${facePictureVariant(fidelity)}`;
}
export function facePictureVariant(fidelity: number | null): string {
  return fidelity === null ? 'original' : `w${String(Math.round(fidelity * 100)).padStart(3, '0')}`;
}

/** The request behind an address path, or null when it is not a picture address. */
export function parsePictureAddress(pathname: string): PictureRequest | null {
  const parts = pathname.split('/');
  if (parts.length === 7) return parseTileAddress(parts);
  if (parts.length !== 5 || parts[1] !== 'pictures') return null;
  const parsed = pictureRequestSchema.safeParse({ kind: parts[2], id: parts[3], variant: parts[4] });
  return parsed.success ? parsed.data : null;
}

function parseTileAddress(parts: readonly string[]): PictureRequest | null {
  const [, pictures, kind, id, tiles, level, place] = parts;
  const [, column, row] = /^(0|[1-9]\d*)-(0|[1-9]\d*)$/.exec(place ?? '') ?? [];
  if (pictures !== 'pictures' || tiles !== 'tiles' || column === undefined || !/^\d$/.test(level ?? ''))
    return null;
  const tile = { level: Number(level), column: Number(column), row: Number(row) };
  const parsed = pictureRequestSchema.safeParse({ kind: `${kind}-tile`, id, tile });
  return parsed.success ? parsed.data : null;
}
