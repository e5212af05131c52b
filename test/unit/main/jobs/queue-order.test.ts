import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PhotoId } from '#shared/domain/ids.ts';
import { driveStudio, type StudioDriver } from '../../../helpers/studio-driver.ts';

let driver: StudioDriver;
let documentPath: string;
let photoIds: PhotoId[];
beforeEach(async () => {
  driver = driveStudio();
  const wanted = path.join(driver.dataFolder, 'Family.heirloom');
  documentPath = (await driver.call('project.create', { documentPath: wanted })).documentPath;
  const sources = ['a.png', 'b.png', 'c.png'].map(
    (name) => ({ kind: 'path', path: driver.picture(name, { faces: 1 }) }) as const,
  );
  photoIds = (await driver.call('photos.import', { sources })).imported.map(({ id }) => id);
});
afterEach(() => driver.close());

const renderAll = () => Promise.all(photoIds.map((photoId) => driver.call('results.render', { photoId })));
const unfinished = async () =>
  (await driver.call('jobs.list', {})).flatMap(({ id, state }) => (state === 'queued' ? [id] : []));
const doneInOrder = () =>
  driver.eventsOf('job.changed').flatMap(({ job }) => (job.state === 'done' ? [job.id] : []));

it('paused, nothing begins, also after opening again; resumed, it goes on', async () => {
  expect(await driver.call('jobs.set-paused', { paused: true })).toBe(true);
  const jobs = await renderAll();
  expect(await unfinished()).toEqual(jobs.map(({ id }) => id));
  expect(driver.studio.hasRunningJobs()).toBe(false);
  await driver.call('project.close', {});
  await driver.call('project.open', { documentPath });
  expect(await driver.call('jobs.is-paused', {})).toBe(true);
  expect(await unfinished()).toHaveLength(3);
  expect(await driver.call('jobs.set-paused', { paused: false })).toBe(false);
  for (const { id } of jobs) expect((await driver.ended(id)).state).toBe('done');
});

it('waiting jobs run in the order a person gave them, and are listed in it', async () => {
  await driver.call('jobs.set-paused', { paused: true });
  const [a, b, c] = (await renderAll()).map(({ id }) => id);
  if (a === undefined || b === undefined || c === undefined) throw new Error('not queued');
  await driver.call('jobs.move', { jobId: c, place: 'first' });
  await driver.call('jobs.move', { jobId: a, place: 'last' });
  expect(await unfinished()).toEqual([c, b, a]);
  await driver.call('jobs.set-paused', { paused: false });
  await driver.ended(a);
  expect(doneInOrder()).toEqual([c, b, a]);
});
