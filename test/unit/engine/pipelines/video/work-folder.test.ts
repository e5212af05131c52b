import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  followedWith,
  openWorkFolder,
  type WorkKeys,
} from '../../../../../src/engine/pipelines/video/work-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-work-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Opens and releases: what is left afterwards was taken up. */
async function open(keys: Partial<WorkKeys>): Promise<string[]> {
  const all: WorkKeys = { faces: 'faces-1', segments: 'segments-1', freshRunId: null, ...keys };
  await (await openWorkFolder(folder, all, 'film.mp4')).release();
  return readdirSync(folder)
    .filter((name) => name !== 'keys.json')
    .sort();
}

function fill(): void {
  const names = ['answers.jsonl', 'tracks.json', 'segment-000000.mov', 'history-000000.bin'];
  for (const name of [...names, 'segment-000001.mov.1234.part']) writeFileSync(join(folder, name), 'x');
}
const whole = ['answers.jsonl', 'history-000000.bin', 'segment-000000.mov', 'tracks.json'];

describe('the folder in which a clip is made', () => {
  it('keeps what fits and drops what is unfinished', async () => {
    await open({});
    fill();
    expect(await open({})).toEqual(whole);
  });

  it('keeps the faces for another look, and nothing for another film', async () => {
    await open({});
    fill();
    expect(await open({ segments: 'segments-2' })).toEqual(['answers.jsonl', 'tracks.json']);
    fill();
    expect(await open({ faces: 'faces-2', segments: 'segments-3' })).toEqual([]);
  });

  it('looking for people leaves the parts of an interrupted run alone, whatever the options', async () => {
    await open({});
    fill();
    expect(await open({ segments: null })).toEqual(whole);
    expect(await open({ faces: 'faces-2', segments: null })).toEqual([
      'history-000000.bin',
      'segment-000000.mov',
    ]);
    // The run they belong to takes them up; another one does not.
    expect(await open({})).toEqual(['history-000000.bin', 'segment-000000.mov']);
    expect(await open({ segments: 'segments-2' })).toEqual([]);
  });

  it('a fresh run begins with nothing, and goes on with its own', async () => {
    await open({});
    fill();
    expect(await open({ freshRunId: 'one' })).toEqual([]);
    fill();
    expect(await open({ freshRunId: 'one' })).toEqual(whole);
    expect(await open({ freshRunId: 'two' })).toEqual([]);
  });

  it('is one process’s at a time', async () => {
    const keys = { faces: 'a', segments: 'b', freshRunId: null };
    const work = await openWorkFolder(folder, keys, 'film.mp4');
    await expect(openWorkFolder(folder, keys, 'film.mp4')).rejects.toMatchObject({ code: 'video.busy' });
    await work.release();
    // A lock that a killed process left behind holds nobody up.
    writeFileSync(join(folder, 'lock'), '999999999');
    await (await openWorkFolder(folder, keys, 'film.mp4')).release();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('says where tracks are that were followed under a key', async () => {
    expect(await followedWith(folder, 'faces-1')).toBeNull();
    await open({ segments: null });
    expect(await followedWith(folder, 'faces-1')).toBe(join(folder, 'tracks.json'));
    expect(await followedWith(folder, 'faces-2')).toBeNull();
  });
});
