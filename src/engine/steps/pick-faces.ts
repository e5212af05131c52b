// Which of the faces found are restored. Pure. Runs in the engine process.
import type { Box, Point } from '#shared/domain/geometry.ts';

/** `centre`: the one whose box lies nearest the photo's centre; `largest`: the one with the largest box. */
export type FacePick = 'all' | 'centre' | 'largest';

/** Order is kept. Of equals the first stays. */
export function pickFaces<Face extends { readonly boxInPhoto: Box }>(
  faces: readonly Face[],
  pick: FacePick,
  photo: { readonly widthPx: number; readonly heightPx: number },
): Face[] {
  if (pick === 'all' || faces.length < 2) return [...faces];
  const middle: Point = [photo.widthPx / 2, photo.heightPx / 2];
  const cost = ({ boxInPhoto: { x, y, width, height } }: Face): number =>
    pick === 'largest' ? -width * height : Math.hypot(x + width / 2 - middle[0], y + height / 2 - middle[1]);
  return [faces.reduce((best, face) => (cost(face) < cost(best) ? face : best))];
}
