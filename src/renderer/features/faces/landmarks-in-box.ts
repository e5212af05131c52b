// Where eyes, nose and mouth usually lie in a box from brow to chin: the start for a person's own placing. Pure.
import type { Box, Landmarks, Point } from '#shared/domain/geometry.ts';

/** Of an upright face looking at the camera; left and right as seen in the picture. */
const shares: Landmarks = [
  [0.31, 0.36],
  [0.69, 0.36],
  [0.5, 0.58],
  [0.34, 0.78],
  [0.66, 0.78],
];

export function landmarksInBox({ x, y, width, height }: Box): Landmarks {
  const place = ([across, down]: Point): Point => [x + across * width, y + down * height];
  return [place(shares[0]), place(shares[1]), place(shares[2]), place(shares[3]), place(shares[4])];
}

/** The box between two corners, inside the photo; null where it is too small to mean a face. */
export function boxBetween(
  from: Point,
  to: Point,
  photo: { readonly widthPx: number; readonly heightPx: number },
): Box | null {
  const inside = (value: number, limit: number): number => Math.min(Math.max(value, 0), limit);
  const [left, right] = [from[0], to[0]].map((x) => inside(x, photo.widthPx)).sort((a, b) => a - b) as [
    number,
    number,
  ];
  const [top, bottom] = [from[1], to[1]].map((y) => inside(y, photo.heightPx)).sort((a, b) => a - b) as [
    number,
    number,
  ];
  if (right - left < smallestFacePx || bottom - top < smallestFacePx) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** A slip of the mouse is smaller; so is a face that holds nothing to restore. */
const smallestFacePx = 12;
