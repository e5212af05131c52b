// Films through the whole pipeline with the real ffmpeg and the models that ship inside: what must be equal to the
// source's and what must be steadier. That a killed film comes out as if nothing had happened: test/e2e/video-killed.test.ts.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrackChoice } from '#shared/domain/clip.ts';
import { followClipFaces } from '../../../src/engine/pipelines/video/follow-clip-faces.ts';
import { previewVideo } from '../../../src/engine/pipelines/video/preview-video.ts';
import {
  cutFace,
  cutOtherFace,
  ffmpeg,
  frameTimes,
  grayFrames,
  hasFfmpeg,
  makeFaceClip,
  meanDifference,
  streamsOf,
} from '../../helpers/make-clips.ts';
import { contextWith, restoreClip, taskFor } from '../../helpers/restore-clip.ts';

let folder: string;
let facePath: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-video-'));
  facePath = at('face.png');
  await cutFace(facePath);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const video = (path: string) => streamsOf(path).find(({ codec_type }) => codec_type === 'video');
const audio = (path: string) => streamsOf(path).find(({ codec_type }) => codec_type === 'audio');

function expectSameTimes(output: string, input: string): void {
  const [before, after] = [frameTimes(input), frameTimes(output)];
  expect(after).toHaveLength(before.length);
  const shift = (after[0] ?? 0) - (before[0] ?? 0);
  for (const [index, seconds] of before.entries()) expect(after[index]).toBeCloseTo(seconds + shift, 3);
}

describe.skipIf(!hasFfmpeg)('a film (needs ffmpeg)', () => {
  it('keeps frames, times and sound; one person is one track, hidden for a while or not', async () => {
    const [input, output] = [at('travel.mp4'), at('travel-out.mp4')];
    // Something passes in front of the head.
    const hidden = "drawbox=x=80:y=20:w=150:h=130:color=0x506070:t=fill:enable='between(t,0.7,0.95)'";
    makeFaceClip({ facePath, path: input, seconds: 1.6, x: '10+50*t', filters: hidden });
    const seen: string[] = [];
    const answer = await restoreClip(
      input,
      output,
      {},
      { livePreviewPath: at('live.jpg') },
      contextWith({ clip: ({ phase }) => seen.push(phase) }),
    );
    expectSameTimes(output, input);
    expect(answer.frameCount).toBe(40);
    expect(answer.tracks).toHaveLength(1);
    expect(answer.tracks[0]?.frameCount).toBeGreaterThan(28);
    expect(answer.tracks[0]?.frameCount).toBeLessThan(37);
    expect(Number(video(output)?.duration)).toBeCloseTo(1.6, 2);
    expect(Number(audio(output)?.start_time ?? 0)).toBeCloseTo(Number(audio(input)?.start_time ?? 0), 1);
    expect(Number(audio(output)?.duration)).toBeCloseTo(Number(audio(input)?.duration), 1);
    expect([...new Set(seen)]).toEqual(['following-faces', 'restoring', 'joining']);
    expect(readFileSync(at('live.jpg')).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    // The face has changed, the far corner of the wall has not (but for the encoder).
    const change = (crop: string): number => {
      const [a, b] = [grayFrames(input, crop), grayFrames(output, crop)];
      return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
    };
    expect(change('crop=40:40:280:210')).toBeLessThan(1);
    expect(change('crop=50:55:150:62')).toBeGreaterThan(1.5);
  });

  it('is the same to the bit when it waited for others in both passes, and said so', async () => {
    const [input, plain, held] = [at('held.mp4'), at('held-plain.mp4'), at('held-held.mp4')];
    makeFaceClip({ facePath, path: input, seconds: 1, x: '10+50*t', noise: 8 });
    await restoreClip(input, plain);
    let asked = 0;
    const told: string[] = [];
    const context = contextWith({
      // Before every fifth frame.
      turn: () => (++asked % 5 === 0 ? new Promise((resolve) => setTimeout(resolve, 20)) : null),
      clip: ({ phase, isHeld }) => isHeld && told.push(phase),
    });
    await restoreClip(input, held, {}, {}, context);
    expect(told.filter((phase) => phase === 'following-faces').length).toBeGreaterThan(3);
    expect(told.filter((phase) => phase === 'restoring').length).toBeGreaterThan(3);
    expect(readFileSync(held)).toEqual(readFileSync(plain));
  });

  it('begins anew at a cut, and knows people again', async () => {
    const other = at('other-face.png');
    await cutOtherFace(other);
    const scene = (name: string, face: string, x: string, noise: number): string => {
      makeFaceClip({ facePath: face, path: at(name), seconds: 0.48, x, noise, hasSound: false });
      return at(name);
    };
    const scenes = [
      scene('scene-1.mp4', facePath, '10', 4),
      scene('scene-2.mp4', other, '60', 4),
      scene('scene-3.mp4', facePath, '100+40*t', 14),
    ];
    const input = at('scenes.mp4');
    ffmpeg(
      ...scenes.flatMap((path) => ['-i', path]),
      ...['-filter_complex', '[0][1][2]concat=n=3,hue=s=0', '-crf', '14', input],
    );
    const { tracks, frameCount } = await restoreClip(input, at('scenes-out.mp4'));
    expect(frameCount).toBe(36);
    expect(tracks.map(({ trackId, personId, frameCount: frames }) => [trackId, personId, frames])).toEqual([
      [1, 1, 12],
      [2, 2, 12],
      [3, 1, 12],
    ]);
  });

  it('keeps a varying frame rate', async () => {
    const [input, output] = [at('varying.mkv'), at('varying-out.mkv')];
    makeFaceClip({
      facePath,
      path: input,
      seconds: 1,
      filters: "select='not(eq(mod(n,5),3))',setpts='PTS+if(gt(N,9),0.11/TB,0)'",
      output: ['-fps_mode', 'vfr', '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '12'],
    });
    const encoding = { container: 'mkv', codec: 'h264', quality: 'good', encoder: 'software' } as const;
    const { notices } = await restoreClip(input, output, { encoding });
    expect(notices.map(({ code }) => code)).toContain('kept.variable-frame-rate');
    expectSameTimes(output, input);
  });

  it('turns upright, evens odd sides and keeps full colour range', async () => {
    const [plain, input, output] = [at('plain.mp4'), at('turned.mp4'), at('turned-out.mp4')];
    makeFaceClip({
      facePath,
      path: plain,
      widthPx: 301,
      heightPx: 251,
      seconds: 0.5,
      filters: 'scale=in_range=tv:out_range=pc,format=yuv444p,transpose=clock',
      output: ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '10', '-color_range', 'pc'],
    });
    ffmpeg('-i', plain, '-c', 'copy', '-metadata:s:v:0', 'rotate=90', input);
    const { notices, tracks } = await restoreClip(input, output, {});
    expect(tracks).toHaveLength(1);
    const codes = notices.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['changed.rotation', 'changed.odd-size', 'changed.chroma']));
    const stream = video(output);
    expect([stream?.width, stream?.height]).toEqual([302, 252]);
    expect(stream?.color_range).toBe('pc');
    expect(stream?.side_data_list?.some(({ rotation }) => rotation !== undefined) ?? false).toBe(false);
    // Brightness of the wall stays: a wrong range would shift it by 16 and more.
    const mean = (path: string) => {
      const pixels = grayFrames(path, 'crop=30:30:0:100,format=gray');
      return pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
    };
    expect(Math.abs(mean(output) - mean(input))).toBeLessThan(1.5);
  });

  it('restores a face of an HDR film as it would that of an ordinary one', async () => {
    const [plain, bright] = [at('plain.mkv'), at('bright.mkv')];
    makeFaceClip({ facePath, path: plain, seconds: 0.32, hasSound: false, output: ['-c:v', 'ffv1'] });
    const linear = 'zscale=tin=bt709:min=bt709:pin=bt709:rin=tv:t=linear:p=bt709:npl=203,format=gbrpf32le';
    const wide = 'zscale=p=bt2020:t=smpte2084:m=bt2020nc:r=tv:npl=203,format=yuv420p10le';
    const tags = ['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'];
    ffmpeg('-i', plain, '-vf', `${linear},${wide}`, '-c:v', 'ffv1', ...tags, '-color_range', 'tv', bright);
    const encoding = { container: 'mkv', codec: 'h265', quality: 'best', encoder: 'software' } as const;
    await restoreClip(plain, at('plain-out.mkv'), { encoding });
    const answer = await restoreClip(bright, at('bright-out.mkv'), { encoding });
    expect(answer.notices).toContainEqual({ code: 'kept.hdr', params: { kind: 'PQ' } });
    expect(video(at('bright-out.mkv'))).toMatchObject({
      pix_fmt: 'yuv420p10le',
      color_space: 'bt2020nc',
      color_transfer: 'smpte2084',
    });
    const back =
      'zscale=tin=smpte2084:min=bt2020nc:pin=bt2020:rin=tv:t=linear:p=bt2020:npl=203,format=gbrpf32le,' +
      'zscale=p=bt709:t=bt709:m=bt709:r=tv,format=yuv420p';
    const crop = 'crop=50:55:140:62';
    const ordinary = grayFrames(at('plain-out.mkv'), crop);
    expect(meanDifference(grayFrames(plain, crop), ordinary)).toBeGreaterThan(1.5);
    const difference = meanDifference(ordinary, grayFrames(at('bright-out.mkv'), `${back},${crop}`));
    console.log(`HDR: ${difference.toFixed(2)} levels from the ordinary film`);
    // 4.4 when the network is shown the samples as they are.
    expect(difference).toBeLessThan(2.2);
  });

  it('takes a range out of the middle, with the sound of that range', async () => {
    const [input, output] = [at('long.mp4'), at('range.mp4')];
    makeFaceClip({ facePath, path: input, seconds: 2.4 });
    const { frameCount } = await restoreClip(input, output, { range: { fromSeconds: 1.6, toSeconds: 2 } });
    expect(frameCount).toBe(10);
    expect(frameTimes(output)).toHaveLength(10);
    expect(Number(audio(output)?.duration)).toBeGreaterThan(0.35);
    expect(Number(audio(output)?.duration)).toBeLessThan(0.45);
  });

  it('reads and writes GIF and folders of pictures', async () => {
    const [input, gif, folderOut] = [at('small.mp4'), at('small.gif'), at('pictures')];
    makeFaceClip({ facePath, path: input, seconds: 0.4, rate: 10, hasSound: false });
    const png = { container: 'image-sequence', codec: 'png', quality: 'good', encoder: 'software' } as const;
    await restoreClip(input, folderOut, { encoding: png });
    expect(readdirSync(folderOut)).toEqual(['000001.png', '000002.png', '000003.png', '000004.png']);
    const asGif = { container: 'gif', codec: 'gif', quality: 'good', encoder: 'software' } as const;
    await restoreClip(folderOut, gif, { encoding: asGif }, { sequenceFramesPerSecond: 10 });
    expect(frameTimes(gif)).toEqual([0, 0.1, 0.2, 0.3].map((seconds) => expect.closeTo(seconds, 2)));
    const { frameCount } = await restoreClip(gif, at('from-gif.mp4'), {});
    expect(frameCount).toBe(4);
  });

  it('shows a stretch beforehand, as it is and as it would be', async () => {
    const [before, after] = [at('preview/before.mp4'), at('preview/after.mp4')];
    const input = at('previewed.mp4');
    makeFaceClip({ facePath, path: input, seconds: 1.6 });
    const {
      target: _target,
      livePreviewPath: _path,
      freshRunId: _id,
      ...task
    } = taskFor(input, at('previewed-run.mp4'));
    const moment = { fromSeconds: 0.8, durationSeconds: 0.4, beforePath: before, afterPath: after } as const;
    const show = (tracks: TrackChoice[], range = task.options.range) =>
      previewVideo(
        { ...task, ...moment, options: { ...task.options, tracks, range }, kind: 'preview-video' },
        contextWith(),
      );
    const crop = 'crop=50:55:140:62';
    const change = () => meanDifference(grayFrames(before, crop), grayFrames(after, crop));
    const leftAlone = [{ trackId: 1, enabled: false, fidelity: null }];
    // Nobody has been followed yet: numbers of faces say nothing.
    expect(await show(leftAlone)).toMatchObject({ frameCount: 10, tracks: [{ trackId: 1 }] });
    expect(frameTimes(before)).toEqual(frameTimes(after));
    expect(change()).toBeGreaterThan(1.5);
    expect(readdirSync(at('preview')).sort()).toEqual(['after.mp4', 'before.mp4']);
    const byItself = grayFrames(after, crop);

    await followClipFaces({ ...task, kind: 'follow-clip-faces' }, contextWith());
    expect(await show([])).toMatchObject({ frameCount: 10, tracks: [{ trackId: 1 }] });
    const followed = grayFrames(after, crop);
    expect(meanDifference(byItself, followed)).toBeLessThan(1);
    expect(await show(leftAlone)).toMatchObject({ frameCount: 10 });
    expect(change()).toBeLessThan(0.5);
    // Another stretch than the one followed is looked through by itself.
    const range = { fromSeconds: 1, toSeconds: null };
    expect(await show(leftAlone, range)).toMatchObject({ frameCount: 10 });
    expect(change()).toBeGreaterThan(1.5);
  });

  it('flickers at most half as much as frame by frame; as much as the film where its grain is asked for', async () => {
    const input = at('noisy.mkv');
    makeFaceClip({
      facePath,
      path: input,
      seconds: 1.2,
      noise: 24,
      hasSound: false,
      output: ['-c:v', 'ffv1'],
    });
    const png = { container: 'image-sequence', codec: 'png', quality: 'good', encoder: 'software' } as const;
    const crop = 'crop=44:50:142:66';
    const flicker = async (steadiness: number, grain?: number): Promise<number> => {
      const target = at(`steady-${steadiness}-${grain}`);
      await restoreClip(input, target, { encoding: png, steadiness, grain });
      return temporalDeviation(grayFrames(join(target, '%06d.png'), crop), 44 * 50);
    };
    const [alone, steady] = [await flicker(0), await flicker(0.8)];
    console.log(`flicker: ${alone.toFixed(2)} frame by frame, ${steady.toFixed(2)} steadied`);
    expect(alone).toBeGreaterThan(0.5);
    expect(steady / alone).toBeLessThanOrEqual(0.5);
    const film = temporalDeviation(grayFrames(input, crop), 44 * 50);
    const grainy = await flicker(0.8, 1);
    console.log(`grain: ${film.toFixed(2)} in the film, ${grainy.toFixed(2)} on its restored face`);
    // The film's noise has coarse parts and colours too; grain is what is fine and gray.
    expect(grainy / steady).toBeGreaterThan(2);
    expect(grainy / film).toBeLessThan(1.2);
  });
});

/** Mean over all pixels of each pixel's deviation over time; the first frames, where averaging begins, are left out. */
function temporalDeviation(frames: Buffer, pixels: number): number {
  const count = frames.length / pixels;
  const first = 8;
  let sum = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let [mean, squares] = [0, 0];
    for (let frame = first; frame < count; frame++) {
      const value = frames[frame * pixels + pixel] ?? 0;
      mean += value;
      squares += value * value;
    }
    mean /= count - first;
    sum += Math.sqrt(Math.max(0, squares / (count - first) - mean * mean));
  }
  return sum / pixels;
}
