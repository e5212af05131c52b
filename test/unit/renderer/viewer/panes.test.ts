import { describe, expect, it } from 'vitest';
import { layPanes, pointInPane } from '../../../../src/renderer/viewer/panes.ts';
import { viewOfZoom, zoomOnBox } from '../../../../src/renderer/viewer/view-transform.ts';

describe('panes', () => {
  it('lie side by side where there is room, else one above the other', () => {
    expect(layPanes({ width: 1001, height: 500 }, 2)).toEqual({
      size: { width: 499, height: 500 },
      corners: [
        { x: 0, y: 0 },
        { x: 502, y: 0 },
      ],
    });
    expect(layPanes({ width: 320, height: 500 }, 2)).toEqual({
      size: { width: 320, height: 249 },
      corners: [
        { x: 0, y: 0 },
        { x: 0, y: 251 },
      ],
    });
  });

  it('the same spot of either pane is the same point', () => {
    const panes = layPanes({ width: 1000, height: 500 }, 2);
    expect(pointInPane({ x: 10, y: 20 }, panes)).toEqual({ x: 10, y: 20 });
    expect(pointInPane({ x: 511, y: 20 }, panes)).toEqual({ x: 10, y: 20 });
  });
});

it('a box zoomed to lies in the middle, whole, and not larger than allowed', () => {
  const stage = { width: 900, height: 600 };
  const box = { x: 100, y: 200, width: 60, height: 90 };
  const view = viewOfZoom(zoomOnBox(box, stage, 100), stage);
  expect(view.x + 130 * view.scale).toBeCloseTo(450);
  expect(view.y + 245 * view.scale).toBeCloseTo(300);
  expect(box.height * view.scale).toBeGreaterThan(300);
  expect(box.height * view.scale).toBeLessThan(600);
  expect(zoomOnBox(box, stage, 2).scale).toBe(2);
});
