import { describe, expect, it } from 'vitest';
import type { FaceCandidate } from '../../../../../src/engine/steps/detect/face-candidate.ts';
import {
  FaceFollower,
  type FrameEyes,
  paceFor,
  type RawTrack,
} from '../../../../../src/engine/steps/video/follow-faces.ts';

function faceAt(x: number, y = 100, side = 60): FaceCandidate {
  return {
    box: { x, y, width: side, height: side },
    landmarks: [
      [x + side * 0.3, y + side * 0.4],
      [x + side * 0.7, y + side * 0.4],
      [x + side * 0.5, y + side * 0.6],
      [x + side * 0.35, y + side * 0.8],
      [x + side * 0.65, y + side * 0.8],
    ],
    score: 0.9,
  };
}

/** `scene(frame)` are the faces that are truly there; counts how often the whole frame was looked at. */
async function follow(
  frames: number,
  scene: (frame: number) => FaceCandidate[],
  cuts: readonly number[] = [],
) {
  const follower = new FaceFollower(paceFor(25));
  let looks = 0;
  for (let frame = 0; frame < frames; frame++) {
    const faces = scene(frame);
    const eyes: FrameEyes = {
      detect: async () => {
        looks += 1;
        return faces;
      },
      refine: async (near) => faces.find((face) => Math.abs(face.box.x - near.box.x) < 30) ?? null,
      describe: async (face) => (face.box.y < 0 ? null : [face.box.y, frame]),
    };
    await follower.step(frame, cuts.includes(frame), eyes);
  }
  return { tracks: follower.finish(frames), looks };
}

const spans = (tracks: readonly RawTrack[]) =>
  tracks.map(({ sightings }) => [sightings[0]?.frame, sightings.at(-1)?.frame, sightings.length]);

describe('FaceFollower', () => {
  it('follows a moving face with few looks at the whole frame', async () => {
    const { tracks, looks } = await follow(100, (frame) => [faceAt(10 + frame * 3)]);
    expect(spans(tracks)).toEqual([[0, 99, 100]]);
    expect(looks).toBeLessThanOrEqual(11);
  });

  it('knows a face again after a short miss, also where it has gone on meanwhile', async () => {
    const { tracks } = await follow(80, (frame) =>
      frame >= 30 && frame < 45 ? [] : [faceAt(10 + frame * 2)],
    );
    expect(tracks).toHaveLength(1);
    expect(tracks[0]?.sightings.map(({ frame }) => frame)).not.toContain(35);
  });

  it('takes a face after a long absence for another', async () => {
    const { tracks } = await follow(120, (frame) => (frame >= 20 && frame < 80 ? [] : [faceAt(50)]));
    expect(tracks).toHaveLength(2);
  });

  it('begins anew at a cut, even where a face stands at the same place', async () => {
    const { tracks } = await follow(60, () => [faceAt(50)], [25]);
    expect(spans(tracks)).toEqual([
      [0, 24, 25],
      [25, 59, 35],
    ]);
    expect(tracks.map(({ sceneStart, sceneEnd }) => [sceneStart, sceneEnd])).toEqual([
      [0, 25],
      [25, 60],
    ]);
  });

  it('keeps two people apart who stand side by side', async () => {
    const { tracks } = await follow(50, () => [faceAt(50), faceAt(140)]);
    expect(spans(tracks)).toEqual([
      [0, 49, 50],
      [0, 49, 50],
    ]);
  });

  it('describes a face seldom, but all along its track; one that says nothing is left out', async () => {
    const { tracks, looks } = await follow(400, () => [faceAt(50, 100), faceAt(300, -10)]);
    const described = tracks.map(({ descriptors }) => descriptors.map(([, frame]) => frame));
    expect(looks).toBeGreaterThan(32);
    expect(described).toEqual([[0, 10, 30, 70, 150, 310], []]);
  });

  it('drops what flashes up in a frame or two', async () => {
    const { tracks } = await follow(60, (frame) => (frame === 20 ? [faceAt(50)] : []));
    expect(tracks).toEqual([]);
  });
});
