import { describe, expect, it } from 'vitest';
import { boxBetween, landmarksInBox } from '../../../../src/renderer/features/faces/landmarks-in-box.ts';

const photo = { widthPx: 400, heightPx: 300 };

describe('boxBetween', () => {
  it('takes the corners in any order and stays inside the photo', () => {
    expect(boxBetween([50, 200], [10, 20], photo)).toEqual({ x: 10, y: 20, width: 40, height: 180 });
    expect(boxBetween([-30, -10], [500, 90], photo)).toEqual({ x: 0, y: 0, width: 400, height: 90 });
  });

  it('a slip of the mouse is no face', () => {
    expect(boxBetween([50, 50], [55, 120], photo)).toBeNull();
    expect(boxBetween([-30, 50], [-5, 120], photo)).toBeNull();
  });
});

describe('landmarksInBox', () => {
  it('lie inside, left before right, eyes over nose over mouth', () => {
    const [leftEye, rightEye, nose, leftMouth, rightMouth] = landmarksInBox({
      x: 100,
      y: 50,
      width: 80,
      height: 100,
    });
    for (const [x, y] of [leftEye, rightEye, nose, leftMouth, rightMouth]) {
      expect(x).toBeGreaterThan(100);
      expect(x).toBeLessThan(180);
      expect(y).toBeGreaterThan(50);
      expect(y).toBeLessThan(150);
    }
    expect(leftEye[0]).toBeLessThan(rightEye[0]);
    expect(leftMouth[0]).toBeLessThan(rightMouth[0]);
    expect(leftEye[1]).toBeLessThan(nose[1]);
    expect(nose[1]).toBeLessThan(leftMouth[1]);
  });
});
