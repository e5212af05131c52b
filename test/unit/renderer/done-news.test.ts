// When the end of work is told through the system.
import { describe, expect, it } from 'vitest';
import type { Job } from '#shared/domain/job.ts';
import { deservesNotification } from '../../../src/renderer/features/jobs/done-news.ts';

const job = (state: Job['state'], finishedAt: string | null): Job =>
  ({ state, finishedAt }) as unknown as Job;
const workBegan = '2026-01-01T10:00:00.000Z';
const end = { othersLeft: 0, workBegan, isWindowSeen: false };
const [soon, late] = ['2026-01-01T10:00:04.000Z', '2026-01-01T10:00:10.000Z'];

describe('the end of work', () => {
  it('is told when it took long and nobody looks, failed or done', () => {
    expect(deservesNotification({ ...end, job: job('done', late) })).toBe(true);
    expect(deservesNotification({ ...end, job: job('failed', late) })).toBe(true);
    expect(deservesNotification({ ...end, job: job('done', soon) })).toBe(false);
    expect(deservesNotification({ ...end, job: job('done', late), isWindowSeen: true })).toBe(false);
  });

  it('is told once for all that waited, and not for what somebody stopped', () => {
    expect(deservesNotification({ ...end, job: job('done', late), othersLeft: 3 })).toBe(false);
    expect(deservesNotification({ ...end, job: job('cancelled', late) })).toBe(false);
    expect(deservesNotification({ ...end, job: job('running', null) })).toBe(false);
  });
});
