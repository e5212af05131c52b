import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type PhotoId, photoIdSchema } from '#shared/domain/ids.ts';
import {
  choose,
  emptySelection,
  keepShown,
  move,
  type Selection,
  selectAll,
} from '../../../../src/renderer/features/gallery/selection.ts';

const shown: readonly PhotoId[] = Array.from({ length: 11 }, () => photoIdSchema.parse(randomUUID()));
const at = (index: number): PhotoId => {
  const id = shown[index];
  if (id === undefined) throw new Error(`no photo ${index}`);
  return id;
};
const plain = { isRange: false, isToggle: false };
const range = { isRange: true, isToggle: false };
const toggle = { isRange: false, isToggle: true };
const grid = { columns: 4, rowsInSight: 2 };
const indexesOf = ({ ids }: Selection) => [...ids].map((id) => shown.indexOf(id)).toSorted((a, b) => a - b);
const activeOf = ({ active }: Selection) => (active === null ? null : shown.indexOf(active));

describe('choose', () => {
  it('a plain click selects one, with control one more or one less', () => {
    const one = choose(emptySelection, shown, at(3), plain);
    expect(indexesOf(one)).toEqual([3]);
    const two = choose(one, shown, at(7), toggle);
    expect(indexesOf(two)).toEqual([3, 7]);
    expect(indexesOf(choose(two, shown, at(3), toggle))).toEqual([7]);
    expect(indexesOf(choose(two, shown, at(0), plain))).toEqual([0]);
  });

  it('with shift a range from the first click, in both directions, and again from the same place', () => {
    const first = choose(emptySelection, shown, at(5), plain);
    const down = choose(first, shown, at(8), range);
    expect(indexesOf(down)).toEqual([5, 6, 7, 8]);
    expect(indexesOf(choose(down, shown, at(3), range))).toEqual([3, 4, 5]);
  });

  it('shift with control adds a range to what is selected', () => {
    const both = choose(choose(emptySelection, shown, at(0), plain), shown, at(5), toggle);
    expect(indexesOf(choose(both, shown, at(7), { isRange: true, isToggle: true }))).toEqual([0, 5, 6, 7]);
  });
});

describe('move', () => {
  const from = (index: number) => choose(emptySelection, shown, at(index), plain);
  it.each([
    ['left', 5, 4],
    ['left', 0, 0],
    ['right', 3, 4],
    ['right', 10, 10],
    ['up', 5, 1],
    ['up', 2, 2],
    ['down', 1, 5],
    ['down', 7, 10],
    ['down', 9, 9],
    ['first', 6, 0],
    ['last', 6, 10],
    ['page-down', 1, 9],
    ['page-up', 9, 1],
    ['page-up', 5, 1],
  ] as const)('%s from %i goes to %i', (by, start, end) => {
    const moved = move(from(start), shown, by, grid, plain);
    expect(activeOf(moved)).toBe(end);
    expect(indexesOf(moved)).toEqual([end]);
  });

  it('begins at the first photo', () => {
    expect(activeOf(move(emptySelection, shown, 'down', grid, plain))).toBe(0);
    expect(move(emptySelection, [], 'down', grid, plain)).toBe(emptySelection);
  });

  it('with shift extends, with control moves without selecting', () => {
    const extended = move(move(from(2), shown, 'right', grid, range), shown, 'down', grid, range);
    expect(indexesOf(extended)).toEqual([2, 3, 4, 5, 6, 7]);
    const walked = move(from(2), shown, 'right', grid, toggle);
    expect([indexesOf(walked), activeOf(walked)]).toEqual([[2], 3]);
  });
});

it('what is no longer shown is no longer selected', () => {
  const all = selectAll(choose(emptySelection, shown, at(4), plain), shown);
  expect(all.ids.size).toBe(11);
  expect(keepShown(all, shown)).toBe(all);
  const kept = keepShown(all, shown.slice(0, 3));
  expect([indexesOf(kept), kept.active]).toEqual([[0, 1, 2], null]);
});
