// A picture looked at turned by quarters: where its points, boxes and layers lie on the stage. Pure.
// A view (scale, x, y) places the turned picture; points and boxes of the photo are always those of the upright one.
import type { Box, Point } from '#shared/domain/geometry.ts';
import type { Turn } from '#shared/domain/project-view.ts';
import type { RememberedZoom, Size, View } from './view-transform.ts';

/** Where photo pixels lie on the stage, for everything that is drawn over the picture. Stage units are CSS pixels. */
export interface StagePlace {
  toStage(pointInPhoto: Point): Point;
  toPhoto(pointOnStage: Point): Point;
  boxOnStage(boxInPhoto: Box): Box;
}

export function nextTurn(turn: Turn, isClockwise: boolean): Turn {
  return ((turn + (isClockwise ? 90 : 270)) % 360) as Turn;
}

export function turnedSize(photo: Size, turn: Turn): Size {
  return turn === 90 || turn === 270 ? { width: photo.height, height: photo.width } : photo;
}

/** Of the photo, as a point of the turned photo. */
export function turnedPoint([x, y]: Point, photo: Size, turn: Turn): Point {
  switch (turn) {
    case 0:
      return [x, y];
    case 90:
      return [photo.height - y, x];
    case 180:
      return [photo.width - x, photo.height - y];
    case 270:
      return [y, photo.width - x];
  }
}

export function turnedBox(box: Box, photo: Size, turn: Turn): Box {
  const [ax, ay] = turnedPoint([box.x, box.y], photo, turn);
  const [bx, by] = turnedPoint([box.x + box.width, box.y + box.height], photo, turn);
  return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(bx - ax), height: Math.abs(by - ay) };
}

export function placeOnStage(view: View, photo: Size, turn: Turn): StagePlace {
  // Turning back is turning on, the sides of the turned photo being the photo's.
  const back = ((360 - turn) % 360) as Turn;
  const turned = turnedSize(photo, turn);
  return {
    toStage(point) {
      const [x, y] = turnedPoint(point, photo, turn);
      return [view.x + x * view.scale, view.y + y * view.scale];
    },
    toPhoto: ([x, y]) => turnedPoint([(x - view.x) / view.scale, (y - view.y) / view.scale], turned, back),
    boxOnStage(box) {
      const { x, y, width, height } = turnedBox(box, photo, turn);
      return {
        x: view.x + x * view.scale,
        y: view.y + y * view.scale,
        width: width * view.scale,
        height: height * view.scale,
      };
    },
  };
}

/** A zoom on the turned photo, seen after one more quarter turn: the same point of the photo stays in the middle. */
export function turnZoom(zoom: RememberedZoom, turned: Size, isClockwise: boolean): RememberedZoom {
  const [centreX, centreY] = turnedPoint([zoom.centreX, zoom.centreY], turned, isClockwise ? 90 : 270);
  return { scale: zoom.scale, centreX, centreY };
}

export interface Board {
  /** CSS: lays an upright board of this size over the stage, turned. */
  readonly transform: string;
  readonly size: Size;
  /** Where the upright photo lies on the upright board. */
  readonly view: View;
}

/** A board that covers the stage exactly once turned: layers are laid on it as if nothing were turned. */
export function boardOf(view: View, stage: Size, photo: Size, turn: Turn): Board {
  const { scale, x, y } = view;
  const size = turnedSize(stage, turn);
  const right = stage.width - x - turnedSize(photo, turn).width * scale;
  const bottom = stage.height - y - turnedSize(photo, turn).height * scale;
  switch (turn) {
    case 0:
      return { transform: 'none', size, view };
    case 90:
      return {
        transform: `translate(${stage.width}px, 0) rotate(90deg)`,
        size,
        view: { scale, x: y, y: right },
      };
    case 180:
      return {
        transform: `translate(${stage.width}px, ${stage.height}px) rotate(180deg)`,
        size,
        view: { scale, x: right, y: bottom },
      };
    case 270:
      return {
        transform: `translate(0, ${stage.height}px) rotate(270deg)`,
        size,
        view: { scale, x: bottom, y: x },
      };
  }
}
