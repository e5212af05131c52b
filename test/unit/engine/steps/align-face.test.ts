import { describe, expect, it } from 'vitest';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { applyAffine } from '../../../../src/engine/pixels/affine-matrix.ts';
import { alignFace } from '../../../../src/engine/steps/align-face.ts';
import { faceTemplate512 } from '../../../../src/shared/domain/face-template.ts';
import { landmarksAt, paint, psnr, samplesAt, waves } from '../../../helpers/test-pictures.ts';

describe('alignFace', () => {
  it('brings the landmarks onto the template, scaled to the size asked for', () => {
    const landmarks = landmarksAt(300, 260, 330, 17);
    const { photoToFace, face } = alignFace(waves(600, 500), landmarks, 256);
    expect([face.widthPx, face.heightPx]).toEqual([256, 256]);
    landmarks.forEach(([x, y], i) => {
      const [u, v] = applyAffine(photoToFace, x, y);
      expect(u).toBeCloseTo((faceTemplate512[i]?.[0] ?? 0) / 2, 4);
      expect(v).toBeCloseTo((faceTemplate512[i]?.[1] ?? 0) / 2, 4);
    });
  });

  it('copies pixel for pixel where nothing has to be turned or scaled', () => {
    const photo = waves(700, 640);
    const { face, photoToFace } = alignFace(photo, landmarksAt(100 + 255.5, 60 + 255.5, 512));
    expect(photoToFace[2]).toBeCloseTo(-100, 3);
    const expected = paint(512, 512, (x, y) => {
      const [r = 0, g = 0, b = 0] = samplesAt(photo, x + 100, y + 60);
      return [r / 255, g / 255, b / 255];
    });
    expect(psnr(face, expected)).toBeGreaterThan(60);
  });

  it.each([8, 16] as const)('fills what lies outside the photo with the known gray, at %i bit', (bits) => {
    const photo = waves(400, 400, 16, bits);
    const { face, insideFraction } = alignFace(photo, landmarksAt(0, 200, 300));
    const depth = bits === 16 ? 257 : 1;
    expect(samplesAt(face, 20, 256)).toEqual([132 * depth, 133 * depth, 135 * depth]);
    expect(insideFraction).toBeCloseTo(0.5, 1);
  });

  it('says that a face wholly inside is inside, and one wholly outside is not', () => {
    const photo = waves(400, 400);
    expect(alignFace(photo, landmarksAt(200, 200, 200, 30)).insideFraction).toBe(1);
    expect(alignFace(photo, landmarksAt(-900, 200, 200)).insideFraction).toBe(0);
  });

  it('does not alias a very large face', () => {
    // Stripes two pixels wide vanish into gray when four of them make one pixel; sampling would keep them as beats.
    const photo = paint(2300, 2300, (x) => (x % 4 < 2 ? [0, 0, 0] : [1, 1, 1]));
    const { face } = alignFace(photo, landmarksAt(1150, 1150, 2000, 3));
    const middle = [];
    for (let x = 100; x < 412; x++) middle.push(samplesAt(face, x, 256)[0] ?? 0);
    expect(Math.max(...middle) - Math.min(...middle)).toBeLessThan(30);
  });

  it('keeps a very large face in its place when prefiltering', () => {
    // A slow slope survives reduction unchanged, so each face pixel tells where in the photo it came from.
    const photo = paint(2300, 2300, (x, y) => [x / 2300, y / 2300, 0], 16);
    const { face, photoToFace } = alignFace(photo, landmarksAt(1100, 1200, 1900, 8));
    const [a, b, tx] = photoToFace;
    for (const [u, v] of [
      [40, 50],
      [256, 256],
      [470, 400],
    ] as const) {
      const [red = 0, green = 0] = samplesAt(face, u, v);
      const x = (red / 65535) * 2300;
      const y = (green / 65535) * 2300;
      expect(a * x + b * y + tx).toBeCloseTo(u, 0);
      expect(applyAffine(photoToFace, x, y)[1]).toBeCloseTo(v, 0);
    }
  });

  it('refuses landmarks that lie on one spot, with a code', () => {
    const photo = waves(64, 64);
    const spot = [30, 30] as [number, number];
    let thrown: unknown;
    try {
      alignFace(photo, [spot, spot, spot, spot, spot]);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(HeirloomError);
    expect((thrown as HeirloomError).code).toBe('face.landmarks-unusable');
  });
});
