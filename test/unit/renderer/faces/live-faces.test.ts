import { expect, it } from 'vitest';
import { faceTemplate512 } from '#shared/domain/face-template.ts';
import type { Landmarks } from '#shared/domain/geometry.ts';
import { type FaceId, faceIdSchema } from '#shared/domain/ids.ts';
import { faceOnStage } from '../../../../src/renderer/features/faces/face-on-stage.ts';
import { createLiveFaces } from '../../../../src/renderer/features/faces/live-faces.ts';
import { isRefreshSensible } from '../../../../src/renderer/features/faces/refresh-rule.ts';

const newId = (): FaceId => faceIdSchema.parse(crypto.randomUUID());

it('shows the faces a slider is about until they are hidden, and tells who listens', () => {
  const live = createLiveFaces();
  const [first, second] = [newId(), newId()];
  let told = 0;
  const stop = live.subscribe(() => {
    told += 1;
  });
  live.show([first], 0.3);
  expect([live.fidelityOf(first), live.fidelityOf(second)]).toEqual([0.3, null]);
  live.settle();
  expect([live.isSettling(), live.fidelityOf(first)]).toEqual([true, 0.3]);
  live.show([second], 0.6);
  expect([live.isSettling(), live.fidelityOf(first), live.fidelityOf(second)]).toEqual([false, null, 0.6]);
  live.hide();
  expect(live.fidelityOf(second)).toBeNull();
  live.settle();
  expect(live.isSettling(), 'nothing shown: nothing to wait for').toBe(false);
  const before = told;
  stop();
  live.show([first], 1);
  expect(told).toBe(before);
});

it('keeps its list of prepared faces the same while nothing is added', () => {
  const live = createLiveFaces();
  const face = newId();
  live.prepare([face]);
  const list = live.prepared();
  live.prepare([face]);
  live.show([face], 0.5);
  expect(live.prepared()).toBe(list);
  expect(list).toEqual([face]);
});

it('puts the aligned square where the face lies on the stage', () => {
  // Twice the template, moved: the square is shown at twice its size, times the zoom.
  const landmarks = faceTemplate512.map(([x, y]) => [2 * x + 100, 2 * y + 40]) as Landmarks;
  const numbers = (faceOnStage(landmarks, { x: 7, y: 9, scale: 0.5 }) ?? '').match(/-?[\d.]+/g)?.map(Number);
  // The first pixel's centre (0, 0) lies on photo pixel (100, 40): its corner half a face pixel further out.
  expect(numbers).toHaveLength(6);
  for (const [index, wanted] of [1, 0, 0, 1, 7 + 99.5 * 0.5, 9 + 39.5 * 0.5].entries())
    expect(numbers?.[index]).toBeCloseTo(wanted, 3);
  expect(faceOnStage(faceTemplate512.map(() => [3, 3]) as Landmarks, { x: 0, y: 0, scale: 1 })).toBeNull();
});

it('refreshes by itself only what was current and quick', () => {
  const current = { elapsedMs: 3000, isCurrent: true, isRestoring: false };
  expect(isRefreshSensible(current)).toBe(true);
  expect(isRefreshSensible({ ...current, elapsedMs: null })).toBe(false);
  expect(isRefreshSensible({ ...current, elapsedMs: 90_000 })).toBe(false);
  expect(isRefreshSensible({ ...current, isCurrent: false })).toBe(false);
  expect(isRefreshSensible({ ...current, isCurrent: false, isRestoring: true })).toBe(true);
});
