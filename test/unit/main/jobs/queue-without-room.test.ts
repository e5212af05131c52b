// A queue whose rows cannot be written for a while: it says so in words, waits, and ends every job once there is room.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { HeirloomEvent } from '#shared/contract/events.ts';
import { photoIdSchema } from '#shared/domain/ids.ts';
import { documentErrorOf } from '../../../../src/main/db/document-errors.ts';
import { createDocument } from '../../../../src/main/db/open-document.ts';
import type { JobHandler } from '../../../../src/main/jobs/job-handler.ts';
import { createJobQueue, type JobQueue } from '../../../../src/main/jobs/job-queue.ts';
import { createJobsStore, type JobsStore } from '../../../../src/main/jobs/jobs-store.ts';

let folder: string;
let database: Database;
let store: JobsStore;
let queue: JobQueue;
let isFull: boolean;
let runs: number;
let events: HeirloomEvent[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'heirloom-queue-'));
  database = createDocument(path.join(folder, 'Family.heirloom'));
  // The photos of these jobs are not part of the story.
  database.pragma('foreign_keys = OFF');
  isFull = false;
  runs = 0;
  events = [];
  store = createJobsStore(database);
  queue = createJobQueue({
    store: {
      ...store,
      save(stored) {
        if (isFull && stored.job.state !== 'queued')
          throw new BetterSqlite3.SqliteError('database or disk is full', 'SQLITE_FULL');
        store.save(stored);
      },
    },
    handlers: {
      'restore-photo': handler,
      'find-faces': handler,
      'export-photo': handler,
      'follow-clip-faces': handler,
      'restore-clip': handler,
      'export-clip': handler,
    },
    emit: (event) => events.push(event),
    now: () => new Date(),
    nowMs: () => performance.now(),
    onEnded: () => undefined,
    explain: (error) => documentErrorOf(error, '/photos/Family.heirloom'),
    writeAgainAfterMs: 5,
  });
  queue.start();
});
afterEach(async () => {
  await queue.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const handler: JobHandler = {
  run: async () => {
    runs += 1;
    return {};
  },
};
const add = () => queue.add('restore-photo', photoIdSchema.parse(randomUUID()), {});
const reported = () => events.flatMap((event) => (event.type === 'failure.reported' ? [event.error] : []));
const states = () => store.list().map(({ state }) => state);

it('a job that cannot begin waits for room, said once and in words', async () => {
  isFull = true;
  add();
  await expect
    .poll(reported)
    .toMatchObject([{ code: 'output.disk-full', params: { path: '/photos/Family.heirloom' } }]);
  add();
  expect(states()).toEqual(['queued', 'queued']);
  expect(runs).toBe(0);
  isFull = false;
  await expect.poll(states).toEqual(['done', 'done']);
  expect(runs).toBe(2);
  expect(reported()).toHaveLength(1);
});

it('a job that has ended is written down once there is room, and not done twice', async () => {
  queue.setPaused(true);
  add();
  add();
  queue.setPaused(false);
  // Its row is written, its work begins in a later turn.
  expect(states()).toEqual(['running', 'queued']);
  isFull = true;
  await expect.poll(() => reported().length).toBe(1);
  expect(runs).toBe(1);
  isFull = false;
  await expect.poll(states).toEqual(['done', 'done']);
  expect(runs).toBe(2);
});

it('closing does not wait for room; the row stays as it was', async () => {
  isFull = true;
  add();
  await expect.poll(() => reported().length).toBe(1);
  await queue.close();
  expect(states()).toEqual(['queued']);
});
