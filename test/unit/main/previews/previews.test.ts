import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PhotoId, ResultId } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
let folder: string;
let photoId: PhotoId;
beforeEach(async () => {
  driver = driveStudio();
  await driver.call('project.create', { documentPath: path.join(driver.dataFolder, 'Family.heirloom') });
  folder = path.join(driver.dataFolder, 'Family');
  const sources = [{ kind: 'path', path: driver.picture('a.png') } as const];
  const photo = (await driver.call('photos.import', { sources })).imported[0];
  if (photo === undefined) throw new Error('not imported');
  photoId = photo.id;
});
afterEach(() => driver.close());
const previews = () => driver.engine.tasks.filter(({ kind }) => kind === 'make-preview');

it('is made once for ten requests at a time, and never again', async () => {
  const request = { kind: 'photo', id: photoId, variant: 'thumbnail' } as const;
  const files = await Promise.all(Array.from({ length: 10 }, () => driver.studio.pictureFile(request)));
  expect(new Set(files.map((file) => file.path)).size).toBe(1);
  expect(files[0]).toMatchObject({ contentType: 'image/webp' });
  expect(path.dirname(String(files[0]?.path))).toBe(path.join(folder, 'previews'));
  await driver.studio.pictureFile(request);
  expect(previews()).toHaveLength(1);
  expect(previews()[0]).toMatchObject({ maxSidePx: 320, pageIndex: 0 });
});

it('deleting previews loses nothing', async () => {
  const request = { kind: 'photo', id: photoId, variant: 'full' } as const;
  await driver.studio.pictureFile(request);
  rmSync(path.join(folder, 'previews'), { recursive: true });
  const { path: previewPath, contentType } = await driver.studio.pictureFile(request);
  expect(existsSync(previewPath)).toBe(true);
  expect(contentType).toBe('image/png');
});

it('a failed preview is tried again', async () => {
  driver.engine.failNext('make-preview', new HeirloomError('engine.crashed'));
  const request = { kind: 'photo', id: photoId, variant: 'screen' } as const;
  await expect(driver.studio.pictureFile(request)).rejects.toThrow('engine.crashed');
  await driver.studio.pictureFile(request);
  expect(previews()).toHaveLength(2);
});

it('shows results by id, and says when photo, original or result are gone', async () => {
  const job = await driver.ended((await driver.call('results.render', { photoId })).id);
  const id = job.resultId;
  if (id === null) throw new Error('no result');
  await driver.studio.pictureFile({ kind: 'result', id, variant: 'screen' });
  expect(readdirSync(path.join(folder, 'previews'))).toHaveLength(1);

  const nobody = crypto.randomUUID();
  const failing = (request: Parameters<typeof driver.studio.pictureFile>[0]) =>
    driver.studio.pictureFile(request).then(
      () => 'shown',
      (error: HeirloomError) => error.code,
    );
  expect(await failing({ kind: 'photo', id: nobody as PhotoId, variant: 'screen' })).toBe('photo.not-found');
  expect(await failing({ kind: 'result', id: nobody as ResultId, variant: 'screen' })).toBe(
    'result.not-found',
  );
  rmSync(path.join(folder, 'originals'), { recursive: true });
  expect(await failing({ kind: 'photo', id: photoId, variant: 'screen' })).toBe('photo.original-missing');
  rmSync(path.join(folder, 'results'), { recursive: true });
  expect(await failing({ kind: 'result', id, variant: 'full' })).toBe('result.not-found');
  await driver.call('project.close', {});
  expect(await failing({ kind: 'photo', id: photoId, variant: 'screen' })).toBe('project.none-open');
});

it('cuts a picture into tiles once, at the first one asked for, and knows which there are', async () => {
  const tile = (column: number) =>
    driver.studio.pictureFile({ kind: 'photo-tile', id: photoId, tile: { level: 0, column, row: 0 } });
  const [first] = await Promise.all([tile(0), tile(0), tile(0)]);
  expect(first).toMatchObject({ contentType: 'image/png' });
  expect(existsSync(first.path)).toBe(true);
  await expect(tile(7)).rejects.toThrow('file.not-found');
  expect(driver.engine.tasks.filter(({ kind }) => kind === 'make-tiles')).toHaveLength(1);
});
