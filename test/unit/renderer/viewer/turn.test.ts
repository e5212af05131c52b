import { describe, expect, it } from 'vitest';
import type { Point } from '#shared/domain/geometry.ts';
import type { Turn } from '#shared/domain/project-view.ts';
import {
  boardOf,
  nextTurn,
  placeOnStage,
  turnedBox,
  turnedSize,
  turnZoom,
} from '../../../../src/renderer/viewer/turn.ts';
import { fitView, viewOfZoom } from '../../../../src/renderer/viewer/view-transform.ts';

const photo = { width: 400, height: 300 };
const stage = { width: 900, height: 700 };
const turns: readonly Turn[] = [0, 90, 180, 270];

/** What a browser makes of the board's transform: translate, then rotate by quarters about the corner. */
function laidByCss(transform: string, [u, v]: Point): Point {
  const [, dx = 0, dy = 0] = /translate\((-?[\d.]+)(?:px)?, (-?[\d.]+)/.exec(transform)?.map(Number) ?? [];
  const angle = Number(/rotate\((\d+)deg\)/.exec(transform)?.[1] ?? 0);
  const cos = Math.round(Math.cos((angle * Math.PI) / 180));
  const sin = Math.round(Math.sin((angle * Math.PI) / 180));
  return [dx + u * cos - v * sin, dy + u * sin + v * cos];
}

describe('a turned view', () => {
  it('a quarter turn clockwise brings the top left corner to the top right', () => {
    const place = placeOnStage({ scale: 1, x: 0, y: 0 }, photo, 90);
    expect(place.toStage([0, 0])).toEqual([300, 0]);
    expect(place.toStage([400, 300])).toEqual([0, 400]);
    expect(turnedSize(photo, 90)).toEqual({ width: 300, height: 400 });
  });

  it('four turns either way come back', () => {
    expect(turns.reduce<Turn>((turn) => nextTurn(turn, true), 0)).toBe(0);
    expect(nextTurn(0, false)).toBe(270);
  });

  it.each(turns)('at %d degrees, pictures on the board lie where points and boxes are drawn', (turn) => {
    const view = { ...fitView(stage, turnedSize(photo, turn)), scale: 1.5 };
    const place = placeOnStage(view, photo, turn);
    const board = boardOf(view, stage, photo, turn);
    for (const point of [
      [0, 0],
      [400, 300],
      [13, 250],
    ] as const) {
      const onBoard: Point = [
        board.view.x + point[0] * board.view.scale,
        board.view.y + point[1] * board.view.scale,
      ];
      const drawn = place.toStage([...point]);
      const shown = laidByCss(board.transform, onBoard);
      expect(shown[0]).toBeCloseTo(drawn[0], 9);
      expect(shown[1]).toBeCloseTo(drawn[1], 9);
      const back = place.toPhoto(drawn);
      expect(back[0]).toBeCloseTo(point[0], 9);
      expect(back[1]).toBeCloseTo(point[1], 9);
    }
    // The board covers the stage exactly.
    const far = laidByCss(board.transform, [board.size.width, board.size.height]);
    const near = laidByCss(board.transform, [0, 0]);
    expect([Math.min(near[0], far[0]), Math.min(near[1], far[1])]).toEqual([0, 0]);
    expect([Math.max(near[0], far[0]), Math.max(near[1], far[1])]).toEqual([stage.width, stage.height]);
  });

  it('boxes keep a positive size', () => {
    const box = { x: 10, y: 20, width: 30, height: 40 };
    expect(turnedBox(box, photo, 90)).toEqual({ x: 240, y: 10, width: 40, height: 30 });
    expect(turnedBox(box, photo, 180)).toEqual({ x: 360, y: 240, width: 30, height: 40 });
    expect(turnedBox(box, photo, 270)).toEqual({ x: 20, y: 360, width: 40, height: 30 });
  });

  it.each(turns)('turning on from %d degrees keeps the point in the middle', (turn) => {
    const turned = turnedSize(photo, turn);
    const zoom = { scale: 3, centreX: 50, centreY: 80 };
    const middle: Point = [stage.width / 2, stage.height / 2];
    const before = placeOnStage(viewOfZoom(zoom, stage), photo, turn).toPhoto(middle);
    for (const isClockwise of [true, false]) {
      const on = turnZoom(zoom, turned, isClockwise);
      const after = placeOnStage(viewOfZoom(on, stage), photo, nextTurn(turn, isClockwise)).toPhoto(middle);
      expect(after[0]).toBeCloseTo(before[0], 9);
      expect(after[1]).toBeCloseTo(before[1], 9);
    }
  });
});
