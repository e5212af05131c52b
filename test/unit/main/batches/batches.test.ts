import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainPaste } from '#shared/domain/face-paste.ts';
import { faceIdSchema, modelIdSchema, type PhotoId } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
beforeEach(async () => {
  driver = driveStudio();
  await driver.call('project.create', { documentPath: path.join(driver.dataFolder, 'Family.heirloom') });
});
afterEach(() => driver.close());

async function importAll(...fileNames: string[]): Promise<PhotoId[]> {
  const sources = fileNames.map(
    (name) => ({ kind: 'path', path: driver.picture(name, { faces: 1 }) }) as const,
  );
  return (await driver.call('photos.import', { sources })).imported.map(({ id }) => id);
}
async function allEnded(): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    const jobs = await driver.call('jobs.list', {});
    if (jobs.every(({ state }) => !['queued', 'running'].includes(state))) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('jobs never ended');
}
const states = async () => (await driver.call('photos.list', {})).map(({ state }) => state);

describe('batches.start', () => {
  it('looks for faces where nobody has, sets the preset and restores every photo', async () => {
    const photoIds = await importAll('a.png', 'b.png', 'c.png');
    const edits = [{ kind: 'photo.set-fidelity', fidelity: 0.9 } as const];
    expect(await driver.call('batches.start', { photoIds, edits })).toEqual({
      queued: 3,
      upToDate: 0,
      failed: [],
    });
    await allEnded();
    expect(await states()).toEqual(['restored', 'restored', 'restored']);
    const tasks = driver.engine.tasks.filter((task) => task.kind === 'restore-photo');
    expect(tasks.map(({ recipe }) => recipe.faces.map(({ fidelity }) => fidelity))).toEqual([
      [0.9],
      [0.9],
      [0.9],
    ]);
    // Asked for again, nothing is left to do, and the history has no empty step.
    expect(await driver.call('batches.start', { photoIds, edits })).toMatchObject({ queued: 0, upToDate: 3 });
    for (const photoId of photoIds)
      expect((await driver.call('edits.history', { photoId })).steps).toHaveLength(1);
  });

  it('a restore asked for before anybody looked for faces has them all the same', async () => {
    const [photoId] = await importAll('a.png');
    if (photoId === undefined) throw new Error('not imported');
    const job = await driver.call('results.render', { photoId, findsFacesFirst: true });
    expect(job).toMatchObject({ kind: 'find-faces', photoId });
    // Asked for twice it is one restore.
    await driver.call('results.render', { photoId, findsFacesFirst: true });
    await allEnded();
    const tasks = driver.engine.tasks.filter((task) => task.kind === 'restore-photo');
    expect(tasks.map(({ recipe }) => recipe.faces.length)).toEqual([1]);
    expect(await driver.call('results.latest', { photoId })).toMatchObject({ isCurrent: true });
    const again = await driver.call('results.render', { photoId, findsFacesFirst: true });
    expect(again).toMatchObject({ kind: 'restore-photo', state: 'done' });
  });

  it("one face's settings reach every face of every photo, those found later included", async () => {
    const photoIds = await importAll('a.png', 'b.png');
    const settings = {
      fidelity: 0.25,
      strength: 0.9,
      restorerId: null,
      paste: { ...plainPaste, upscalerId: modelIdSchema.parse('upscale-x2'), featherPx: 8 },
    };
    driver.models.installed.add('upscale-x2');
    const edits = [{ kind: 'photo.set-all-faces', settings } as const];
    expect(await driver.call('batches.start', { photoIds, edits })).toMatchObject({ queued: 2, failed: [] });
    await allEnded();
    const tasks = driver.engine.tasks.filter((task) => task.kind === 'restore-photo');
    expect(tasks).toHaveLength(2);
    for (const { recipe, models } of tasks) {
      expect(recipe.faces[0]).toMatchObject({ fidelity: 0.25, strength: 0.9, featherPx: 8 });
      expect(models.map(({ modelId }) => modelId)).toContain('upscale-x2');
    }
    const [first] = photoIds;
    if (first === undefined) throw new Error('not imported');
    expect((await driver.call('edits.undo', { photoId: first })).cursor).toBe(0);
  });

  it('settings with a model that nobody knows, or with the name of a face, are refused', async () => {
    const [photoId] = await importAll('a.png');
    if (photoId === undefined) throw new Error('not imported');
    const paste = { ...plainPaste, upscalerId: modelIdSchema.parse('nobody-knows-it') };
    const settings = { fidelity: null, strength: 1, restorerId: null, paste };
    expect(
      await driver.failure('edits.apply', { photoId, edit: { kind: 'photo.set-all-faces', settings } }),
    ).toBe('model.unknown');
    const faces = [{ faceId: faceIdSchema.parse(crypto.randomUUID()), fidelity: 0.5 }];
    expect(
      await driver.failure('batches.start', {
        photoIds: [photoId],
        edits: [{ kind: 'photo.use-suggestions', faces }],
      }),
    ).toBe('command.invalid-input');
  });

  it('one photo that fails never stops the rest', async () => {
    const photoIds = await importAll('a.png', 'b.png', 'c.png');
    driver.engine.failNext('restore-photo', new HeirloomError('file.damaged', { fileName: 'a.png' }));
    await driver.call('batches.start', { photoIds, edits: [] });
    await allEnded();
    expect((await states()).toSorted()).toEqual(['failed', 'restored', 'restored']);
  });

  it('one whose faces cannot be looked for leaves no plan behind', async () => {
    const photoIds = await importAll('a.png', 'b.png');
    driver.engine.failNext('find-faces', new HeirloomError('file.damaged', { fileName: 'a.png' }));
    await driver.call('batches.start', { photoIds, edits: [] });
    await allEnded();
    expect(await states()).toEqual(['failed', 'restored']);
    const [first] = photoIds;
    if (first === undefined) throw new Error('not imported');
    await driver.ended((await driver.call('faces.find', { photoId: first })).id);
    await allEnded();
    // Looking again later only looks: nobody asked for a restore this time.
    expect(driver.engine.tasks.filter(({ kind }) => kind === 'restore-photo')).toHaveLength(1);
  });

  it('names photos that are gone and takes the others', async () => {
    const [gone, kept] = await importAll('a.png', 'b.png');
    if (gone === undefined || kept === undefined) throw new Error('not imported');
    await driver.call('photos.remove', { photoIds: [gone] });
    const report = await driver.call('batches.start', { photoIds: [gone, kept], edits: [] });
    expect(report.queued).toBe(1);
    expect(report.failed.map(({ photoId, error }) => [photoId, error.code])).toEqual([
      [gone, 'photo.not-found'],
    ]);
    await allEnded();
  });

  it('refuses an edit that names a face', async () => {
    const photoIds = await importAll('a.png');
    const edits = [{ kind: 'face.remove', faceId: '00000000-0000-4000-8000-000000000000' }];
    const answer = await driver.studio.dispatch('batches.start', { photoIds, edits });
    expect(answer).toMatchObject({ ok: false, error: { code: 'command.invalid-input' } });
  });

  it('goes on after the program was closed in the middle', async () => {
    const photoIds = await importAll('a.png', 'b.png');
    driver.engine.hold();
    await driver.call('batches.start', { photoIds, edits: [] });
    await driver.call('project.close', {});
    driver.engine.release();
    await driver.call('project.open', {
      documentPath: path.join(driver.dataFolder, 'Family', 'Family.heirloom'),
    });
    await allEnded();
    expect(await states()).toEqual(['restored', 'restored']);
  });
});
