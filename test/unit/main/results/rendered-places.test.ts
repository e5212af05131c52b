import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PhotoId } from '#shared/domain/ids.ts';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
let photoId: PhotoId;
beforeEach(async () => {
  driver = driveStudio();
  await driver.call('project.create', { documentPath: path.join(driver.dataFolder, 'Family.heirloom') });
  const sources = [{ kind: 'path', path: driver.picture('a.png', { faces: 1 }) } as const];
  const photo = (await driver.call('photos.import', { sources })).imported[0];
  if (photo === undefined) throw new Error('not imported');
  photoId = photo.id;
  await driver.ended((await driver.call('faces.find', { photoId })).id);
});
afterEach(() => driver.close());

const setScale = (scale: number) =>
  driver.call('edits.apply', { photoId, edit: { kind: 'photo.set-scale', scale } });
const render = async (at?: Parameters<typeof driver.call<'results.render'>>[1]['at']) =>
  driver.ended((await driver.call('results.render', at === undefined ? { photoId } : { photoId, at })).id);
const widths = async () => {
  const { positions, versions } = await driver.call('results.list-rendered', { photoId });
  return [...positions, ...versions].map(({ picture }) => picture?.widthPx ?? null);
};
const restores = () => driver.engine.tasks.filter(({ kind }) => kind === 'restore-photo').length;

it('lists the places of the history that have a picture, undone and dropped ones too, and renders none', async () => {
  await setScale(4);
  expect(await widths()).toEqual([null, null]);
  await render();
  expect(await widths()).toEqual([null, 1600]);
  await driver.call('versions.save', { photoId, name: 'Large' });
  await driver.call('edits.undo', { photoId });
  expect(await widths()).toEqual([null, 1600, 1600]);
  // Another way on: the step is gone from the history, its version still has its picture.
  await setScale(1);
  await setScale(4);
  expect(await widths()).toEqual([null, null, 1600, 1600]);
  expect(restores()).toBe(1);
});

it('renders another place without going there, once', async () => {
  await setScale(4);
  await setScale(1);
  const job = await render({ kind: 'position', cursor: 1 });
  expect(job.state).toBe('done');
  expect(await widths()).toEqual([null, 1600, null]);
  expect(await driver.call('edits.history', { photoId })).toMatchObject({ cursor: 2 });
  await render({ kind: 'position', cursor: 1 });
  expect(restores()).toBe(1);
  expect(await driver.failure('results.render', { photoId, at: { kind: 'position', cursor: 9 } })).toBe(
    'edit.no-such-position',
  );
  const versionId = crypto.randomUUID();
  const at = { kind: 'version', versionId } as never;
  expect(await driver.failure('results.render', { photoId, at })).toBe('version.not-found');
});

it('a picture whose file is gone is none', async () => {
  await render();
  expect(await widths()).toEqual([800]);
  rmSync(path.join(driver.dataFolder, 'Family', 'results'), { recursive: true });
  expect(await widths()).toEqual([null]);
});
