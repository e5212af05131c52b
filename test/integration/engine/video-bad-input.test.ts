// Films that are none, that are broken, or that break while they are worked on: each ends with its own words.
import { chmodSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutFace, ffmpeg, frameTimes, hasFfmpeg, makeFaceClip, streamsOf } from '../../helpers/make-clips.ts';
import { contextWith, restoreClip } from '../../helpers/restore-clip.ts';

let folder: string;
let facePath: string;
let counter = 0;
const at = (name: string) => join(folder, name);
const target = () => at(`out-${++counter}.mp4`);
const code = (code: string, params: Record<string, unknown> = {}) =>
  expect.objectContaining({ code, params: expect.objectContaining(params) });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-bad-video-'));
  facePath = at('face.png');
  await cutFace(facePath);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A stand-in for ffmpeg that hands over to the real one unless `spoils`, a shell test of its arguments, holds. */
function brokenFfmpeg(name: string, spoils: string, instead: string): string {
  const bin = at(name);
  writeFileSync(`${bin}-ffmpeg`, `#!/bin/sh\ncase "$*" in ${spoils}) ${instead};; esac\nexec ffmpeg "$@"\n`);
  writeFileSync(`${bin}-ffprobe`, '#!/bin/sh\nexec ffprobe "$@"\n');
  for (const program of ['ffmpeg', 'ffprobe']) chmodSync(`${bin}-${program}`, 0o755);
  return `${bin}-ffmpeg`;
}

describe.skipIf(!hasFfmpeg)('a film that cannot be restored (needs ffmpeg)', () => {
  it('is no film at all', async () => {
    writeFileSync(at('letter.mp4'), 'Dear Aunt, this is a letter.\n'.repeat(50));
    writeFileSync(at('empty.mp4'), '');
    await sharp(facePath).jpeg().toFile(at('photo.mp4'));
    ffmpeg('-f', 'lavfi', '-i', 'sine=duration=0.2', '-c:a', 'aac', at('song.mp4'));
    await expect(restoreClip(at('letter.mp4'), target())).rejects.toEqual(code('video.not-a-video'));
    await expect(restoreClip(at('empty.mp4'), target())).rejects.toEqual(code('file.empty'));
    await expect(restoreClip(at('missing.mp4'), target())).rejects.toEqual(code('file.not-found'));
    await expect(restoreClip(at('photo.mp4'), target())).rejects.toEqual(code('video.is-a-picture'));
    await expect(restoreClip(at('song.mp4'), target())).rejects.toEqual(
      code('video.no-picture-stream', { streams: 'audio' }),
    );
  });

  it('has a wrong ending, and is read all the same', async () => {
    makeFaceClip({ facePath, path: at('real.mkv'), seconds: 0.4 });
    const renamed = at('renamed.txt');
    writeFileSync(renamed, readFileSync(at('real.mkv')));
    expect((await restoreClip(renamed, target())).frameCount).toBe(10);
  });

  it('was cut off: what is there comes out, or it is said that nothing can be read', async () => {
    const [mkv, mp4] = [at('cut.mkv'), at('cut.mp4')];
    makeFaceClip({ facePath, path: mkv, seconds: 2, noise: 20 });
    makeFaceClip({ facePath, path: mp4, seconds: 0.4 });
    truncateSync(mkv, Math.floor(readFileSync(mkv).length * 0.4));
    truncateSync(mp4, Math.floor(readFileSync(mp4).length * 0.6));
    const output = target();
    const { frameCount, notices } = await restoreClip(mkv, output);
    expect(frameCount).toBeGreaterThan(5);
    expect(frameCount).toBeLessThan(40);
    expect(frameTimes(output)).toHaveLength(frameCount);
    expect(notices.map((notice) => notice.code)).toContain('note.ended-early');
    await expect(restoreClip(mp4, target())).rejects.toEqual(code('file.damaged'));
  });

  it('changes its size on the way', async () => {
    const [first, second, both] = [at('a.ts'), at('b.ts'), at('both.ts')];
    const output = ['-c:v', 'libx264', '-preset', 'ultrafast', '-f', 'mpegts'];
    makeFaceClip({ facePath, path: first, seconds: 0.4, hasSound: false, output });
    makeFaceClip({ facePath, path: second, seconds: 0.4, widthPx: 360, hasSound: false, output });
    writeFileSync(both, Buffer.concat([readFileSync(first), readFileSync(second)]));
    await expect(restoreClip(both, target())).rejects.toEqual(
      code('video.size-changes', { before: '320 × 256', after: '360 × 256', seconds: 0.4 }),
    );
  });

  it('shows no face', async () => {
    const path = at('wall.mp4');
    ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=10:duration=0.5', '-pix_fmt', 'yuv420p', path);
    await expect(restoreClip(path, target())).rejects.toEqual(code('video.no-faces'));
    const { notices, widthPx } = await restoreClip(path, target(), { scale: 2 });
    expect(widthPx).toBe(320);
    expect(notices.map((notice) => notice.code)).toContain('note.no-faces');
  });

  it('lies outside the range, or its target is taken or is the film itself', async () => {
    const path = at('short.mp4');
    makeFaceClip({ facePath, path, seconds: 0.4 });
    const range = { fromSeconds: 5, toSeconds: 6 };
    await expect(restoreClip(path, target(), { range })).rejects.toEqual(code('video.range-empty'));
    await expect(restoreClip(path, path)).rejects.toEqual(code('output.is-input'));
    await expect(restoreClip(path, facePath)).rejects.toEqual(code('output.exists'));
    const encoding = { container: 'webm', codec: 'h264', quality: 'good', encoder: 'software' } as const;
    await expect(restoreClip(path, target(), { encoding })).rejects.toEqual(
      code('video.codec-not-in-container'),
    );
    const hardware = { container: 'mp4', codec: 'h264', quality: 'good', encoder: 'hardware' } as const;
    await expect(restoreClip(path, target(), { encoding: hardware })).rejects.toEqual(
      code('video.encoder-missing'),
    );
  });

  it('has sound that cannot be read: the pictures come out', async () => {
    const [path, output] = [at('noise.mkv'), target()];
    makeFaceClip({ facePath, path: at('with-sound.mkv'), seconds: 0.4 });
    // The bytes of the sound are noise, its description is not.
    ffmpeg('-i', at('with-sound.mkv'), '-c', 'copy', '-bsf:a', 'noise=amount=1', path);
    const { notices } = await restoreClip(path, output);
    expect(notices.map((notice) => notice.code)).toContain('lost.audio-unreadable');
    expect(streamsOf(output).map((stream) => stream.codec_type)).toEqual(['video']);
  });
});

describe.skipIf(!hasFfmpeg)('ffmpeg that fails (needs ffmpeg)', () => {
  it('is missing', async () => {
    makeFaceClip({ facePath, path: at('fine.mp4'), seconds: 0.64 });
    const missing = restoreClip(at('fine.mp4'), target(), {}, { ffmpegPath: at('nowhere') });
    await expect(missing).rejects.toEqual(code('video.ffmpeg-missing'));
  });

  it('is killed midway: finished segments stay, and the next run goes on behind them', async () => {
    const output = target();
    const ffmpegPath = brokenFfmpeg('killed', '*segment-000001*', 'kill -9 $$');
    await expect(restoreClip(at('fine.mp4'), output, {}, { ffmpegPath })).rejects.toEqual(
      code('video.ffmpeg-failed'),
    );
    const { resumedSegments } = await restoreClip(at('fine.mp4'), output);
    expect(resumedSegments).toBe(1);
    expect(frameTimes(output)).toHaveLength(16);
  });

  it('finds the disk full', async () => {
    const full = 'echo "av_interleaved_write_frame(): No space left on device" >&2; exit 1';
    const ffmpegPath = brokenFfmpeg('full', '*segment-000000*', full);
    const failing = restoreClip(at('fine.mp4'), target(), {}, { ffmpegPath });
    await expect(failing).rejects.toEqual(code('output.disk-full'));
  });

  it('is left alone when the job is cancelled', async () => {
    const stop = new AbortController();
    const output = target();
    const running = restoreClip(
      at('fine.mp4'),
      output,
      {},
      {},
      contextWith({ signal: stop.signal, clip: ({ phase }) => phase === 'restoring' && stop.abort() }),
    );
    await expect(running).rejects.toThrow(expect.objectContaining({ name: 'JobCancelled' }));
    await expect(restoreClip(at('fine.mp4'), output)).resolves.toMatchObject({ frameCount: 16 });
  });
});
