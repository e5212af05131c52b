// A change told by what is new: put onto the history before, it gives the history after.
import { describe, expect, it } from 'vitest';
import type { History, HistoryStep } from '#shared/domain/edit.ts';
import { changedHistory, historyChange } from '#shared/domain/history-change.ts';
import { editIdSchema, photoIdSchema } from '#shared/domain/ids.ts';

const photoId = photoIdSchema.parse('00000000-0000-4000-8000-000000000000');
const step = (name: number, sequence: number): HistoryStep => ({
  id: editIdSchema.parse(`00000000-0000-4000-8000-${String(name).padStart(12, '0')}`),
  photoId,
  sequence,
  edit: { kind: 'photo.set-scale', scale: 1 },
  madeAt: '2026-01-01T00:00:00.000Z',
});
const historyOf = (names: readonly number[], cursor: number): History => ({
  photoId,
  steps: names.map((name, index) => step(name, index + 1)),
  cursor,
});

describe('a change of a history', () => {
  const before = historyOf([1, 2, 3], 3);
  it.each([
    ['undone', historyOf([1, 2, 3], 1), 3, 0],
    ['one step more', historyOf([1, 2, 3, 4], 4), 3, 1],
    ['another way', historyOf([1, 5], 2), 1, 1],
    ['other steps', historyOf([7, 8], 2), 0, 2],
    ['fewer steps', historyOf([1], 1), 1, 0],
    ['none left', historyOf([], 0), 0, 0],
  ])('%s', (_name, after, keptCount, newCount) => {
    const change = historyChange(before.steps, after);
    expect(change.keptCount).toBe(keptCount);
    expect(change.newSteps).toHaveLength(newCount);
    expect(changedHistory(before, change)).toEqual(after);
    // Said twice, by the answer and by the event, it changes nothing more.
    expect(changedHistory(after, change)).toEqual(after);
  });

  it('keeps the list itself where no step changed', () => {
    const change = historyChange(before.steps, historyOf([1, 2, 3], 0));
    expect(changedHistory(before, change)?.steps).toBe(before.steps);
  });

  it('is refused by a history that is not the one changed', () => {
    const change = historyChange(before.steps, historyOf([1, 2, 3, 4], 4));
    expect(changedHistory(historyOf([1, 2], 2), change)).toBeNull();
    expect(changedHistory(historyOf([1, 2, 9], 3), change)).toBeNull();
  });
});
