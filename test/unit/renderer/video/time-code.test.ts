import { describe, expect, it } from 'vitest';
import {
  frameAt,
  frameRateOf,
  middleOfFrame,
  timeCode,
} from '../../../../src/renderer/features/video/player/time-code.ts';

describe('time of a clip', () => {
  it.each([
    [0, '0:00.00'],
    [7.52, '0:07.52'],
    [59.999, '0:59.99'],
    [61, '1:01.00'],
    [3723.4, '1:02:03.40'],
    [-1, '0:00.00'],
  ])('%s s reads %s', (seconds, words) => expect(timeCode(seconds)).toBe(words));

  it.each([25, 24000 / 1001, 30000 / 1001, 59.94, 16])(
    'a step at %s a second lands on the next frame',
    (rate) => {
      for (let frame = 0; frame < 4000; frame += 1) {
        expect(frameAt(middleOfFrame(frame, rate), rate)).toBe(frame);
        // Where a player puts the beginning of a frame, give or take a rounding error.
        expect(frameAt(frame / rate - 1e-7, rate)).toBe(frame);
      }
    },
  );

  it('never steps before the first frame', () => {
    expect(frameAt(middleOfFrame(-3, 25), 25)).toBe(0);
  });

  it('a file that does not say how fast it is plays at the usual speed', () => {
    const video = { frameRate: null } as Parameters<typeof frameRateOf>[0]['video'];
    expect(frameRateOf({ video })).toBe(25);
    expect(
      frameRateOf({ video: { ...video, frameRate: { numerator: 24000, denominator: 1001 } } }),
    ).toBeCloseTo(23.976, 3);
  });
});
