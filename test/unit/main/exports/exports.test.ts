import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultExportSettings } from '#shared/domain/export.ts';
import type { PhotoId } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { driveStudio, noAbilities, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
let photoId: PhotoId;
let outFolder: string;
const offered: { path: string; fileName: string }[] = [];
beforeEach(async () => {
  offered.length = 0;
  driver = driveStudio({
    abilities: {
      ...noAbilities,
      offerDownload: (file) => {
        offered.push(file);
        return `/downloads/${offered.length}`;
      },
    },
  });
  await driver.call('project.create', { documentPath: path.join(driver.dataFolder, 'Family.heirloom') });
  photoId = await importOne('aunt.png', { faces: 1 });
  outFolder = path.join(driver.dataFolder, 'out');
  mkdirSync(outFolder);
});
afterEach(() => driver.close());

async function importOne(name: string, picture: Parameters<StudioDriver['picture']>[1]): Promise<PhotoId> {
  const sources = [{ kind: 'path', path: driver.picture(name, picture) } as const];
  const photo = (await driver.call('photos.import', { sources })).imported.at(-1);
  if (photo === undefined) throw new Error('not imported');
  return photo.id;
}
type Settings = Partial<typeof defaultExportSettings>;
const request = (givenPath: string, overwrite = false, settings: Settings = {}) => ({
  photoId,
  settings: { ...defaultExportSettings, ...settings },
  destination: { kind: 'path' as const, path: givenPath, overwrite },
});
const exportTo = async (...given: Parameters<typeof request>) =>
  driver.ended((await driver.call('exports.start', request(...given))).id);
const restores = () => driver.engine.tasks.filter(({ kind }) => kind === 'restore-photo').length;

describe('exports', () => {
  it('restore first when they must, then write under a name of their own', async () => {
    const job = await exportTo(outFolder);
    expect(job).toMatchObject({ state: 'done', outputPath: path.join(outFolder, 'aunt-restored.jpg') });
    expect(restores()).toBe(1);
    await exportTo(outFolder, false, { format: 'tiff' });
    expect(readdirSync(outFolder).toSorted()).toEqual(['aunt-restored.jpg', 'aunt-restored.tif']);
    expect(restores()).toBe(1);
    expect(await driver.call('results.latest', { photoId })).toMatchObject({ isCurrent: true });
  });

  it('never write over anything: a number in folders, an error for a file', async () => {
    writeFileSync(path.join(outFolder, 'aunt-restored.jpg'), 'mine');
    expect((await exportTo(`${outFolder}/`)).outputPath).toBe(path.join(outFolder, 'aunt-restored (2).jpg'));
    expect((await exportTo(outFolder)).outputPath).toBe(path.join(outFolder, 'aunt-restored (3).jpg'));
    const taken = path.join(outFolder, 'aunt-restored.jpg');
    expect(await driver.failure('exports.start', request(taken))).toBe('output.exists');
    expect(readFileSync(taken, 'utf8')).toBe('mine');
    expect((await exportTo(taken, true)).outputPath).toBe(taken);
    expect(readFileSync(taken, 'utf8')).not.toBe('mine');
  });

  it('take another number when a name is taken between choosing and writing', async () => {
    driver.engine.failNext('export-photo', new HeirloomError('output.exists', { path: 'x' }));
    expect((await exportTo(outFolder)).state).toBe('done');
  });

  it('refuse the project itself, folders that are not there, and give names their extension', async () => {
    const original = path.join(driver.dataFolder, 'Family', 'originals', 'x.jpg');
    expect(await driver.failure('exports.start', request(original, true))).toBe('output.is-input');
    const nowhere = path.join(outFolder, 'no', 'x.jpg');
    expect(await driver.failure('exports.start', request(nowhere))).toBe('output.not-writable');
    const named = path.join(outFolder, 'Tante 👵');
    expect((await exportTo(named)).outputPath).toBe(`${named}.jpg`);
    expect((await exportTo(path.join(outFolder, 'x.png'))).outputPath).toBe(
      path.join(outFolder, 'x.png.jpg'),
    );
    expect((await exportTo(path.join(outFolder, 'y.JPEG'))).outputPath).toBe(path.join(outFolder, 'y.JPEG'));
  });

  it('say what was done, unless asked not to', async () => {
    await driver.ended((await driver.call('faces.find', { photoId })).id);
    const job = await exportTo(outFolder);
    const { task } = JSON.parse(readFileSync(String(job.outputPath), 'utf8'));
    const latest = await driver.call('results.latest', { photoId });
    expect(task.record).toMatchObject({
      software: 'Heirloom 1.2.3',
      restoredAt: latest?.result.createdAt,
      scale: 2,
      faces: [{ modelId: 'lite-face', fidelity: 0.7, strength: 1 }],
      upscaler: null,
    });
    await exportTo(outFolder, false, { restorationRecord: false });
    expect(driver.engine.tasks.at(-1)).toMatchObject({ kind: 'export-photo', record: null });
  });

  it('carry the page number of a file of several pages', async () => {
    photoId = await importOne('album.tif', { pageCount: 2 });
    expect((await exportTo(outFolder)).outputPath).toBe(path.join(outFolder, 'album-2-restored.jpg'));
  });

  it('export what was shown when they were asked for, not what was edited since', async () => {
    driver.engine.hold();
    const job = await driver.call('exports.start', request(outFolder));
    await driver.call('edits.apply', { photoId, edit: { kind: 'photo.set-scale', scale: 8 } });
    driver.engine.release();
    await driver.ended(job.id);
    const restored = driver.engine.tasks.find((task) => task.kind === 'restore-photo');
    expect(restored).toMatchObject({ recipe: { scale: 2 } });
  });

  it('a failed export says nothing about the photo', async () => {
    driver.engine.failNext('export-photo', new HeirloomError('output.disk-full', { path: 'x' }));
    expect(await exportTo(outFolder)).toMatchObject({ state: 'failed', error: { code: 'output.disk-full' } });
    expect((await driver.call('photos.list', {}))[0]?.state).toBe('restored');
    expect(readdirSync(outFolder)).toEqual([]);
  });
});

describe('downloads', () => {
  const download = () => ({
    photoId,
    settings: defaultExportSettings,
    destination: { kind: 'download' as const },
  });

  it('are offered at an address until the studio closes', async () => {
    const job = await driver.ended((await driver.call('exports.start', download())).id);
    expect(job).toMatchObject({ state: 'done', outputPath: null });
    expect(driver.eventsOf('export.offered')).toEqual([
      { type: 'export.offered', jobId: job.id, address: '/downloads/1', fileName: 'aunt-restored.jpg' },
    ]);
    const filePath = String(offered[0]?.path);
    expect(existsSync(filePath)).toBe(true);
    await driver.studio.close();
    expect(existsSync(filePath)).toBe(false);
  });

  it('are refused by hosts that cannot offer them', async () => {
    const other = driveStudio();
    await other.call('project.create', { documentPath: null });
    const sources = [{ kind: 'path', path: other.picture('a.png') } as const];
    const id = (await other.call('photos.import', { sources })).imported[0]?.id;
    if (id === undefined) throw new Error('not imported');
    expect(await other.failure('exports.start', { ...download(), photoId: id })).toBe(
      'command.not-available-here',
    );
    await other.close();
  });
});

describe('many at once', () => {
  const many = (
    photoIds: PhotoId[],
    existing: 'number' | 'skip' | 'replace' = 'number',
    namePattern = '{name} restored',
    folder = outFolder,
  ) =>
    driver.call('exports.start-many', {
      photoIds,
      settings: defaultExportSettings,
      namePattern,
      destination: { kind: 'folder', path: folder, existing },
    });
  const allEnded = async (): Promise<void> => {
    for (const { id } of await driver.call('jobs.list', {})) await driver.ended(id);
  };

  it('get names of their own from one pattern, in a folder that is made', async () => {
    const uncle = await importOne('uncle.png', {});
    const folder = path.join(outFolder, 'for', 'print');
    expect(await many([photoId, uncle], 'number', 'album {number}', folder)).toEqual({
      queued: 2,
      skipped: 0,
      failed: [],
    });
    await allEnded();
    expect(readdirSync(folder).toSorted()).toEqual(['album 1.jpg', 'album 2.jpg']);
    await many([photoId, uncle], 'number', 'same', folder);
    await allEnded();
    expect(readdirSync(folder).toSorted()).toEqual([
      'album 1.jpg',
      'album 2.jpg',
      'same (2).jpg',
      'same.jpg',
    ]);
  });

  it('number, skip or replace what is there', async () => {
    const taken = path.join(outFolder, 'aunt restored.jpg');
    writeFileSync(taken, 'mine');
    expect(await many([photoId], 'skip')).toMatchObject({ queued: 0, skipped: 1 });
    await many([photoId]);
    await allEnded();
    expect(readdirSync(outFolder).toSorted()).toEqual(['aunt restored (2).jpg', 'aunt restored.jpg']);
    expect(readFileSync(taken, 'utf8')).toBe('mine');
    await many([photoId], 'replace');
    await allEnded();
    expect(readFileSync(taken, 'utf8')).not.toBe('mine');
    expect(readdirSync(outFolder)).toHaveLength(2);
  });

  it('never replace the file a photo was brought from, even when asked to replace', async () => {
    const brought = driver.picture('grandmother.jpg', { text: 'the only one' });
    const sources = [{ kind: 'path', path: brought } as const];
    const id = (await driver.call('photos.import', { sources })).imported[0]?.id;
    if (id === undefined) throw new Error('not imported');
    const before = readFileSync(brought, 'utf8');
    expect(await many([id], 'replace', '{name}', driver.dataFolder)).toMatchObject({ queued: 1 });
    await allEnded();
    const job = (await driver.call('jobs.list', {})).at(-1);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'output.is-input' } });
    expect(readFileSync(brought, 'utf8')).toBe(before);
  });

  it('one that cannot be queued or fails never stops the rest', async () => {
    const [uncle, gone] = [await importOne('uncle.png', {}), await importOne('gone.png', {})];
    await driver.call('photos.remove', { photoIds: [gone] });
    driver.engine.failNext('export-photo', new HeirloomError('output.disk-full', { path: 'x' }));
    const report = await many([photoId, gone, uncle]);
    expect(report).toMatchObject({
      queued: 2,
      failed: [{ photoId: gone, error: { code: 'photo.not-found' } }],
    });
    await allEnded();
    expect(readdirSync(outFolder)).toEqual(['uncle restored.jpg']);
  });

  it('as downloads carry the pattern, too', async () => {
    await driver.call('exports.start-many', {
      photoIds: [photoId],
      settings: defaultExportSettings,
      namePattern: '{number}-{scale}',
      destination: { kind: 'download' },
    });
    await allEnded();
    expect(offered.map(({ fileName }) => fileName)).toEqual(['1-2x.jpg']);
  });
});
