// Steps are read once and remembered, but never what a transaction has taken back.
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { HistoryStep } from '#shared/domain/edit.ts';
import { editIdSchema, photoIdSchema } from '#shared/domain/ids.ts';
import { createEditsStore } from '../../../../src/main/edits/edits-store.ts';

const photoId = photoIdSchema.parse('00000000-0000-4000-8000-000000000000');
const step = (sequence: number): HistoryStep => ({
  id: editIdSchema.parse(`00000000-0000-4000-8000-${String(sequence).padStart(12, '0')}`),
  photoId,
  sequence,
  edit: { kind: 'photo.set-scale', scale: sequence },
  madeAt: '2026-01-01T00:00:00.000Z',
});

it('gives what is stored after a commit and after a rollback', () => {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE edit (id TEXT, photo_id TEXT, sequence INTEGER, body TEXT, made_at TEXT)');
  const store = createEditsStore(database);
  const sequences = () => store.stepsOf(photoId).map(({ sequence }) => sequence);
  store.append(step(1));
  expect(sequences()).toEqual([1]);
  database.transaction(() => {
    store.append(step(2));
    expect(sequences()).toEqual([1, 2]);
  })();
  expect(sequences()).toEqual([1, 2]);
  expect(store.stepsOf(photoId)).toBe(store.stepsOf(photoId));
  expect(() =>
    database.transaction(() => {
      store.dropAfter(photoId, 1);
      store.append(step(3));
      expect(sequences()).toEqual([1, 3]);
      throw new Error('taken back');
    })(),
  ).toThrow('taken back');
  expect(sequences()).toEqual([1, 2]);
  database.transaction(() => expect(sequences()).toEqual([1, 2]))();
});
