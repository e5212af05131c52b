// heirloom video as a person uses it: the built program, the real ffmpeg, the bundled models.
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cutFace,
  frameTimes,
  grayFrames,
  hasFfmpeg,
  makeFaceClip,
  meanDifference,
} from '../helpers/make-clips.ts';
import { lastEvent, runVideoCommand, type VideoEvent, type VideoRun } from '../helpers/run-video-command.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-cli-video-'));
  if (!hasFfmpeg) return;
  await cutFace(join(folder, 'face.png'));
  makeFaceClip({
    facePath: join(folder, 'face.png'),
    path: join(folder, 'film.mp4'),
    seconds: 1.28,
    noise: 6,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const heirloom = (
  args: string[],
  onEvent: (event: VideoEvent, command: ChildProcess) => void = () => {},
): Promise<VideoRun> => runVideoCommand(folder, args, onEvent);

describe.skipIf(!hasFfmpeg)('heirloom video (needs ffmpeg)', () => {
  it('says what a film is and what becomes of it', async () => {
    const { code, out } = await heirloom(['film.mp4', '-o', 'film.webm', '--probe']);
    expect(code).toBe(0);
    expect(out).toContain('Picture: h264, 320 × 256, 25 frames a second, 8 bits');
    expect(out).toContain('Sound becomes opus, as this kind of file cannot hold aac.');
  });

  it('stops at Ctrl+C, keeps what is finished, and goes on from there', async () => {
    const args = ['film.mp4', '-o', 'out.mp4', '--segment-frames', '8', '--json'];
    const stopped = await heirloom(args, (event, command) => {
      if (event['phase'] === 'restoring' && Number(event['doneFrames']) >= 18) command.kill('SIGINT');
    });
    expect(stopped.code).toBe(130);
    expect(stopped.err).toContain('--resume goes on from here');
    expect(existsSync(join(folder, 'out.mp4'))).toBe(false);
    const resumed = await heirloom([...args, '--resume']);
    expect(resumed.code).toBe(0);
    expect(lastEvent(resumed)).toMatchObject({ event: 'restored', frameCount: 32 });
    expect(Number(lastEvent(resumed)['resumedSegments'])).toBeGreaterThanOrEqual(1);
    expect(frameTimes(join(folder, 'out.mp4'))).toHaveLength(32);
    expect(existsSync(join(folder, 'out.mp4.heirloom-parts'))).toBe(false);
  });

  it('says who is in the film, and gives a person what was asked for', async () => {
    const found = await heirloom(['film.mp4', '-o', 'people.mp4', '--people']);
    expect([found.code, found.out]).toEqual([0, '  Person 1: 0.00 s to 1.24 s (face 1)\n']);
    const nobody = await heirloom(['film.mp4', '-o', 'people.mp4', '--resume', '--person', '4=off']);
    expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining('no person 4')]);
    const args = [
      'film.mp4',
      '-o',
      'people.mp4',
      '--resume',
      '--json',
      '--quality',
      'best',
      '--person',
      '1=off',
    ];
    const left = await heirloom(args);
    expect(lastEvent(left)).toMatchObject({ event: 'restored', tracks: [{ trackId: 1, personId: 1 }] });
    const crop = 'crop=50:55:140:62';
    const difference = meanDifference(
      grayFrames(join(folder, 'film.mp4'), crop),
      grayFrames(join(folder, 'people.mp4'), crop),
    );
    expect(difference).toBeLessThan(2);
  });

  it('names what is wrong', async () => {
    const wrong = await heirloom(['film.mp4', '-o', 'film.avi']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('.mp4, .mov, .mkv, .webm or .gif')]);
    const time = await heirloom(['film.mp4', '--from', 'soon']);
    expect([time.code, time.err]).toEqual([2, expect.stringContaining('--from')]);
    const missing = await heirloom(['film.mp4', '--ffmpeg', 'nowhere', '-o', 'x.mp4']);
    expect([missing.code, missing.err]).toEqual([3, expect.stringContaining('Install ffmpeg')]);
  });
});
