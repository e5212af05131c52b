import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Photo } from '#shared/domain/photo.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { copyWithDigest } from '../../../../src/main/file-system/file-digest.ts';
import { fakePicture } from '../../../helpers/fake-engine.ts';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
let copyFile: typeof copyWithDigest;
beforeEach(async () => {
  copyFile = copyWithDigest;
  driver = driveStudio({ copyFile: (...given) => copyFile(...given) });
  await driver.call('project.create', { documentPath: path.join(driver.dataFolder, 'Family.heirloom') });
});
afterEach(() => driver.close());

const importPaths = (...paths: string[]) =>
  driver.call('photos.import', { sources: paths.map((given) => ({ kind: 'path', path: given })) });
const originalsFolder = () => path.join(driver.dataFolder, 'Family', 'originals');
const names = (photos: readonly Photo[]) => photos.map((photo) => photo.fileName);

describe('photos.import', () => {
  it('copies the original under its digest, read-only, and leaves the source alone', async () => {
    const source = driver.picture('größe 👵.png', { widthPx: 640, heightPx: 480 });
    const report = await importPaths(source);
    const photo = report.imported[0];
    expect(photo).toMatchObject({ fileName: 'größe 👵.png', widthPx: 640, state: 'new', faceCount: 0 });
    const copyPath = path.join(originalsFolder(), `${photo?.sha256}.png`);
    expect(readFileSync(copyPath)).toEqual(readFileSync(source));
    expect(statSync(copyPath).mode & 0o222).toBe(0);
    expect(await driver.call('photos.list', {})).toEqual(report.imported);
    expect(driver.eventsOf('photos.listed-anew')).toHaveLength(1);
    expect(driver.eventsOf('project.changed').at(-1)?.project?.photoCount).toBe(1);
  });

  it('one bad file never stops the rest, and each is named with its reason', async () => {
    const empty = path.join(driver.dataFolder, 'empty.jpg');
    const text = path.join(driver.dataFolder, 'letter.jpg');
    writeFileSync(empty, '');
    writeFileSync(text, 'Dear aunt');
    const report = await importPaths(
      empty,
      driver.picture('a.png'),
      text,
      '/no/where.jpg',
      driver.picture('b.png'),
    );
    expect(names(report.imported)).toEqual(['a.png', 'b.png']);
    expect(report.failed.map(({ fileName, error }) => [fileName, error.code])).toEqual([
      ['empty.jpg', 'file.empty'],
      ['letter.jpg', 'file.not-a-picture'],
      ['where.jpg', 'file.not-found'],
    ]);
    expect(readdirSync(originalsFolder())).toHaveLength(2);
  });

  it('skips what is there already by content, and says as which photo', async () => {
    const first = await importPaths(driver.picture('a.png', { text: 'same' }));
    const second = await importPaths(driver.picture('b.png', { text: 'same' }), driver.picture('c.png'));
    expect(second.duplicates).toEqual([{ fileName: 'b.png', photoId: first.imported[0]?.id }]);
    expect(names(second.imported)).toEqual(['c.png']);
  });

  it('makes one photo per page, sharing one original', async () => {
    const report = await importPaths(driver.picture('album.tif', { pageCount: 3 }));
    expect(report.imported.map(({ pageIndex, pageCount }) => [pageIndex, pageCount])).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
    expect(readdirSync(originalsFolder())).toHaveLength(1);
  });

  it('takes the pictures inside folders, in the order a person reads, without hidden files and other kinds', async () => {
    const folder = path.join(driver.dataFolder, 'scans');
    mkdirSync(path.join(folder, 'box 2'), { recursive: true });
    mkdirSync(path.join(folder, '.cache'));
    for (const name of [
      'scan 10.png',
      'scan 2.png',
      'notes.txt',
      '.hidden.png',
      'box 2/x.JPG',
      '.cache/y.png',
    ])
      writeFileSync(path.join(folder, name), fakePicture({ text: name }));
    symlinkSync(folder, path.join(folder, 'loop'));
    const report = await importPaths(folder);
    expect(names(report.imported)).toEqual(['x.JPG', 'scan 2.png', 'scan 10.png']);
    expect(report.failed).toEqual([]);
  });

  it('a full disk fails that file clearly; rows and folder stay as they were', async () => {
    await importPaths(driver.picture('before.png'));
    copyFile = async (from, to) => {
      await copyWithDigest(from, to);
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    };
    const report = await importPaths(driver.picture('late.png'));
    expect(report.failed.map(({ error }) => [error.code, error.transient])).toEqual([
      ['output.disk-full', true],
    ]);
    expect(names(await driver.call('photos.list', {}))).toEqual(['before.png']);
    expect(readdirSync(originalsFolder())).toHaveLength(1);
    copyFile = copyWithDigest;
    expect(names((await importPaths(driver.picture('late.png'))).imported)).toEqual(['late.png']);
  });

  it('a file that changes while it is copied is not taken', async () => {
    copyFile = async (_from, to) => {
      writeFileSync(to, 'other bytes');
      return { sha256: 'f'.repeat(64), byteSize: 11 };
    };
    const report = await importPaths(driver.picture('moving.png'));
    expect(report.failed[0]?.error.code).toBe('file.unreadable');
    expect(readdirSync(originalsFolder())).toEqual([]);
  });

  it('a damaged copy in originals/ is replaced when the photo comes again', async () => {
    const source = driver.picture('a.png');
    const { imported } = await importPaths(source);
    const copyPath = path.join(originalsFolder(), `${imported[0]?.sha256}.png`);
    chmodSync(copyPath, 0o644);
    writeFileSync(copyPath, 'bit rot');
    await importPaths(source);
    expect(readFileSync(copyPath)).toEqual(readFileSync(source));
  });

  it('takes staged uploads and forgets them', async () => {
    const body = (async function* () {
      yield Buffer.from(fakePicture({ text: 'up' }).slice(0, 10));
      yield Buffer.from(fakePicture({ text: 'up' }).slice(10));
    })();
    const uploadId = await driver.studio.stageUpload('../../evil:name?.png', body);
    const sources = [{ kind: 'upload', uploadId } as const];
    const report = await driver.call('photos.import', { sources });
    expect(names(report.imported)).toEqual(['evil_name_.png']);
    const again = await driver.call('photos.import', { sources });
    expect(again.failed[0]?.error.code).toBe('upload.not-found');
  });

  it('an upload that breaks off leaves nothing', async () => {
    const body = (async function* () {
      yield Buffer.from('half');
      throw new HeirloomError('upload.not-found');
    })();
    await expect(driver.studio.stageUpload('a.png', body)).rejects.toThrow('upload.not-found');
    expect(JSON.stringify(readdirSync(driver.dataFolder, { recursive: true }))).not.toContain('a.png');
  });
});

describe('photos.remove and photos.put-back', () => {
  it('hide and show a photo; original, rows and edits stay', async () => {
    const source = driver.picture('a.png');
    const { imported } = await importPaths(source, driver.picture('b.png'));
    const [photo] = imported;
    if (photo === undefined) throw new Error('not imported');
    await driver.call('edits.apply', { photoId: photo.id, edit: { kind: 'photo.set-scale', scale: 3 } });
    await driver.call('photos.remove', { photoIds: [photo.id] });
    expect(names(await driver.call('photos.list', {}))).toEqual(['b.png']);
    expect(await driver.failure('edits.history', { photoId: photo.id })).toBe('photo.not-found');
    expect(readdirSync(originalsFolder())).toHaveLength(2);

    await driver.call('photos.put-back', { photoIds: [photo.id] });
    expect(names(await driver.call('photos.list', {}))).toEqual(['a.png', 'b.png']);
    expect((await driver.call('edits.history', { photoId: photo.id })).cursor).toBe(1);
  });

  it('importing a removed photo again puts it back with its history', async () => {
    const source = driver.picture('a.png');
    const photo = (await importPaths(source)).imported[0];
    if (photo === undefined) throw new Error('not imported');
    await driver.call('photos.remove', { photoIds: [photo.id] });
    const report = await importPaths(source);
    expect(report.imported.map(({ id }) => id)).toEqual([photo.id]);
    expect(report.duplicates).toEqual([]);
  });

  it('all or none: an unknown id among them changes nothing', async () => {
    const photo = (await importPaths(driver.picture('a.png'))).imported[0];
    if (photo === undefined) throw new Error('not imported');
    const nobody = crypto.randomUUID();
    const input = { photoIds: [photo.id, nobody] } as never;
    expect(await driver.failure('photos.remove', input)).toBe('photo.not-found');
    expect(await driver.call('photos.list', {})).toHaveLength(1);
  });
});
