import { expect, it } from 'vitest';
import { blendSamples, keyframeBlend } from '#shared/domain/keyframe-blend.ts';

it('finds the two keyframes around a fidelity', () => {
  const strip = [0, 0.5, 1];
  expect(keyframeBlend(strip, 0)).toEqual({ from: 0, to: 0, share: 0 });
  expect(keyframeBlend(strip, 0.25)).toEqual({ from: 0, to: 1, share: 0.5 });
  expect(keyframeBlend(strip, 0.5)).toEqual({ from: 0, to: 1, share: 1 });
  expect(keyframeBlend(strip, 0.75)).toEqual({ from: 1, to: 2, share: 0.5 });
  expect(keyframeBlend(strip, 1.3)).toEqual({ from: 2, to: 2, share: 0 });
  expect(keyframeBlend([0.5], 0.1)).toEqual({ from: 0, to: 0, share: 0 });
});

it('blends between the samples and reaches both ends exactly', () => {
  const [from, to] = [Uint8ClampedArray.of(0, 255, 10, 200), Uint8ClampedArray.of(255, 0, 20, 100)];
  const target = new Uint8ClampedArray(4);
  blendSamples(from, to, 0, target);
  expect(target).toEqual(from);
  blendSamples(from, to, 1, target);
  expect(target).toEqual(to);
  blendSamples(from, to, 0.5, target);
  expect([...target]).toEqual([128, 128, 15, 150]);
});
