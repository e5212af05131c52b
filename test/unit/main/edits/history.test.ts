import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Edit } from '#shared/domain/edit.ts';
import { faceIdSchema, modelIdSchema, type PhotoId } from '#shared/domain/ids.ts';
import { faceAt } from '../../../helpers/fake-engine.ts';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
let documentPath: string;
let photoId: PhotoId;
beforeEach(async () => {
  driver = driveStudio();
  const made = path.join(driver.dataFolder, 'Family.heirloom');
  documentPath = (await driver.call('project.create', { documentPath: made })).documentPath;
  const sources = [{ kind: 'path', path: driver.picture('a.png', { faces: 2 }) } as const];
  const photo = (await driver.call('photos.import', { sources })).imported[0];
  if (photo === undefined) throw new Error('not imported');
  photoId = photo.id;
});
afterEach(() => driver.close());

const apply = (edit: Edit) => driver.call('edits.apply', { photoId, edit });
const fidelity = (value: number): Edit => ({ kind: 'photo.set-fidelity', fidelity: value });
const currentFidelities = async () => {
  const { steps, cursor } = await driver.call('edits.history', { photoId });
  return { steps: steps.map(({ edit }) => ('fidelity' in edit ? edit.fidelity : edit.kind)), cursor };
};

it('undo and redo move the cursor; steps stay', async () => {
  await apply(fidelity(0.1));
  await apply(fidelity(0.2));
  await driver.call('edits.undo', { photoId });
  expect(await currentFidelities()).toEqual({ steps: [0.1, 0.2], cursor: 1 });
  await driver.call('edits.redo', { photoId });
  expect(await currentFidelities()).toEqual({ steps: [0.1, 0.2], cursor: 2 });
  expect(await driver.failure('edits.redo', { photoId })).toBe('edit.nothing-to-redo');
  await driver.call('edits.undo', { photoId });
  await driver.call('edits.undo', { photoId });
  expect(await driver.failure('edits.undo', { photoId })).toBe('edit.nothing-to-undo');
  expect(await currentFidelities()).toEqual({ steps: [0.1, 0.2], cursor: 0 });
});

it('several steps at once: as many as there are', async () => {
  for (const value of [0.1, 0.2, 0.3]) await apply(fidelity(value));
  expect((await driver.call('edits.undo', { photoId, count: 2 })).cursor).toBe(1);
  expect((await driver.call('edits.undo', { photoId, count: 9 })).cursor).toBe(0);
  expect(await driver.failure('edits.undo', { photoId, count: 2 })).toBe('edit.nothing-to-undo');
  expect((await driver.call('edits.redo', { photoId, count: 2 })).cursor).toBe(2);
  expect((await driver.call('edits.redo', { photoId, count: 2 })).cursor).toBe(3);
  expect(await currentFidelities()).toEqual({ steps: [0.1, 0.2, 0.3], cursor: 3 });
});

it('tells of the steps that changed, not of those that stayed', async () => {
  for (const value of [0.1, 0.2, 0.3]) await apply(fidelity(value));
  const { steps } = await driver.call('edits.history', { photoId });
  expect(await driver.call('edits.undo', { photoId })).toEqual({
    photoId,
    keptCount: 3,
    lastKeptId: steps[2]?.id,
    newSteps: [],
    cursor: 2,
  });
  const changed = await apply(fidelity(0.9));
  expect(changed).toMatchObject({ keptCount: 2, lastKeptId: steps[1]?.id, cursor: 3 });
  expect(changed.newSteps.map(({ edit }) => edit)).toEqual([fidelity(0.9)]);
});

it('a new edit after undo drops what could be redone', async () => {
  for (const value of [0.1, 0.2, 0.3]) await apply(fidelity(value));
  await driver.call('edits.undo', { photoId });
  await driver.call('edits.undo', { photoId });
  await apply(fidelity(0.9));
  expect(await currentFidelities()).toEqual({ steps: [0.1, 0.9], cursor: 2 });
  expect(await driver.failure('edits.redo', { photoId })).toBe('edit.nothing-to-redo');
});

it('survives closing and opening again, redo tail included', async () => {
  await apply(fidelity(0.1));
  await apply(fidelity(0.2));
  await driver.call('edits.undo', { photoId });
  await driver.call('project.close', {});
  await driver.call('project.open', { documentPath });
  expect(await currentFidelities()).toEqual({ steps: [0.1, 0.2], cursor: 1 });
});

it('every change is announced once, after it is committed', async () => {
  driver.events.length = 0;
  await apply(fidelity(0.1));
  await driver.call('edits.undo', { photoId });
  expect(driver.eventsOf('history.changed').map(({ change }) => change.cursor)).toEqual([1, 0]);
  expect(driver.eventsOf('photo.changed')).toHaveLength(2);
  expect(driver.eventsOf('faces.changed')).toHaveLength(0);
});

it('refuses faces that are not there, models nobody knows, and face ids that are taken', async () => {
  const faceId = faceIdSchema.parse(crypto.randomUUID());
  const failure = (edit: Edit) => driver.failure('edits.apply', { photoId, edit });
  expect(await failure({ kind: 'face.set-enabled', faceId, enabled: false })).toBe('face.not-found');
  const modelId = modelIdSchema.parse('unheard-of');
  expect(await failure({ kind: 'photo.set-restorer', modelId })).toBe('model.unknown');
  const background = { upscalerId: modelId, strength: 1 };
  expect(await failure({ kind: 'photo.set-background', background })).toBe('model.unknown');
  const { boxInPhoto, landmarksInPhoto } = faceAt(0);
  const add: Edit = { kind: 'face.add', faceId, boxInPhoto, landmarksInPhoto };
  await apply(add);
  expect(await failure(add)).toBe('command.invalid-input');
  expect(await currentFidelities()).toEqual({ steps: ['face.add'], cursor: 1 });
});

it('a face marked by hand is listed and counted until it is undone', async () => {
  const faceId = faceIdSchema.parse(crypto.randomUUID());
  const { boxInPhoto, landmarksInPhoto } = faceAt(5);
  await apply({ kind: 'face.add', faceId, boxInPhoto, landmarksInPhoto });
  expect(await driver.call('faces.list', { photoId })).toMatchObject([{ id: faceId, source: 'manual' }]);
  expect((await driver.call('photos.list', {}))[0]?.faceCount).toBe(1);
  await driver.call('edits.undo', { photoId });
  expect(await driver.call('faces.list', { photoId })).toEqual([]);
  expect((await driver.call('photos.list', {}))[0]?.faceCount).toBe(0);
  expect(driver.eventsOf('faces.changed')).toHaveLength(2);
});

it('finding faces again keeps ids, and so the edits of faces that are still there', async () => {
  await driver.ended((await driver.call('faces.find', { photoId })).id);
  const before = await driver.call('faces.list', { photoId });
  const faceId = before[1]?.id;
  if (faceId === undefined) throw new Error('no face');
  await apply({ kind: 'face.set-fidelity', faceId, fidelity: 0 });
  await driver.ended((await driver.call('faces.find', { photoId })).id);
  expect((await driver.call('faces.list', { photoId })).map(({ id }) => id)).toEqual(
    before.map(({ id }) => id),
  );
  const recipe = await driver.call('edits.recipe', { photoId });
  expect(recipe.faces.map((face) => face.fidelity)).toEqual([0.7, 0]);
});
