import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandName } from '#shared/contract/commands.ts';
import { driveStudio, noAbilities, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
beforeEach(() => {
  driver = driveStudio();
});
afterEach(() => driver.close());
const inData = (...parts: string[]) => path.join(driver.dataFolder, ...parts);
const create = (documentPath: string | null) => driver.call('project.create', { documentPath });
const importOne = async (by: StudioDriver, name = 'a.png') => {
  const sources = [{ kind: 'path', path: by.picture(name, { faces: 1 }) } as const];
  const photo = (await by.call('photos.import', { sources })).imported[0];
  if (photo === undefined) throw new Error('not imported');
  return photo.id;
};

describe('project.create', () => {
  it('makes a folder of its own with the document and its parts', async () => {
    const project = await create(inData('Famille Müller.heirloom'));
    expect(project).toMatchObject({ name: 'Famille Müller', photoCount: 0, isReadOnly: false });
    expect(project.documentPath).toBe(inData('Famille Müller', 'Famille Müller.heirloom'));
    const parts = readdirSync(inData('Famille Müller'), { withFileTypes: true }).filter((e) =>
      e.isDirectory(),
    );
    expect(parts.map((entry) => entry.name).toSorted()).toEqual(['originals', 'previews', 'results']);
  });

  it('uses an empty folder of the same name, and nothing that holds something', async () => {
    mkdirSync(inData('Mine'));
    expect((await create(inData('Mine', 'Mine.heirloom'))).documentPath).toBe(
      inData('Mine', 'Mine.heirloom'),
    );
    mkdirSync(inData('Other'));
    writeFileSync(inData('Other', 'letter.txt'), 'dear');
    const failure = (documentPath: string) => driver.failure('project.create', { documentPath });
    expect(await failure(inData('Other.heirloom'))).toBe('project.exists');
    expect(await failure(inData('Mine.heirloom'))).toBe('project.exists');
    expect(readdirSync(inData('Other'))).toEqual(['letter.txt']);
    // The project that was open stays open.
    expect((await driver.call('project.current', {}))?.name).toBe('Mine');
  });

  it('says so where nothing can be written', async () => {
    writeFileSync(inData('file'), '');
    const documentPath = inData('file', 'Family.heirloom');
    expect(await driver.failure('project.create', { documentPath })).toBe('output.not-writable');
    expect(await driver.call('project.current', {})).toBeNull();
  });

  it('untitled ones go to the data folder, named by the day, each its own', async () => {
    const first = await create(null);
    const second = await create(null);
    expect(first.name).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(second.name).toBe(`${first.name} (2)`);
    expect(path.dirname(path.dirname(first.documentPath))).toBe(inData('projects'));
  });
});

describe('project.open', () => {
  it('by document or by folder; the same one twice changes nothing', async () => {
    const { documentPath, id } = await create(inData('Family.heirloom'));
    await driver.call('project.close', {});
    expect(await driver.call('project.current', {})).toBeNull();
    expect((await driver.call('project.open', { documentPath: path.dirname(documentPath) })).id).toBe(id);
    driver.events.length = 0;
    await driver.call('project.open', { documentPath });
    expect(driver.events).toEqual([]);
  });

  it('a copied or moved project opens with everything', async () => {
    const { documentPath, id } = await create(inData('Family.heirloom'));
    const photoId = await importOne(driver);
    const job = await driver.ended((await driver.call('results.render', { photoId })).id);
    await driver.call('project.close', {});
    cpSync(inData('Family'), inData('usb', 'Copy'), { recursive: true });
    rmSync(inData('Family'), { recursive: true });
    renameSync(inData('usb', 'Copy', 'Family.heirloom'), inData('usb', 'Copy', 'Renamed.heirloom'));

    const copy = await driver.call('project.open', {
      documentPath: inData('usb', 'Copy', 'Renamed.heirloom'),
    });
    expect(copy).toMatchObject({ id, name: 'Renamed', photoCount: 1, isReadOnly: false });
    expect(await driver.call('results.latest', { photoId })).toMatchObject({ result: { id: job.resultId } });
    await driver.studio.pictureFile({ kind: 'photo', id: photoId, variant: 'screen' });
    expect(existsSync(documentPath)).toBe(false);
  });

  it('what is not there, or not a project, leaves the open one open', async () => {
    await create(inData('Family.heirloom'));
    writeFileSync(inData('x.heirloom'), 'no'.repeat(100));
    const failure = (documentPath: string) => driver.failure('project.open', { documentPath });
    expect(await failure(inData('nowhere.heirloom'))).toBe('project.not-found');
    expect(await failure(inData('x.heirloom'))).toBe('project.not-a-project');
    expect((await driver.call('project.current', {}))?.name).toBe('Family');
  });

  it('removes what a killed import left half copied', async () => {
    const { documentPath } = await create(inData('Family.heirloom'));
    await driver.call('project.close', {});
    writeFileSync(inData('Family', 'originals', 'x.part'), 'half');
    await driver.call('project.open', { documentPath });
    expect(readdirSync(inData('Family', 'originals'))).toEqual([]);
  });

  it('opening and closing at once end in a clear state', async () => {
    const { documentPath } = await create(inData('Family.heirloom'));
    const other = (await create(inData('Other.heirloom'))).documentPath;
    await Promise.all([
      driver.call('project.open', { documentPath }),
      driver.call('project.open', { documentPath: other }),
      driver.call('project.close', {}),
      driver.call('project.open', { documentPath }),
    ]);
    expect((await driver.call('project.current', {}))?.documentPath).toBe(documentPath);
  });
});

describe('a second window on one project', () => {
  let second: StudioDriver;
  beforeEach(() => {
    second = driveStudio();
  });
  afterEach(() => second.close());

  it('sees it and changes nothing; every changing command says why', async () => {
    const { documentPath } = await create(inData('Family.heirloom'));
    const photoId = await importOne(driver);
    const job = await driver.ended((await driver.call('results.render', { photoId })).id);

    expect(await second.call('project.open', { documentPath })).toMatchObject({
      isReadOnly: true,
      photoCount: 1,
    });
    expect(await second.call('photos.list', {})).toEqual(await driver.call('photos.list', {}));
    expect(await second.call('results.latest', { photoId })).toMatchObject({ result: { id: job.resultId } });
    const { path: previewPath } = await second.studio.pictureFile({
      kind: 'photo',
      id: photoId,
      variant: 'thumbnail',
    });
    expect(previewPath.startsWith(second.dataFolder)).toBe(true);

    const changing: Partial<Record<CommandName, unknown>> = {
      'photos.import': { sources: [{ kind: 'path', path: '/x.jpg' }] },
      'photos.remove': { photoIds: [photoId] },
      'photos.put-back': { photoIds: [photoId] },
      'faces.find': { photoId },
      'edits.apply': { photoId, edit: { kind: 'photo.set-scale', scale: 1 } },
      'edits.undo': { photoId },
      'edits.redo': { photoId },
      'results.render': { photoId },
      'exports.start': {
        photoId,
        settings: { format: 'png', quality: 90, bitDepth: 'same', metadata: 'keep', restorationRecord: true },
        destination: { kind: 'path', path: second.dataFolder, overwrite: false },
      },
      'jobs.cancel': { jobId: job.id },
      'jobs.retry': { jobId: job.id },
    };
    for (const [name, input] of Object.entries(changing))
      expect(await second.studio.dispatch(name, input), name).toMatchObject({
        ok: false,
        error: { code: 'project.read-only' },
      });
  });

  it('may write once the first has closed it', async () => {
    const { documentPath } = await create(inData('Family.heirloom'));
    await second.call('project.open', { documentPath });
    await driver.call('project.close', {});
    await second.call('project.close', {});
    expect((await second.call('project.open', { documentPath })).isReadOnly).toBe(false);
  });
});

describe('recent projects', () => {
  it('stand newest first, once each, with those that are gone marked', async () => {
    const first = await create(inData('One.heirloom'));
    const second = await create(inData('Two.heirloom'));
    await driver.call('project.open', { documentPath: first.documentPath });
    await driver.call('project.close', {});
    rmSync(inData('Two'), { recursive: true });
    expect(await driver.call('project.list-recent', {})).toMatchObject([
      { name: 'One', documentPath: first.documentPath, exists: true },
      { name: 'Two', documentPath: second.documentPath, exists: false },
    ]);
    writeFileSync(inData('recent-projects.json'), '[{');
    expect(await driver.call('project.list-recent', {})).toEqual([]);
  });

  it('are told to the system', async () => {
    const noted: string[] = [];
    const abilities = { ...noAbilities, noteRecentDocument: (noticed: string) => void noted.push(noticed) };
    const other = driveStudio({ abilities });
    const { documentPath } = await other.call('project.create', { documentPath: null });
    expect(noted).toEqual([documentPath]);
    await other.close();
  });
});

describe('the studio', () => {
  it('hands out the paths it was started with once, and later ones as events', async () => {
    const other = driveStudio({ openPaths: ['/photos/a.jpg'] });
    expect(await other.call('app.take-opened-paths', {})).toEqual(['/photos/a.jpg']);
    expect(await other.call('app.take-opened-paths', {})).toEqual([]);
    other.studio.openPaths(['/photos/b.jpg']);
    expect(other.eventsOf('paths.opened')).toEqual([{ type: 'paths.opened', paths: ['/photos/b.jpg'] }]);
    await other.close();
  });

  it('answers after closing, and closes once', async () => {
    await create(null);
    await Promise.all([driver.studio.close(), driver.studio.close()]);
    expect(await driver.studio.dispatch('photos.list', {})).toMatchObject({ ok: false });
    expect(readdirSync(inData('staging'))).toEqual([]);
  });

  it('has dialogs only where the host has', async () => {
    expect(await driver.failure('dialogs.choose', { purpose: 'open-photos' })).toBe(
      'command.not-available-here',
    );
    const asked: unknown[] = [];
    const chooseFiles = async (request: unknown) => {
      asked.push(request);
      return ['/photos/a.jpg'];
    };
    const other = driveStudio({ abilities: { ...noAbilities, host: 'electron', chooseFiles } });
    expect(await other.call('dialogs.choose', { purpose: 'save-export', suggestedName: 'x.jpg' })).toEqual([
      '/photos/a.jpg',
    ]);
    expect(asked).toEqual([{ purpose: 'save-export', suggestedName: 'x.jpg' }]);
    expect((await other.call('app.describe', {})).hasNativeDialogs).toBe(true);
    await other.close();
  });

  it('keeps its originals as they were through everything', async () => {
    await create(inData('Family.heirloom'));
    const photoId = await importOne(driver);
    const name = String(readdirSync(inData('Family', 'originals'))[0]);
    const before = readFileSync(inData('Family', 'originals', name));
    await driver.ended((await driver.call('faces.find', { photoId })).id);
    await driver.ended((await driver.call('results.render', { photoId })).id);
    await driver.call('photos.remove', { photoIds: [photoId] });
    expect(readFileSync(inData('Family', 'originals', name))).toEqual(before);
  });
});
