import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Edit } from '#shared/domain/edit.ts';
import { modelIdSchema, type PhotoId } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
let folder: string;
let photoId: PhotoId;
beforeEach(async () => {
  driver = driveStudio();
  await driver.call('project.create', { documentPath: path.join(driver.dataFolder, 'Family.heirloom') });
  folder = path.join(driver.dataFolder, 'Family');
  photoId = await importOne('a.png', { faces: 2 });
});
afterEach(() => driver.close());

async function importOne(name: string, picture: Parameters<StudioDriver['picture']>[1]): Promise<PhotoId> {
  const sources = [{ kind: 'path', path: driver.picture(name, picture) } as const];
  const photo = (await driver.call('photos.import', { sources })).imported[0];
  if (photo === undefined) throw new Error('not imported');
  return photo.id;
}
const findFaces = async () => driver.ended((await driver.call('faces.find', { photoId })).id);
const render = async () => driver.ended((await driver.call('results.render', { photoId })).id);
const apply = (edit: Edit) => driver.call('edits.apply', { photoId, edit });
const state = async () => (await driver.call('photos.list', {})).find(({ id }) => id === photoId)?.state;
const restores = () => driver.engine.tasks.filter(({ kind }) => kind === 'restore-photo').length;

describe('finding faces', () => {
  it('uses the best detector and landmark model, saves the faces and says so', async () => {
    driver.models.installed.add('facemesh');
    const job = await findFaces();
    expect(job).toMatchObject({ kind: 'find-faces', state: 'done', fraction: 1, attempts: 1, error: null });
    expect(driver.engine.tasks.at(-1)).toMatchObject({
      kind: 'find-faces',
      models: { detector: { modelId: 'blazeface' }, landmarks: { modelId: 'facemesh' } },
    });
    expect(await driver.call('faces.list', { photoId })).toHaveLength(2);
    expect(driver.eventsOf('faces.changed')).toEqual([{ type: 'faces.changed', photoId }]);
    expect(await state()).toBe('faces-found');
  });

  it('no face is a normal result', async () => {
    photoId = await importOne('empty.png', { faces: 0 });
    expect((await findFaces()).state).toBe('done');
    const photo = (await driver.call('photos.list', {})).find(({ id }) => id === photoId);
    expect(photo).toMatchObject({ faceCount: 0, state: 'faces-found' });
    expect(photo?.facesFoundAt).not.toBeNull();
  });

  it('without a detector the job fails and says which model is missing', async () => {
    driver.models.installed.delete('blazeface');
    expect((await findFaces()).error?.code).toBe('model.not-installed');
    expect(await state()).toBe('failed');
    driver.models.installed.add('blazeface');
    await findFaces();
    expect(await state()).toBe('faces-found');
  });
});

describe('results', () => {
  it('a render makes a lossless file named by its key and a row that can be shown', async () => {
    await findFaces();
    const job = await render();
    expect(job).toMatchObject({ state: 'done', resultId: expect.any(String) });
    const latest = await driver.call('results.latest', { photoId });
    expect(latest).toMatchObject({ isCurrent: true, result: { id: job.resultId, widthPx: 800 } });
    expect(readdirSync(path.join(folder, 'results'))).toEqual([`${latest?.result.key}.png`]);
    expect(latest?.result.recipe).toEqual(await driver.call('edits.recipe', { photoId }));
    expect(driver.eventsOf('result.saved')).toHaveLength(1);
    expect(await state()).toBe('restored');
  });

  it('16 bits stay 16 bits', async () => {
    photoId = await importOne('deep.tif', { bitDepth: 16 });
    await render();
    expect(driver.engine.tasks.at(-1)).toMatchObject({
      target: { settings: { format: 'tiff', bitDepth: 'same' }, path: expect.stringMatching(/\.tif$/) },
    });
  });

  it('the same recipe is never computed twice, also not after undo, reopening or removal', async () => {
    await findFaces();
    const first = await render();
    await apply({ kind: 'photo.set-fidelity', fidelity: 0.1 });
    expect(await state()).toBe('edited-since');
    expect(await driver.call('results.latest', { photoId })).toMatchObject({
      isCurrent: false,
      result: { id: first.resultId },
    });
    await render();
    expect(restores()).toBe(2);

    await driver.call('edits.undo', { photoId });
    expect(await state()).toBe('restored');
    const again = await driver.call('results.render', { photoId });
    expect(again).toMatchObject({ state: 'done', fraction: 1, resultId: first.resultId });
    await driver.call('project.close', {});
    await driver.call('project.open', { documentPath: path.join(folder, 'Family.heirloom') });
    expect(await driver.call('results.latest', { photoId })).toMatchObject({
      isCurrent: true,
      result: { id: first.resultId },
    });
    expect(restores()).toBe(2);
  });

  it('a deleted file is made again under the same id', async () => {
    const first = await render();
    rmSync(path.join(folder, 'results'), { recursive: true });
    expect(await driver.call('results.latest', { photoId })).toBeNull();
    const again = await render();
    expect(again.resultId).toBe(first.resultId);
    expect(restores()).toBe(2);
    expect(readdirSync(path.join(folder, 'results'))).toHaveLength(1);
  });

  it('asking twice while it is queued gives the same job; another recipe another one', async () => {
    driver.engine.hold();
    const first = await driver.call('results.render', { photoId });
    const second = await driver.call('results.render', { photoId });
    await apply({ kind: 'photo.set-scale', scale: 4 });
    const other = await driver.call('results.render', { photoId });
    expect(second.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
    driver.engine.release();
    await driver.ended(other.id);
    const results = driver.eventsOf('result.saved').map(({ result }) => result.recipe.scale);
    expect(results).toEqual([2, 4]);
  });

  it('an edit made while a render runs makes its result old, not wrong', async () => {
    driver.engine.hold();
    const job = await driver.call('results.render', { photoId });
    await apply({ kind: 'photo.set-monochrome', mode: 'gray' });
    driver.engine.release();
    await driver.ended(job.id);
    expect(await state()).toBe('edited-since');
    const latest = await driver.call('results.latest', { photoId });
    expect(latest).toMatchObject({ isCurrent: false, result: { recipe: { monochrome: 'auto' } } });
  });

  it('a better restorer installed later makes the result old', async () => {
    await findFaces();
    await render();
    driver.models.installed.add('codeformer');
    expect(await driver.call('results.latest', { photoId })).toMatchObject({ isCurrent: false });
    await render();
    expect((await driver.call('results.latest', { photoId }))?.result.recipe.faces[0]?.restorer.modelId).toBe(
      'codeformer',
    );
  });

  it('a chosen model that is gone is said; the result made with it stays visible', async () => {
    await findFaces();
    driver.models.installed.add('codeformer');
    const modelId = modelIdSchema.parse('codeformer');
    await apply({ kind: 'photo.set-restorer', modelId });
    await render();
    driver.models.installed.delete('codeformer');
    expect(await driver.failure('results.render', { photoId })).toBe('model.not-installed');
    expect(await driver.call('results.latest', { photoId })).toMatchObject({ isCurrent: false });
  });

  it('a failed render marks the photo, a later one clears the mark', async () => {
    driver.engine.failNext('restore-photo', new HeirloomError('engine.out-of-memory'));
    const job = await render();
    expect(job).toMatchObject({ state: 'failed', error: { code: 'engine.out-of-memory', transient: true } });
    expect(await state()).toBe('failed');
    const retried = await driver.call('jobs.retry', { jobId: job.id });
    expect(retried).toMatchObject({ id: job.id, error: null });
    expect(await driver.ended(job.id)).toMatchObject({ state: 'done', attempts: 2 });
    expect(await state()).toBe('restored');
    expect(existsSync(path.join(folder, 'results'))).toBe(true);
  });
});
