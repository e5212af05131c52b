// One face is reported once, two people twice.
import { describe, expect, it } from 'vitest';
import type { Point } from '#shared/domain/geometry.ts';
import type { FaceCandidate } from '../../../../../src/engine/steps/detect/face-candidate.ts';
import {
  blendOverlapping,
  keepOnePerFace,
  overlapOfBoxes,
} from '../../../../../src/engine/steps/detect/merge-candidates.ts';

/** A face of the usual proportions: eyes two fifths of the width apart, a third of the way down. */
function faceAt(x: number, y: number, width: number, score: number, height = width): FaceCandidate {
  const at = (u: number, v: number): Point => [x + u * width, y + v * height];
  return {
    box: { x, y, width, height },
    landmarks: [at(0.3, 0.33), at(0.7, 0.33), at(0.5, 0.55), at(0.33, 0.75), at(0.67, 0.75)],
    score,
  };
}

describe('overlapOfBoxes', () => {
  it('is intersection over union', () => {
    const box = { x: 0, y: 0, width: 10, height: 10 };
    expect(overlapOfBoxes(box, box)).toBe(1);
    expect(overlapOfBoxes(box, { x: 5, y: 0, width: 10, height: 10 })).toBeCloseTo(50 / 150, 10);
    expect(overlapOfBoxes(box, { x: 2, y: 2, width: 5, height: 4 })).toBeCloseTo(0.2, 10);
    expect(overlapOfBoxes(box, { x: 10, y: 0, width: 10, height: 10 })).toBe(0);
    expect(overlapOfBoxes({ ...box, width: 0 }, box)).toBe(0);
  });
});

describe('blendOverlapping', () => {
  it('averages what overlaps by score, and keeps the best score', () => {
    const [blended, ...others] = blendOverlapping([faceAt(10, 0, 100, 0.3), faceAt(0, 0, 100, 0.9)]);
    expect(others).toEqual([]);
    expect(blended?.score).toBe(0.9);
    expect(blended?.box).toEqual({ x: expect.closeTo(2.5, 9), y: 0, width: 100, height: 100 });
    expect(blended?.landmarks[0][0]).toBeCloseTo(32.5, 9);
    expect(blended?.landmarks[4][0]).toBeCloseTo(69.5, 9);
  });

  it('leaves apart what overlaps less than three tenths, best first', () => {
    const [weaker, better] = [faceAt(0, 0, 100, 0.5), faceAt(60, 0, 100, 0.8)];
    expect(blendOverlapping([weaker, better])).toEqual([better, weaker]);
  });

  it('ends on boxes without an area, which overlap nothing, not even themselves', () => {
    expect(blendOverlapping([faceAt(0, 0, 0, 0.9), faceAt(0, 0, 0, 0.8)])).toHaveLength(2);
    expect(blendOverlapping([])).toEqual([]);
  });
});

describe('keepOnePerFace', () => {
  const sure = 0.75;

  it('keeps the better of two answers for one face', () => {
    const [better, weaker] = [faceAt(0, 0, 100, 0.95), faceAt(8, 5, 90, 0.9)];
    expect(keepOnePerFace([weaker, better], sure)).toEqual([better]);
  });

  it('takes boxes that overlap by more than a third for one face, wherever the eyes are', () => {
    // Of each 100 parts 55 are shared: 55 of 145 together, yet neither lies inside the other.
    const [better, weaker] = [faceAt(0, 0, 100, 0.95), faceAt(45, 0, 100, 0.9)];
    expect(keepOnePerFace([better, weaker], sure)).toEqual([better]);
    const farther = faceAt(50, 0, 100, 0.9);
    expect(keepOnePerFace([better, farther], sure)).toHaveLength(2);
  });

  it('keeps two people cheek to cheek', () => {
    const couple = [faceAt(0, 0, 100, 0.95), faceAt(80, 10, 100, 0.9)];
    expect(keepOnePerFace(couple, sure)).toEqual(couple);
  });

  it('takes a box mostly inside a better one for a part of that face', () => {
    const [whole, mouth] = [faceAt(0, 0, 100, 0.95), faceAt(30, 65, 35, 0.8)];
    expect(keepOnePerFace([mouth, whole], sure)).toEqual([whole]);
  });

  it('takes an unsure answer that touches a better one for a part of it, a sure one for a neighbour', () => {
    // Shares 30 of 100 parts of its own area.
    const [whole, beside] = [faceAt(0, 0, 100, 0.95), faceAt(85, 30, 50, 0.7)];
    expect(keepOnePerFace([whole, beside], sure)).toEqual([whole]);
    expect(keepOnePerFace([whole, { ...beside, score: 0.8 }], sure)).toHaveLength(2);
  });

  it('knows one face by its eyes when the boxes differ much', () => {
    const whole = faceAt(0, 0, 100, 0.95);
    // A flat box around the eyes and far beyond: little shared area, the same eyes.
    const stretched = { ...faceAt(-200, 25, 500, 0.9, 20), landmarks: whole.landmarks };
    expect(overlapOfBoxes(whole.box, stretched.box)).toBeLessThan(0.2);
    expect(keepOnePerFace([whole, stretched], sure)).toEqual([whole]);
    const otherEyes = { ...stretched, landmarks: faceAt(250, 0, 100, 0).landmarks };
    expect(keepOnePerFace([whole, otherEyes], sure)).toHaveLength(2);
  });
});
