import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Edit } from '#shared/domain/edit.ts';
import { type PhotoId, versionIdSchema } from '#shared/domain/ids.ts';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
let documentPath: string;
let photoId: PhotoId;
beforeEach(async () => {
  driver = driveStudio();
  const made = path.join(driver.dataFolder, 'Family.heirloom');
  documentPath = (await driver.call('project.create', { documentPath: made })).documentPath;
  const sources = [{ kind: 'path', path: driver.picture('a.png', { faces: 1 }) } as const];
  const photo = (await driver.call('photos.import', { sources })).imported[0];
  if (photo === undefined) throw new Error('not imported');
  photoId = photo.id;
});
afterEach(() => driver.close());

const scale = (value: number): Edit => ({ kind: 'photo.set-scale', scale: value });
const apply = (...edits: Edit[]) =>
  edits.reduce(async (before, edit) => {
    await before;
    await driver.call('edits.apply', { photoId, edit });
  }, Promise.resolve());
const position = async () => {
  const { steps, cursor } = await driver.call('edits.history', { photoId });
  return { scales: steps.map(({ edit }) => ('scale' in edit ? edit.scale : edit.kind)), cursor };
};
const names = async () => (await driver.call('versions.list', { photoId })).map(({ name }) => name);
const save = async (name: string) => {
  const saved = (await driver.call('versions.save', { photoId, name })).at(-1);
  if (saved === undefined) throw new Error('not saved');
  return saved;
};
const restore = async () => driver.ended((await driver.call('results.render', { photoId })).id);

it('jumps to any position; steps stay; there is none beyond the last', async () => {
  await apply(scale(1), scale(2), scale(4));
  await driver.call('edits.jump', { photoId, cursor: 0 });
  expect(await position()).toEqual({ scales: [1, 2, 4], cursor: 0 });
  await driver.call('edits.jump', { photoId, cursor: 2 });
  expect(await position()).toEqual({ scales: [1, 2, 4], cursor: 2 });
  expect(await driver.failure('edits.jump', { photoId, cursor: 4 })).toBe('edit.no-such-position');
});

it('jumping back shows the existing result at once, without the engine', async () => {
  await apply(scale(1));
  await restore();
  const first = await driver.call('results.latest', { photoId });
  await apply(scale(4));
  await restore();
  expect((await driver.call('results.latest', { photoId }))?.result.id).not.toBe(first?.result.id);
  driver.engine.hold();
  await driver.call('edits.jump', { photoId, cursor: 1 });
  expect(await driver.call('results.latest', { photoId })).toEqual(first);
  driver.engine.release();
});

it('a version on the way is a jump; its redo tail stays', async () => {
  await apply(scale(1));
  const version = await save('Small');
  await apply(scale(4));
  await driver.call('versions.open', { photoId, versionId: version.id, keepAs: 'Before' });
  expect(await position()).toEqual({ scales: [1, 4], cursor: 1 });
  expect(await names()).toEqual(['Small']);
});

it('a version whose steps were replaced comes back, and what was there is kept under a name', async () => {
  await apply(scale(1), scale(2));
  const version = await save('Double');
  await driver.call('edits.jump', { photoId, cursor: 1 });
  await apply(scale(4));
  await driver.call('versions.open', { photoId, versionId: version.id, keepAs: 'Before Double' });
  expect(await position()).toEqual({ scales: [1, 2], cursor: 2 });
  expect(await names()).toEqual(['Double', 'Before Double']);
  const kept = (await driver.call('versions.list', { photoId })).at(-1);
  if (kept === undefined) throw new Error('not kept');
  await driver.call('versions.open', { photoId, versionId: kept.id, keepAs: 'Unneeded' });
  expect(await position()).toEqual({ scales: [1, 4], cursor: 2 });
  expect(await names()).toEqual(['Double', 'Before Double']);
});

it('names and the results of their states survive compacting and reopening', async () => {
  await apply(scale(1));
  const { resultId } = await restore();
  await save('Small');
  await apply(scale(4));
  await restore();
  await driver.call('project.compact', {});
  await driver.call('project.close', {});
  await driver.call('project.open', { documentPath });
  const [version] = await driver.call('versions.list', { photoId });
  expect(version).toMatchObject({ name: 'Small', resultId });
});

it('forgets a name and keeps the history; an unknown version is refused', async () => {
  await apply(scale(1));
  const { id } = await save('Small');
  expect(await driver.call('versions.remove', { photoId, versionId: id })).toEqual([]);
  expect(await position()).toEqual({ scales: [1], cursor: 1 });
  const versionId = versionIdSchema.parse(crypto.randomUUID());
  expect(await driver.failure('versions.open', { photoId, versionId, keepAs: 'x' })).toBe(
    'version.not-found',
  );
});
