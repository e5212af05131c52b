import { describe, expect, it } from 'vitest';
import type { Landmarks } from '#shared/domain/geometry.ts';
import type { RawTrack } from '../../../../../src/engine/steps/video/follow-faces.ts';
import { smoothingPaceFor, smoothTrack } from '../../../../../src/engine/steps/video/smooth-track.ts';
import { seededRandom } from '../../../../helpers/seeded-random.ts';

const pace = smoothingPaceFor(25);

function trackOf(
  xOf: (frame: number) => number,
  frames: readonly number[],
  scene: readonly [number, number] = [0, 1000],
): RawTrack {
  return {
    sceneStart: scene[0],
    sceneEnd: scene[1],
    descriptors: [],
    sightings: frames.map((frame) => {
      const x = xOf(frame);
      const landmarks: Landmarks = [
        [x, 100],
        [x + 60, 100],
        [x + 30, 130],
        [x + 8, 160],
        [x + 52, 160],
      ];
      return { frame, face: { box: { x, y: 60, width: 80, height: 120 }, landmarks, score: 1 } };
    }),
  };
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const eyes = (track: RawTrack) => smoothTrack(track, pace).map(({ landmarks }) => landmarks[0][0]);

describe('smoothTrack', () => {
  it('leaves an even movement as it is, from its first frame to its last', () => {
    const smooth = eyes(trackOf((frame) => 10 + 4 * frame, range(40)));
    for (const [frame, x] of smooth.entries()) expect(x).toBeCloseTo(10 + 4 * frame, 6);
  });

  it('takes most of the tremor from a face that stands still', () => {
    const random = seededRandom(11);
    const noise = range(60).map(() => (random() - 0.5) * 2);
    const smooth = eyes(trackOf((frame) => 100 + (noise[frame] ?? 0), range(60)));
    const deviation = (values: readonly number[]) =>
      Math.sqrt(values.reduce((sum, value) => sum + (value - 100) ** 2, 0) / values.length);
    expect(deviation(smooth)).toBeLessThan(0.4 * deviation(noise.map((value) => 100 + value)));
  });

  it('is not pulled by one bad reading', () => {
    const smooth = eyes(trackOf((frame) => (frame === 20 ? 140 : 100), range(40)));
    for (const x of smooth) expect(x).toBeCloseTo(100, 6);
  });

  it('follows a jolt of the camera within a small share of the eye distance', () => {
    const smooth = eyes(trackOf((frame) => (frame < 20 ? 100 : 130), range(40)));
    for (const [frame, x] of smooth.entries()) {
      expect(Math.abs(x - (frame < 20 ? 100 : 130))).toBeLessThanOrEqual(0.06 * 60 + 1e-6);
    }
  });

  it('fills a short gap and leaves a long one open', () => {
    const frames = range(60).filter((frame) => frame !== 10 && frame !== 11 && (frame < 30 || frame >= 45));
    const seen = smoothTrack(
      trackOf((frame) => 2 * frame, frames),
      pace,
    );
    expect(seen.map(({ frame }) => frame)).toEqual(range(60).filter((frame) => frame < 30 || frame >= 45));
    expect(seen[10]?.landmarks[0][0]).toBeCloseTo(20, 6);
  });

  it('comes and goes softly within a scene, and at once at its ends', () => {
    const inside = smoothTrack(
      trackOf(
        () => 0,
        range(30).map((frame) => frame + 10),
      ),
      pace,
    );
    expect(inside[0]?.presence).toBeLessThan(0.5);
    expect(inside[15]?.presence).toBe(1);
    expect(inside.at(-1)?.presence).toBeLessThan(0.5);
    const whole = smoothTrack(
      trackOf(() => 0, range(30), [0, 30]),
      pace,
    );
    expect(whole.every(({ presence }) => presence === 1)).toBe(true);
  });
});
