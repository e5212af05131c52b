// Where a picture lies on the stage, and how zooming and panning move it. Pure.
// Stage units are CSS pixels; `scale` is CSS pixels per pixel of the photo; x and y place its top left corner.

import type { Box } from '#shared/domain/geometry.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}
export interface StagePoint {
  readonly x: number;
  readonly y: number;
}

/** A view that does not depend on the size of the window: its scale, and the photo's point in the middle. */
export interface RememberedZoom {
  readonly scale: number;
  readonly centreX: number;
  readonly centreY: number;
}

export function zoomOfView(view: View, stage: Size): RememberedZoom {
  return {
    scale: view.scale,
    centreX: (stage.width / 2 - view.x) / view.scale,
    centreY: (stage.height / 2 - view.y) / view.scale,
  };
}

export function viewOfZoom(zoom: RememberedZoom, stage: Size): View {
  return {
    scale: zoom.scale,
    x: stage.width / 2 - zoom.centreX * zoom.scale,
    y: stage.height / 2 - zoom.centreY * zoom.scale,
  };
}

/** Room left around a fitted picture, in CSS pixels. */
export const fitMarginPx = 24;
/** Eight CSS pixels per photo pixel show single pixels, where nothing sharper than the photo is there. */
const defaultLargestScale = 8;

/** The whole photo, centred, with a margin. */
export function fitView(stage: Size, photo: Size): View {
  const margin = Math.min(fitMarginPx, stage.width * 0.04, stage.height * 0.04);
  const scale = Math.max(
    0.001,
    Math.min((stage.width - 2 * margin) / photo.width, (stage.height - 2 * margin) / photo.height),
  );
  return centred(stage, photo, scale);
}

function centred(stage: Size, photo: Size, scale: number): View {
  return {
    scale,
    x: (stage.width - photo.width * scale) / 2,
    y: (stage.height - photo.height * scale) / 2,
  };
}

/** Zooms by `factor` and keeps the photo's spot under `anchor` where it is. Limits: a quarter of fit, and `largestScale`. */
export function zoomView(
  view: View,
  factor: number,
  anchor: StagePoint,
  stage: Size,
  photo: Size,
  largestScale = defaultLargestScale,
): View {
  const fitScale = fitView(stage, photo).scale;
  const wanted = view.scale * factor;
  const scale = Math.min(Math.max(wanted, fitScale / 4), Math.max(largestScale, fitScale));
  const ratio = scale / view.scale;
  return keepInside(
    { scale, x: anchor.x - (anchor.x - view.x) * ratio, y: anchor.y - (anchor.y - view.y) * ratio },
    stage,
    photo,
  );
}

export function panView(view: View, dx: number, dy: number, stage: Size, photo: Size): View {
  return keepInside({ ...view, x: view.x + dx, y: view.y + dy }, stage, photo);
}

/** A side smaller than the stage is centred; a larger one never leaves a gap at the edge. */
export function keepInside(view: View, stage: Size, photo: Size): View {
  const place = (offset: number, stageSide: number, pictureSide: number): number =>
    pictureSide <= stageSide
      ? (stageSide - pictureSide) / 2
      : Math.min(0, Math.max(stageSide - pictureSide, offset));
  return {
    scale: view.scale,
    x: place(view.x, stage.width, photo.width * view.scale),
    y: place(view.y, stage.height, photo.height * view.scale),
  };
}

/** A box in the middle of the stage with room around it, so that it is seen with what it belongs to. */
export function zoomOnBox(box: Box, stage: Size, largestScale: number): RememberedZoom {
  const scale = Math.min(stage.width / box.width, stage.height / box.height) / roomAroundBox;
  return {
    scale: Math.min(scale, largestScale),
    centreX: box.x + box.width / 2,
    centreY: box.y + box.height / 2,
  };
}

/** Stage over box: a face with its hair and chin. */
const roomAroundBox = 1.8;

/** The part of the stage the picture covers. */
export function coveredPart(
  view: View,
  stage: Size,
  photo: Size,
): { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number } {
  const left = Math.max(0, view.x);
  const top = Math.max(0, view.y);
  return {
    left,
    top,
    right: Math.max(left + 1, Math.min(stage.width, view.x + photo.width * view.scale)),
    bottom: Math.max(top + 1, Math.min(stage.height, view.y + photo.height * view.scale)),
  };
}

/** The part of the stage the picture covers from left to right, and where a split at `fraction` of it falls. */
export function placeSplit(
  view: View,
  stage: Size,
  photo: Size,
  fraction: number,
): { readonly left: number; readonly right: number; readonly stageX: number } {
  const { left, right } = coveredPart(view, stage, photo);
  return { left, right, stageX: left + (right - left) * fraction };
}
