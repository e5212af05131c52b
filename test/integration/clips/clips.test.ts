// Films in a project: the services behind the window, with the real engine and the real ffmpeg.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CommandOutput } from '#shared/contract/commands.ts';
import { type FilmRequest, parseFilmAddress } from '#shared/contract/films.ts';
import type { ClipEdit } from '#shared/domain/clip-edit.ts';
import { type ClipId, modelIdSchema } from '#shared/domain/ids.ts';
import { type BundledServices, openBundledServices } from '../../helpers/bundled-services.ts';
import { cutFace, hasFfmpeg, makeFaceClip, streamsOf } from '../../helpers/make-clips.ts';
import { driveStudio, noAbilities, type StudioDriver, temporaryFolder } from '../../helpers/studio-driver.ts';

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

describe.skipIf(!hasFfmpeg)('films in a project (needs ffmpeg)', { timeout: 180_000 }, () => {
  let services: BundledServices;
  let folder: string;
  let facePath: string;
  let studio: StudioDriver;
  let film: string;
  const offered: string[] = [];
  const open = (dataFolder: string): StudioDriver =>
    driveStudio({
      dataFolder,
      // Shared by all studios of this file: closing one must not close them.
      engine: { ...services.engine, close: async () => undefined },
      models: { ...services.models, close: async () => undefined },
      abilities: {
        ...noAbilities,
        offerDownload: ({ path }) => {
          offered.push(path);
          return '/downloads/1';
        },
      },
    });

  beforeAll(async () => {
    services = await openBundledServices();
    folder = temporaryFolder();
    facePath = join(folder, 'face.png');
    await cutFace(facePath);
    film = join(folder, 'wedding.mp4');
    makeFaceClip({ facePath, path: film, seconds: 1.2, noise: 6 });
  });
  afterAll(async () => {
    await services?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    studio = open(temporaryFolder());
    await studio.call('project.create', { documentPath: null });
    return async () => {
      await studio.studio.close();
      rmSync(studio.dataFolder, { recursive: true, force: true });
    };
  });

  async function imported(path = film): Promise<ClipId> {
    const report = await studio.call('clips.import', { sources: [{ kind: 'path', path }] });
    expect(report.failed).toEqual([]);
    const [clip] = report.imported;
    if (clip === undefined) throw new Error('nothing was taken in');
    return clip.id;
  }
  const clipOf = async (clipId: ClipId): Promise<CommandOutput<'clips.list'>[number]> => {
    const clip = (await studio.call('clips.list', {})).find(({ id }) => id === clipId);
    if (clip === undefined) throw new Error('no such clip');
    return clip;
  };
  /** The real one, except where segments are put together. */
  function brokenFfmpeg(name: string, instead: string): string {
    const bin = join(folder, name);
    writeFileSync(
      `${bin}-ffmpeg`,
      `#!/bin/sh\ncase "$*" in *segments.ffconcat*) ${instead};; esac\nexec ffmpeg "$@"\n`,
    );
    writeFileSync(`${bin}-ffprobe`, '#!/bin/sh\nexec ffprobe "$@"\n');
    for (const program of ['ffmpeg', 'ffprobe']) chmodSync(`${bin}-${program}`, 0o755);
    return `${bin}-ffmpeg`;
  }
  const fileAt = (request: FilmRequest) => studio.studio.filmFile(request);

  it('takes films in where they are, tells them apart, and names what is none', async () => {
    const text = join(folder, 'letter.mp4');
    writeFileSync(text, 'Dear grandmother');
    const sources = [film, text, film].map((path) => ({ kind: 'path' as const, path }));
    const report = await studio.call('clips.import', { sources });
    expect(report.imported.map(({ fileName, location, state }) => ({ fileName, location, state }))).toEqual([
      { fileName: 'wedding.mp4', location: { kind: 'outside', path: film }, state: 'new' },
    ]);
    expect(report.duplicates).toHaveLength(1);
    expect(report.failed.map(({ fileName, error }) => [fileName, error.code])).toEqual([
      ['letter.mp4', 'video.not-a-video'],
    ]);
    const [clip] = report.imported;
    expect(clip?.facts.video).toMatchObject({ widthPx: 320, heightPx: 256, codec: 'h264' });
  });

  it('keeps what a browser window handed over in the project', async () => {
    async function* bytes() {
      yield readFileSync(film);
    }
    const uploadId = await studio.studio.stageUpload('from phone.MP4', bytes());
    const report = await studio.call('clips.import', { sources: [{ kind: 'upload', uploadId }] });
    expect(report.imported[0]).toMatchObject({
      fileName: 'from phone.MP4',
      location: { kind: 'in-project' },
    });
    const clip = report.imported[0];
    if (clip === undefined) throw new Error('nothing was taken in');
    const played = await fileAt({ kind: 'original', id: clip.id });
    expect(played.path).toContain('originals');
    expect(digest(played.path)).toBe(digest(film));
    // Adding the same film by its path finds it.
    const again = await studio.call('clips.import', { sources: [{ kind: 'path', path: film }] });
    expect(again.duplicates).toEqual([{ fileName: 'wedding.mp4', clipId: clip.id }]);
    await studio.call('clips.remove', { clipIds: [clip.id] });
    expect(await studio.call('clips.list', {})).toEqual([]);
    await studio.call('clips.put-back', { clipIds: [clip.id] });
    expect(await studio.call('clips.list', {})).toHaveLength(1);
    // An upload is the project's only copy: making room must not take it.
    const old = new Date(Date.now() - 3_600_000);
    utimesSync(played.path, old, old);
    await studio.call('project.compact', {});
    expect(digest((await fileAt({ kind: 'original', id: clip.id })).path)).toBe(digest(film));
  });

  it('notices a film that was moved, and finds it again by its content only', async () => {
    const moving = join(folder, 'moving.mp4');
    makeFaceClip({ facePath, path: moving, seconds: 0.4 });
    const clipId = await imported(moving);
    const elsewhere = join(folder, 'elsewhere.mp4');
    renameSync(moving, elsewhere);
    expect(await clipOf(clipId)).toMatchObject({ problem: 'missing' });
    expect(await studio.failure('clips.restore', { clipId })).toBe('clip.file-missing');
    expect(await studio.failure('clips.locate', { clipId, path: film })).toBe('clip.other-content');
    expect(await studio.failure('clips.locate', { clipId, path: moving })).toBe('file.not-found');
    expect(await studio.call('clips.locate', { clipId, path: elsewhere })).toMatchObject({ problem: null });
    writeFileSync(elsewhere, 'something else');
    expect(await clipOf(clipId)).toMatchObject({ problem: 'changed' });
  });

  it('edits are steps with undo, redo and jump, kept with the project', async () => {
    const clipId = await imported();
    const apply = (edit: ClipEdit) => studio.call('clips.apply', { clipId, edit });
    await apply({ kind: 'clip.set-fidelity', fidelity: 0.4 });
    await apply({ kind: 'track.set-enabled', trackId: 2, enabled: false });
    expect((await studio.call('clips.plan', { clipId })).options).toMatchObject({
      fidelity: 0.4,
      tracks: [{ trackId: 2, enabled: false, fidelity: null }],
    });
    await studio.call('clips.undo', { clipId });
    await studio.call('clips.undo', { clipId });
    expect(await studio.failure('clips.undo', { clipId })).toBe('edit.nothing-to-undo');
    await studio.call('clips.jump', { clipId, cursor: 1 });
    const plan = await studio.call('clips.plan', { clipId });
    expect(plan.options).toMatchObject({ fidelity: 0.4, tracks: [] });
    expect(plan.restorerId).toBe('lite-face');
    expect(plan.notices.map(({ code }) => code)).toContain('kept.audio');
    expect(await studio.failure('clips.jump', { clipId, cursor: 3 })).toBe('edit.no-such-position');
    await apply({ kind: 'clip.set-scale', scale: 2 });
    expect((await studio.call('clips.history', { clipId })).steps).toHaveLength(2);
    expect(
      await studio.failure('clips.apply', {
        clipId,
        edit: { kind: 'clip.set-restorer', modelId: modelIdSchema.parse('nobody-knows-it') },
      }),
    ).toBe('model.unknown');
  });

  it('follows people first, and a run after it takes that up', async () => {
    const clipId = await imported();
    const followed = await studio.ended((await studio.call('clips.follow-faces', { clipId })).id);
    expect(followed).toMatchObject({ state: 'done', clipId, photoId: null });
    const clip = await clipOf(clipId);
    expect(clip.state).toBe('faces-found');
    expect(clip.tracks).toHaveLength(1);
    const track = clip.tracks?.[0];
    if (track === undefined) throw new Error('nobody was followed');
    const portrait = await fileAt({
      kind: 'frame',
      id: clipId,
      atMs: Math.round(track.bestSeconds * 1000),
      trackId: track.trackId,
    });
    expect(streamsOf(portrait.path)[0]).toMatchObject({ codec_name: 'mjpeg' });
    const phases = () =>
      studio
        .eventsOf('clip.progressed')
        .filter(({ clip: { progress } }) => progress.phase === 'following-faces' && progress.doneFrames > 0);
    const before = phases().length;
    expect(before).toBeGreaterThan(0);
    const done = await studio.ended((await studio.call('clips.restore', { clipId })).id);
    expect(done.state).toBe('done');
    expect(phases().length).toBe(before);
    // Another stretch has other people.
    await studio.call('clips.apply', {
      clipId,
      edit: { kind: 'clip.set-range', range: { fromSeconds: 0.4, toSeconds: null } },
    });
    expect(await clipOf(clipId)).toMatchObject({ tracks: null, state: 'edited-since' });
  });

  it('restores with progress and a live picture; the same wish is not computed twice', async () => {
    const clipId = await imported();
    const job = await studio.call('clips.restore', { clipId });
    expect((await studio.call('clips.restore', { clipId })).id).toBe(job.id);
    expect((await studio.ended(job.id)).state).toBe('done');
    const frames = studio.eventsOf('clip.progressed').map(({ clip: { progress } }) => progress);
    expect(frames.some(({ phase }) => phase === 'restoring')).toBe(true);
    expect(frames.at(-1)?.totalFrames).toBe(30);
    const clip = await clipOf(clipId);
    expect(clip).toMatchObject({ state: 'restored', keptParts: 0, result: { isCurrent: true } });
    expect(clip.result?.result).toMatchObject({ widthPx: 320, heightPx: 256, frameCount: 30 });
    const played = await fileAt({ kind: 'result', id: clipId });
    expect(streamsOf(played.path).map(({ codec_name }) => codec_name)).toEqual(['h264', 'aac']);

    await studio.call('clips.apply', { clipId, edit: { kind: 'clip.set-fidelity', fidelity: 0.2 } });
    expect(await clipOf(clipId)).toMatchObject({ state: 'edited-since', result: { isCurrent: false } });
    await studio.call('clips.undo', { clipId });
    expect(await clipOf(clipId)).toMatchObject({ state: 'restored' });
    expect(await studio.call('clips.restore', { clipId })).toMatchObject({ state: 'done' });
  });

  it('paused, closed and opened again, it goes on and comes out the same', async () => {
    const long = join(folder, 'long.mp4');
    // Somebody is there at the beginning and where the second part is made: enough to tell runs apart, little to wait for.
    const seenWhen = 'lt(t,0.8)+gt(t,4.6)';
    makeFaceClip({ facePath, path: long, seconds: 6.4, widthPx: 240, heightPx: 220, seenWhen });
    const clipId = await imported(long);
    const { id: jobId } = await studio.call('clips.restore', { clipId });
    await expect
      .poll(async () => (await clipOf(clipId)).keptParts, { timeout: 120_000, interval: 200 })
      .toBeGreaterThan(0);
    await studio.call('jobs.cancel', { jobId });
    expect(await studio.ended(jobId)).toMatchObject({ state: 'cancelled' });
    const paused = await clipOf(clipId);
    expect(paused.keptParts).toBeGreaterThan(0);
    const documentPath = (await studio.call('project.current', {}))?.documentPath ?? '';
    await studio.studio.close();
    const { dataFolder } = studio;
    studio = open(dataFolder);
    await studio.call('project.open', { documentPath });
    expect(await clipOf(clipId)).toMatchObject({ keptParts: paused.keptParts, state: 'new' });
    await studio.call('jobs.retry', { jobId });
    // In the middle of it the engine is killed: it comes back and the job goes on by itself.
    const { pid } = services.engine.status();
    await expect
      .poll(() => studio.eventsOf('clip.progressed').length, { timeout: 60_000 })
      .toBeGreaterThan(3);
    if (pid !== null) process.kill(pid, 'SIGKILL');
    expect(await studio.ended(jobId)).toMatchObject({ state: 'done' });
    const resumed = (await fileAt({ kind: 'result', id: clipId })).path;
    const digestOfResumed = digest(resumed);
    rmSync(resumed);
    const again = await studio.ended((await studio.call('clips.restore', { clipId })).id);
    expect(again.state).toBe('done');
    expect(digest((await fileAt({ kind: 'result', id: clipId })).path)).toBe(digestOfResumed);
  });

  it('a run that breaks says why, keeps what is done, and goes on when the reason is gone', async () => {
    const clipId = await imported();
    const again = async (ffmpegPath: string | null) => {
      await studio.call('settings.change', { ffmpegPath });
      const job = await studio.ended((await studio.call('clips.restore', { clipId })).id);
      return [job.state, job.error?.code];
    };
    expect(await again(join(folder, 'nowhere'))).toEqual(['failed', 'video.ffmpeg-missing']);
    expect(await clipOf(clipId)).toMatchObject({ state: 'failed', keptParts: 0, problem: null });
    // Every segment is written; putting them together ends badly.
    expect(await again(brokenFfmpeg('killed', 'kill -9 $$'))).toEqual(['failed', 'video.ffmpeg-failed']);
    expect(await clipOf(clipId)).toMatchObject({ state: 'failed', keptParts: 1, result: null });
    const full = brokenFfmpeg('full', 'echo "x: No space left on device" >&2; exit 1');
    expect(await again(full)).toEqual(['failed', 'output.disk-full']);
    expect(await clipOf(clipId)).toMatchObject({ keptParts: 1 });
    const restoredFrames = () =>
      studio
        .eventsOf('clip.progressed')
        .filter(({ clip: { progress } }) => progress.phase === 'restoring' && progress.doneFrames < 30);
    const framesBefore = restoredFrames().length;
    expect(framesBefore).toBeGreaterThan(0);
    expect(await again(null)).toEqual(['done', undefined]);
    expect(restoredFrames()).toHaveLength(framesBefore);
    expect(await clipOf(clipId)).toMatchObject({ state: 'restored', keptParts: 0 });
  });

  it('shows a moment beforehand; a newer wish ends the older one', async () => {
    const clipId = await imported();
    const older = studio.call('clips.preview', { clipId, fromSeconds: 0, durationSeconds: 1 });
    const newer = studio.call('clips.preview', { clipId, fromSeconds: 0.4, durationSeconds: 0.4 });
    expect(await older).toBeNull();
    const made = await newer;
    if (made === null) throw new Error('the newer one was ended');
    const { previewId, frameCount } = made;
    expect(frameCount).toBe(10);
    for (const side of ['before', 'after'] as const) {
      const { path, contentType } = await fileAt({ kind: 'preview', id: previewId, side });
      expect(contentType).toBe('video/mp4');
      expect(streamsOf(path)[0]).toMatchObject({ codec_name: 'h264' });
    }
    expect(await clipOf(clipId)).toMatchObject({ state: 'new', keptParts: 0 });
  });

  it('exports a copy: never over the film itself, never silently over another file', async () => {
    const clipId = await imported();
    const destination = (path: string, overwrite = false) => ({ kind: 'path' as const, path, overwrite });
    expect(await studio.failure('clips.export', { clipId, destination: destination(folder) })).toBe(
      'clip.no-result',
    );
    await studio.ended((await studio.call('clips.restore', { clipId })).id);
    const outbox = join(folder, 'outbox');
    mkdirSync(outbox);
    const exported = async (to: Parameters<typeof destination>[0], overwrite = false) =>
      studio.ended(
        (await studio.call('clips.export', { clipId, destination: destination(to, overwrite) })).id,
      );
    const first = await exported(outbox);
    expect(first).toMatchObject({ state: 'done', outputPath: join(outbox, 'wedding restored.mp4') });
    expect(await exported(outbox)).toMatchObject({ outputPath: join(outbox, 'wedding restored (2).mp4') });
    const named = join(outbox, 'mine.mp4');
    writeFileSync(named, 'mine');
    expect(await studio.failure('clips.export', { clipId, destination: destination(named) })).toBe(
      'output.exists',
    );
    expect(readFileSync(named, 'utf8')).toBe('mine');
    expect(await exported(named, true)).toMatchObject({ state: 'done' });
    expect(digest(named)).toBe(digest((await fileAt({ kind: 'result', id: clipId })).path));
    const before = digest(film);
    expect(await studio.failure('clips.export', { clipId, destination: destination(film, true) })).toBe(
      'output.is-input',
    );
    expect(digest(film)).toBe(before);
    const download = await studio.call('clips.export', { clipId, destination: { kind: 'download' } });
    expect((await studio.ended(download.id)).state).toBe('done');
    expect(offered.at(-1)).toContain('results');
  });

  it('plays what a window cannot play as a stand-in of the same length, and cuts frames out', async () => {
    const old = join(folder, 'old.avi');
    makeFaceClip({ facePath, path: old, seconds: 0.6, output: ['-c:v', 'mpeg2video', '-q:v', '3'] });
    const clipId = await imported(old);
    const played = await fileAt({ kind: 'original', id: clipId });
    expect(played.contentType).toBe('video/mp4');
    expect(streamsOf(played.path)[0]).toMatchObject({ codec_name: 'h264', width: 320 });
    expect((await fileAt({ kind: 'original', id: clipId })).path).toBe(played.path);
    for (const atMs of [0, 300, 60_000]) {
      const { path } = await fileAt({ kind: 'frame', id: clipId, atMs, trackId: null });
      expect(statSync(path).size).toBeGreaterThan(500);
    }
    await expect(fileAt({ kind: 'live', id: clipId })).rejects.toMatchObject({ code: 'file.not-found' });
    await expect(fileAt({ kind: 'result', id: clipId })).rejects.toMatchObject({ code: 'clip.no-result' });
  });

  it('says which encoders work', async () => {
    const encoders = await studio.call('clips.encoders', {});
    expect(encoders).toContainEqual({ codec: 'h264', encoder: 'software', name: 'libx264' });
    const known = spawnSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8' }).stdout;
    for (const { name } of encoders) expect(known).toContain(name);
  });

  it('addresses name ids, never paths', () => {
    expect(parseFilmAddress('/films/original/../../etc/passwd')).toBeNull();
  });
});
