import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskOf } from '#shared/contract/engine.ts';
import type { ClipEdit } from '#shared/domain/clip-edit.ts';
import type { ClipId } from '#shared/domain/ids.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { defaultFidelity } from '#shared/domain/recipe.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { fakeFilm } from '../../../helpers/fake-films.ts';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
beforeEach(async () => {
  driver = driveStudio();
  await driver.call('project.create', { documentPath: inData('Family.heirloom') });
});
afterEach(() => driver.close());
const inData = (...parts: string[]) => path.join(driver.dataFolder, ...parts);
const inFamily = (...parts: string[]) => inData('Family', ...parts);

function film(name: string, text = name, codec = 'h264'): string {
  writeFileSync(inData(name), fakeFilm(text, codec));
  return inData(name);
}
const take = (filmPath: string) =>
  driver.call('clips.import', { sources: [{ kind: 'path', path: filmPath }] });
async function taken(filmPath = film('wedding.mp4')): Promise<ClipId> {
  const [clip] = (await take(filmPath)).imported;
  if (clip === undefined) throw new Error('not taken in');
  return clip.id;
}
async function clipOf(id: ClipId): Promise<Clip> {
  const clip = (await driver.call('clips.list', {})).find((one) => one.id === id);
  if (clip === undefined) throw new Error('no such clip');
  return clip;
}
const edit = (clipId: ClipId, made: ClipEdit) => driver.call('clips.apply', { clipId, edit: made });
const setFidelity = (clipId: ClipId, fidelity: number) =>
  edit(clipId, { kind: 'clip.set-fidelity', fidelity });
async function restored(clipId: ClipId): Promise<void> {
  const job = await driver.ended((await driver.call('clips.restore', { clipId })).id);
  expect(job).toMatchObject({ state: 'done', clipId, photoId: null });
}
const runs = () =>
  driver.engine.tasks.filter((task): task is TaskOf<'restore-video'> => task.kind === 'restore-video');

describe('a film whose file went away', () => {
  it('is found again by adding it from its new place', async () => {
    const id = await taken();
    await setFidelity(id, 0.3);
    mkdirSync(inData('box'));
    renameSync(inData('wedding.mp4'), inData('box', 'wedding.mp4'));
    expect(await clipOf(id)).toMatchObject({ problem: 'missing' });
    expect((await take(inData('box', 'wedding.mp4'))).duplicates).toEqual([
      { fileName: 'wedding.mp4', clipId: id },
    ]);
    expect(await clipOf(id)).toMatchObject({
      problem: null,
      location: { path: inData('box', 'wedding.mp4') },
    });
    expect((await driver.call('clips.history', { clipId: id })).steps).toHaveLength(1);
  });

  it('comes back with its edits when it was removed before it was moved', async () => {
    const id = await taken();
    await setFidelity(id, 0.3);
    await driver.call('clips.remove', { clipIds: [id] });
    renameSync(inData('wedding.mp4'), inData('moved.mp4'));
    expect((await take(inData('moved.mp4'))).imported).toMatchObject([
      { id, problem: null, location: { kind: 'outside', path: inData('moved.mp4') } },
    ]);
    expect((await driver.call('clips.history', { clipId: id })).steps).toHaveLength(1);
  });

  it('is kept in the project when a browser window hands it over', async () => {
    const id = await taken();
    renameSync(inData('wedding.mp4'), inData('moved.mp4'));
    async function* bytes() {
      yield Buffer.from(fakeFilm('wedding.mp4'));
    }
    const uploadId = await driver.studio.stageUpload('wedding.mp4', bytes());
    await driver.call('clips.import', { sources: [{ kind: 'upload', uploadId }] });
    expect(await clipOf(id)).toMatchObject({ problem: null, location: { kind: 'in-project' } });
    await restored(id);
  });

  it('stays where it is while it is there: a copy elsewhere is only a copy', async () => {
    const id = await taken();
    await take(film('copy.mp4', 'wedding.mp4'));
    expect(await clipOf(id)).toMatchObject({ location: { path: inData('wedding.mp4') } });
  });
});

describe('a run of a film', () => {
  it('goes on by itself after the project was closed in the middle of it', async () => {
    const clipId = await taken();
    driver.engine.hold();
    const { id: jobId } = await driver.call('clips.restore', { clipId });
    await expect.poll(async () => (await clipOf(clipId)).keptParts).toBe(1);
    await driver.call('project.close', {});
    await driver.call('project.open', { documentPath: inFamily('Family.heirloom') });
    driver.engine.release();
    expect(await driver.ended(jobId)).toMatchObject({ state: 'done' });
    const [first, second, ...more] = runs();
    expect(more).toEqual([]);
    expect(second).toEqual(first);
    expect(await clipOf(clipId)).toMatchObject({ state: 'restored', keptParts: 0 });
  });

  it('keeps no photo waiting, only the next film', async () => {
    const [first, second] = [await taken(), await taken(film('garden.mp4'))];
    driver.engine.hold();
    const { id: running } = await driver.call('clips.restore', { clipId: first });
    await expect.poll(async () => (await clipOf(first)).keptParts).toBe(1);
    const { id: waiting } = await driver.call('clips.restore', { clipId: second });
    // From here on nothing waits but the film that has begun.
    driver.engine.hold();
    driver.engine.release();
    const path = driver.picture('a.png', { faces: 1 });
    const [photo] = (await driver.call('photos.import', { sources: [{ kind: 'path', path }] })).imported;
    if (photo === undefined) throw new Error('not taken in');
    const render = await driver.call('results.render', { photoId: photo.id });
    expect(await driver.ended(render.id)).toMatchObject({ state: 'done' });
    const jobs = await driver.call('jobs.list', {});
    const stateOf = (id: string) => jobs.find((job) => job.id === id)?.state;
    expect([stateOf(running), stateOf(waiting)]).toEqual(['running', 'queued']);
    await driver.call('jobs.cancel', { jobId: running });
    expect(await driver.ended(waiting)).toMatchObject({ state: 'done' });
  });

  it('that is paused keeps its parts; giving them up waits until it has ended', async () => {
    const clipId = await taken();
    driver.engine.hold();
    const { id: jobId } = await driver.call('clips.restore', { clipId });
    await expect.poll(async () => (await clipOf(clipId)).keptParts).toBe(1);
    expect(await driver.failure('clips.discard-parts', { clipId })).toBe('clip.busy');
    await driver.call('jobs.cancel', { jobId });
    expect(await driver.ended(jobId)).toMatchObject({ state: 'cancelled' });
    expect(await clipOf(clipId)).toMatchObject({ keptParts: 1, state: 'new', result: null });
    expect(await driver.call('clips.discard-parts', { clipId })).toMatchObject({ keptParts: 0 });
    expect(existsSync(inFamily('parts', clipId))).toBe(false);
  });

  it('that fails says why, loses nothing, and is forgotten once a film is there', async () => {
    const clipId = await taken();
    await restored(clipId);
    await setFidelity(clipId, 0.1);
    driver.engine.failNext('restore-video', new HeirloomError('output.disk-full', { path: '/films' }));
    const { id: jobId } = await driver.call('clips.restore', { clipId });
    const failed = await driver.ended(jobId);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'output.disk-full' } });
    expect(await clipOf(clipId)).toMatchObject({ state: 'failed', result: { isCurrent: false } });
    // Back to what there is a film of: asking for it again finds it.
    await driver.call('clips.undo', { clipId });
    await restored(clipId);
    expect(await clipOf(clipId)).toMatchObject({ state: 'restored', result: { isCurrent: true } });
    await driver.call('clips.redo', { clipId });
    await driver.call('jobs.retry', { jobId });
    expect(await driver.ended(jobId)).toMatchObject({ state: 'done' });
    expect(await clipOf(clipId)).toMatchObject({ state: 'restored', result: { isCurrent: true } });
  });

  it('is fixed when it is asked for: an edit made meanwhile makes its film an older one', async () => {
    const clipId = await taken();
    driver.engine.hold();
    const { id: jobId } = await driver.call('clips.restore', { clipId });
    await setFidelity(clipId, 0.2);
    driver.engine.release();
    expect(await driver.ended(jobId)).toMatchObject({ state: 'done' });
    expect(runs()[0]?.options.fidelity).toBe(defaultFidelity);
    expect(await clipOf(clipId)).toMatchObject({ state: 'edited-since', result: { isCurrent: false } });
  });
});

describe('playing a film', () => {
  it('looks at a result once, however many ranges a player asks for', async () => {
    const clipId = await taken();
    await restored(clipId);
    const before = driver.engine.tasks.length;
    for (let range = 0; range < 3; range += 1)
      expect(await driver.studio.filmFile({ kind: 'result', id: clipId })).toMatchObject({
        contentType: 'video/mp4',
      });
    expect(driver.engine.tasks.slice(before).map(({ kind }) => kind)).toEqual(['probe-video']);
  });

  it('makes one stand-in for ten requests at once, and makes it again when it was cleared away', async () => {
    const clipId = await taken(film('old.mp4', 'old', 'mpeg4'));
    const ask = () => driver.studio.filmFile({ kind: 'original', id: clipId });
    const paths = await Promise.all(Array.from({ length: 10 }, async () => (await ask()).path));
    expect(new Set(paths).size).toBe(1);
    const standIns = () => driver.engine.tasks.filter(({ kind }) => kind === 'make-clip-stand-in').length;
    expect(standIns()).toBe(1);
    rmSync(paths[0] ?? '');
    expect(existsSync((await ask()).path)).toBe(true);
    expect(standIns()).toBe(2);
  });
});

describe('making room and copying', () => {
  const asPictures: ClipEdit = {
    kind: 'clip.set-encoding',
    encoding: { container: 'image-sequence', codec: 'png', quality: 'good', encoder: 'software' },
  };

  it('keeps the newest film and the one that the edits ask for; folders of pictures go too', async () => {
    const clipId = await taken();
    await restored(clipId);
    const wanted = (await clipOf(clipId)).result?.result.key;
    await edit(clipId, asPictures);
    await restored(clipId);
    await setFidelity(clipId, 0.9);
    await restored(clipId);
    expect(readdirSync(inFamily('results'))).toHaveLength(3);
    await driver.call('clips.jump', { clipId, cursor: 0 });
    mkdirSync(inFamily('results', 'my own folder'));
    utimesSync(inFamily('results', 'my own folder'), new Date(0), new Date(0));
    const { freedBytes } = await driver.call('project.compact', {});
    expect(freedBytes).toBeGreaterThan(0);
    const left = readdirSync(inFamily('results'));
    expect(left).toHaveLength(3);
    expect(left).toContain(`clip-${wanted}.mp4`);
    expect(left).toContain('my own folder');
    expect(await clipOf(clipId)).toMatchObject({ state: 'restored', result: { isCurrent: true } });
  });

  it('removes a folder of pictures that nobody refers to, unless it is being written', async () => {
    const names = ['a', 'b'].map((letter) => `clip-${letter.repeat(64)}`);
    for (const name of names) {
      mkdirSync(inFamily('results', name));
      writeFileSync(inFamily('results', name, '000001.png'), 'pixels');
    }
    utimesSync(inFamily('results', names[0] ?? ''), new Date(0), new Date(0));
    await driver.call('project.compact', {});
    expect(readdirSync(inFamily('results'))).toEqual([names[1]]);
  });

  it('a copy of the project has films, edits, people and folders of pictures', async () => {
    const clipId = await taken();
    await edit(clipId, asPictures);
    await restored(clipId);
    const before = await clipOf(clipId);
    const { documentPath } = await driver.call('project.save-copy', {
      documentPath: inData('Copy.heirloom'),
    });
    await driver.call('project.open', { documentPath });
    expect(await clipOf(clipId)).toEqual(before);
    expect(readdirSync(inData('Copy', 'results', `clip-${before.result?.result.key}`))).toEqual([
      '000001.png',
    ]);
  });
});
