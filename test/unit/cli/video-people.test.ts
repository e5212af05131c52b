import { describe, expect, it } from 'vitest';
import type { ClipTrack } from '#shared/domain/clip.ts';
import { video as words } from '#shared/messages/en/video.ts';
import { WrongUse } from '../../../src/cli/read-options.ts';
import { choicesOfFaces, countPeople, peopleInWords } from '../../../src/cli/video-people.ts';

const track = (trackId: number, personId: number): ClipTrack => ({
  trackId,
  personId,
  firstSeconds: trackId,
  lastSeconds: trackId + 0.96,
  frameCount: 24,
  bestSeconds: trackId,
  bestBoxInFrame: { x: 0, y: 0, width: 10, height: 10 },
});
const tracks = [track(1, 1), track(2, 2), track(3, 1)];

describe('people on the command line', () => {
  it('are counted and told with the times they are seen', () => {
    expect(countPeople(tracks)).toBe(2);
    expect(peopleInWords(tracks, words)).toEqual([
      '  Person 1: 1.00 s to 1.96 s (face 1), 3.00 s to 3.96 s (face 3)',
      '  Person 2: 2.00 s to 2.96 s (face 2)',
    ]);
  });

  it('get what was said of them, and a face what was said of itself', () => {
    const people = [
      { personId: 1, enabled: true, fidelity: 0.9 },
      { personId: 2, enabled: false, fidelity: null },
    ];
    const faces = [{ trackId: 3, enabled: true, fidelity: 0.2 }];
    expect(choicesOfFaces(tracks, people, faces, words)).toEqual([
      { trackId: 1, enabled: true, fidelity: 0.9 },
      { trackId: 2, enabled: false, fidelity: null },
      { trackId: 3, enabled: true, fidelity: 0.2 },
    ]);
  });

  it('who are not there cannot get anything', () => {
    const people = [{ personId: 7, enabled: false, fidelity: null }];
    expect(() => choicesOfFaces(tracks, people, [], words)).toThrow(WrongUse);
  });
});
