import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultGalleryView, type ProjectView } from '#shared/domain/project-view.ts';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
beforeEach(async () => {
  driver = driveStudio();
  await driver.call('project.create', { documentPath: inData('Family.heirloom') });
});
afterEach(() => driver.close());
const inData = (...parts: string[]) => path.join(driver.dataFolder, ...parts);
const inFamily = (...parts: string[]) => inData('Family', ...parts);

async function restoredPhoto(name = 'a.png') {
  const sources = [{ kind: 'path', path: driver.picture(name, { faces: 1 }) } as const];
  const photo = (await driver.call('photos.import', { sources })).imported[0];
  if (photo === undefined) throw new Error('not imported');
  await driver.ended((await driver.call('faces.find', { photoId: photo.id })).id);
  await restore(photo.id);
  return photo.id;
}
async function restore(photoId: Awaited<ReturnType<typeof restoredPhoto>>) {
  const job = await driver.call('results.render', { photoId });
  expect((await driver.ended(job.id)).state).toBe('done');
}

describe('project.save-copy', () => {
  it('makes a project of its own with originals, results, edits and undo position', async () => {
    const photoId = await restoredPhoto();
    await driver.call('edits.apply', { photoId, edit: { kind: 'photo.set-fidelity', fidelity: 0.9 } });
    await driver.call('edits.apply', { photoId, edit: { kind: 'photo.set-fidelity', fidelity: 1 } });
    await driver.call('edits.undo', { photoId });
    const before = await driver.call('project.current', {});
    const { documentPath } = await driver.call('project.save-copy', {
      documentPath: inData('Copy.heirloom'),
    });
    expect(documentPath).toBe(inData('Copy', 'Copy.heirloom'));
    expect(await driver.call('project.current', {})).toEqual(before);
    expect(readdirSync(inData()).filter((name) => name.endsWith('.part'))).toEqual([]);

    const photos = await driver.call('photos.list', {});
    const copy = await driver.call('project.open', { documentPath });
    expect(copy.id).not.toBe(before?.id);
    expect(await driver.call('photos.list', {})).toEqual(photos);
    expect((await driver.call('edits.history', { photoId })).cursor).toBe(1);
    expect(await driver.call('photos.check-originals', {})).toEqual([]);
    const latest = photos[0]?.latestResultId;
    if (latest === null || latest === undefined) throw new Error('no result');
    const picture = await driver.studio.pictureFile({ kind: 'result', id: latest, variant: 'thumbnail' });
    expect(picture.path.startsWith(inData('Copy'))).toBe(true);
  });

  it('refuses a place that holds something, and a place inside the project', async () => {
    mkdirSync(inData('Taken'));
    writeFileSync(inData('Taken', 'letter.txt'), 'dear');
    const failure = (documentPath: string) => driver.failure('project.save-copy', { documentPath });
    expect(await failure(inData('Taken.heirloom'))).toBe('project.exists');
    expect(await failure(inFamily('Inner.heirloom'))).toBe('output.not-writable');
    expect(readdirSync(inData('Taken'))).toEqual(['letter.txt']);
  });

  it('takes an empty folder of that name', async () => {
    mkdirSync(inData('Empty'));
    const { documentPath } = await driver.call('project.save-copy', {
      documentPath: inData('Empty.heirloom'),
    });
    expect(existsSync(documentPath)).toBe(true);
  });
});

describe('project.compact', () => {
  const makeOld = (file: string) => utimesSync(file, new Date(0), new Date(0));

  it('keeps originals and the newest result, frees old results, previews and files nobody refers to', async () => {
    const photoId = await restoredPhoto();
    const originals = readdirSync(inFamily('originals'));
    await driver.studio.pictureFile({ kind: 'photo', id: photoId, variant: 'thumbnail' });
    await driver.call('edits.apply', { photoId, edit: { kind: 'photo.set-fidelity', fidelity: 0.9 } });
    await restore(photoId);
    expect(readdirSync(inFamily('results'))).toHaveLength(2);
    writeFileSync(inFamily('originals', 'stray.jpg'), 'x'.repeat(5000));
    writeFileSync(inFamily('originals', 'arriving.jpg'), 'y');
    makeOld(inFamily('originals', 'stray.jpg'));
    for (const name of readdirSync(inFamily('previews'))) makeOld(inFamily('previews', name));

    const newest = (await driver.call('results.latest', { photoId }))?.result.id;
    const { freedBytes } = await driver.call('project.compact', {});
    expect(freedBytes).toBeGreaterThanOrEqual(5000);
    expect(readdirSync(inFamily('originals')).toSorted()).toEqual([...originals, 'arriving.jpg'].toSorted());
    expect(readdirSync(inFamily('results'))).toHaveLength(1);
    expect(readdirSync(inFamily('previews'))).toEqual([]);
    expect((await driver.call('results.latest', { photoId }))?.result.id).toBe(newest);
    // An outdated result is made again, not missed.
    await driver.call('edits.undo', { photoId });
    await restore(photoId);
  });

  it('keeps the original of a removed photo, so that it can come back', async () => {
    const photoId = await restoredPhoto();
    for (const name of readdirSync(inFamily('originals'))) makeOld(inFamily('originals', name));
    await driver.call('photos.remove', { photoIds: [photoId] });
    await driver.call('project.compact', {});
    await driver.call('photos.put-back', { photoIds: [photoId] });
    expect(await driver.call('photos.check-originals', {})).toEqual([]);
  });
});

describe('project.read-view and project.save-view', () => {
  it('come back after closing and opening, with the undo position', async () => {
    const photoId = await restoredPhoto();
    expect(await driver.call('project.read-view', {})).toBeNull();
    const view: ProjectView = {
      page: 'photos',
      photoId,
      shown: 'restored',
      zoom: { scale: 2.5, centreX: 100, centreY: 50.5 },
      selection: [photoId],
      gallery: { ...defaultGalleryView, search: 'tante', states: ['restored'] },
    };
    expect(await driver.call('project.save-view', view)).toBe(true);
    await driver.call('edits.apply', { photoId, edit: { kind: 'photo.set-fidelity', fidelity: 0.9 } });
    await driver.call('edits.undo', { photoId });
    await driver.call('project.close', {});
    expect(await driver.failure('project.read-view', {})).toBe('project.none-open');
    await driver.call('project.open', { documentPath: inFamily('Family.heirloom') });
    expect(await driver.call('project.read-view', {})).toEqual(view);
    expect(await driver.call('edits.history', { photoId })).toMatchObject({ cursor: 0, steps: [{}] });
  });

  it('a read-only project keeps nothing and says so', async () => {
    const second = driveStudio();
    await second.call('project.open', { documentPath: inFamily('Family.heirloom') });
    const view = {
      page: 'gallery',
      photoId: null,
      shown: 'split',
      zoom: null,
      selection: [],
      gallery: defaultGalleryView,
    } as const;
    expect(await second.call('project.save-view', { ...view, selection: [] })).toBe(false);
    expect(await second.call('project.read-view', {})).toBeNull();
    await second.close();
  });
});

describe('photos.import-sample', () => {
  it('adds the photo that comes with the program, once', async () => {
    driver.picture('sample.png');
    expect((await driver.call('photos.import-sample', {})).imported[0]?.fileName).toBe('sample.png');
    expect((await driver.call('photos.import-sample', {})).duplicates).toHaveLength(1);
    expect(readFileSync(inData('sample.png'), 'utf8')).toContain('fake');
  });
});
