import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PhotoId } from '#shared/domain/ids.ts';
import type { JobState } from '#shared/domain/job.ts';
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

const photo = (index: number): PhotoId => {
  const id = photoIds[index];
  if (id === undefined) throw new Error('no such photo');
  return id;
};
const render = (index: number) => driver.call('results.render', { photoId: photo(index) });
const states = (jobId: string): JobState[] =>
  driver.eventsOf('job.changed').flatMap(({ job }) => (job.id === jobId ? [job.state] : []));

describe('the queue', () => {
  it('runs one job after the other, detections before renders', async () => {
    driver.engine.hold();
    const first = await render(0);
    const second = await render(1);
    const find = await driver.call('faces.find', { photoId: photo(2) });
    const listed = (await driver.call('jobs.list', {})).map(({ state }) => state);
    expect(listed).toEqual(['running', 'queued', 'queued']);
    expect(driver.studio.hasRunningJobs()).toBe(true);
    driver.engine.release();
    await driver.ended(second.id);
    const order = driver.eventsOf('job.changed').flatMap(({ job }) => (job.state === 'done' ? [job.id] : []));
    expect(order).toEqual([first.id, find.id, second.id]);
    expect(states(first.id)).toEqual(['queued', 'running', 'done']);
    expect(driver.studio.hasRunningJobs()).toBe(false);
  });

  it('progress rises, ends at 1 before the job is done, and carries its id', async () => {
    driver.engine.progress = [0.2, 0.1, 0.6];
    const job = await render(0);
    await driver.ended(job.id);
    const kinds = driver.events.flatMap((event): (number | string)[] => {
      if (event.type === 'job.progressed' && event.progress.jobId === job.id)
        return [event.progress.fraction];
      return event.type === 'job.changed' && event.job.id === job.id ? [event.job.state] : [];
    });
    expect(kinds).toEqual(['queued', 'running', 0.2, 1, 'done']);
  });

  it('cancels a waiting job at once and a running one when its work answers', async () => {
    driver.engine.hold();
    const running = await render(0);
    const waiting = await render(1);
    expect(await driver.call('jobs.cancel', { jobId: waiting.id })).toMatchObject({ state: 'cancelled' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await driver.call('jobs.cancel', { jobId: running.id });
    const ended = await driver.ended(running.id);
    expect(ended).toMatchObject({ state: 'cancelled', error: null, resultId: null });
    expect((await driver.call('photos.list', {})).map(({ state }) => state)).toEqual(['new', 'new', 'new']);
    expect(await driver.failure('jobs.cancel', { jobId: running.id })).toBe('job.not-cancellable');
    driver.engine.release();
    await driver.call('jobs.retry', { jobId: waiting.id });
    expect((await driver.ended(waiting.id)).state).toBe('done');
  });

  it('does not know jobs that are not there', async () => {
    const jobId = crypto.randomUUID() as never;
    expect(await driver.failure('jobs.cancel', { jobId })).toBe('job.not-found');
    expect(await driver.failure('jobs.retry', { jobId })).toBe('job.not-found');
  });

  it('closing the project stops the running job; opening it again goes on', async () => {
    driver.engine.hold();
    const running = await render(0);
    const waiting = await render(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await driver.call('project.close', {});
    driver.engine.release();
    await driver.call('project.open', { documentPath });
    expect((await driver.ended(running.id)).state).toBe('done');
    expect((await driver.ended(waiting.id)).state).toBe('done');
  });
});

describe('jobs a crash left running', () => {
  async function reopenAfterCrash(change: string): Promise<void> {
    await driver.call('project.close', {});
    const database = new BetterSqlite3(documentPath);
    database.exec(change);
    database.close();
    await driver.call('project.open', { documentPath });
  }

  it('go back to the queue once', async () => {
    const job = await render(0);
    await driver.ended(job.id);
    await reopenAfterCrash("UPDATE job SET state = 'running', result_id = NULL; DELETE FROM result");
    expect(await driver.ended(job.id)).toMatchObject({ state: 'done', attempts: 2 });
    await reopenAfterCrash("UPDATE job SET state = 'running'");
    const ended = await driver.ended(job.id);
    expect(ended).toMatchObject({ state: 'failed', attempts: 2, error: { code: 'engine.crashed' } });
    await driver.call('jobs.retry', { jobId: job.id });
    expect((await driver.ended(job.id)).state).toBe('done');
  });

  it('whose input cannot be read any more fail with a reason instead of running', async () => {
    const job = await render(0);
    await driver.ended(job.id);
    await reopenAfterCrash(`UPDATE job SET state = 'queued', input = '{"photoId":"?"}'`);
    expect((await driver.ended(job.id)).error?.code).toBe('command.invalid-input');
  });
});
