// Films and frames for the window: what is behind an address of films.ts, made on first use. Main process.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CommandOutput } from '#shared/contract/commands.ts';
import type { FilmRequest } from '#shared/contract/films.ts';
import type { ClipFacts } from '#shared/domain/clip.ts';
import { type ClipId, type ClipPreviewId, clipPreviewIdSchema, type Sha256 } from '#shared/domain/ids.ts';
import { HeirloomError, JobCancelled } from '#shared/errors/heirloom-error.ts';
import type { EnginePort } from '../engine-host/engine-port.ts';
import { writeErrorOf } from '../file-system/file-errors.ts';
import type { ModelsPort } from '../models/models-port.ts';
import type { ProjectDocument } from '../projects/open-project-document.ts';
import { fileInProject } from '../projects/project-folder.ts';
import { filesOfIdentities } from './clip-models.ts';
import type { ClipRunsService } from './clip-runs.ts';
import type { ClipsService } from './clips-service.ts';

/** Raise when the same frame or stand-in should look otherwise. */
const previewVersion = 1;
const standInSidePx = 1280;
const frameSidePx = 960;
const portraitSidePx = 256;

type ClipSource = ReturnType<ClipsService['sourceOf']>;

export interface FilmFile {
  readonly path: string;
  readonly contentType: string;
  /** False: the same address may show something else later. */
  readonly isLasting: boolean;
}

export interface ClipFilmsService {
  /** Errors: clip.*, video.*, output.*; file.not-found for a live picture before there is one. */
  filmFile(request: FilmRequest): Promise<FilmFile>;
  /** A newer preview of a clip ends the one before, which then answers null. Errors: clip.*, model.*, video.*. */
  preview(id: ClipId, fromSeconds: number, durationSeconds: number): Promise<CommandOutput<'clips.preview'>>;
  cancelPreview(id: ClipId): void;
  encoders(): Promise<CommandOutput<'clips.encoders'>>;
  close(): void;
}

export interface ClipFilmsOptions {
  readonly document: ProjectDocument;
  readonly clips: ClipsService;
  readonly runs: ClipRunsService;
  readonly engine: EnginePort;
  readonly models: ModelsPort;
  readonly ffmpegPath: () => string | null;
  readonly previewsFolder: string;
  /** Previews of a moment live until the host stops. */
  readonly stagingFolder: string;
}

export function createClipFilms(options: ClipFilmsOptions): ClipFilmsService {
  const { document, clips, runs, engine, models, previewsFolder } = options;
  const closing = new AbortController();
  /** One promise per file, so that ten requests for it make it once. Gone when done: the file is the cache. */
  const underWay = new Map<string, Promise<void>>();
  /** By the key of the result: same key, same film. */
  const resultFacts = new Map<Sha256, ClipFacts>();
  const previewing = new Map<ClipId, AbortController>();
  const previews = new Map<ClipPreviewId, { clipId: ClipId; folder: string }>();

  async function cached(name: string, make: (outputPath: string) => Promise<unknown>): Promise<string> {
    const filePath = path.join(previewsFolder, name);
    if (existsSync(filePath)) return filePath;
    const waiting =
      underWay.get(name) ??
      mkdir(previewsFolder, { recursive: true })
        .catch((error: unknown) => {
          throw writeErrorOf(error, previewsFolder);
        })
        .then(() => make(filePath))
        .then(() => undefined)
        .finally(() => underWay.delete(name));
    underWay.set(name, waiting);
    await waiting;
    return filePath;
  }

  /** The film itself where every window can play it, else a stand-in of the same frames. */
  async function playable(
    name: string,
    source: ClipSource,
    facts: Pick<ClipFacts, 'container' | 'video' | 'audio' | 'kind'>,
  ): Promise<FilmFile> {
    const direct = playableType(source.path, facts);
    if (direct !== null) return { path: source.path, contentType: direct, isLasting: false };
    const standIn = await cached(`${name}-film-v${previewVersion}.mp4`, (outputPath) =>
      engine.run(
        { kind: 'make-clip-stand-in', ...source, maxSidePx: standInSidePx, outputPath },
        // Minutes of work: nobody looks at it once the project is closed.
        { priority: 'interactive', signal: closing.signal },
      ),
    );
    return { path: standIn, contentType: 'video/mp4', isLasting: false };
  }

  async function originalFilm(id: ClipId): Promise<FilmFile> {
    const stored = clips.get(id);
    return playable(stored.digest, clips.sourceOf(stored), stored.facts);
  }

  async function resultFilm(id: ClipId): Promise<FilmFile> {
    const stored = clips.get(id);
    const newest = clips.newestResult(id);
    if (newest === null) throw new HeirloomError('clip.no-result', { fileName: stored.fileName });
    const filePath = fileInProject(document, newest.file);
    const ffmpegPath = options.ffmpegPath();
    const { sequenceFramesPerSecond } = stored;
    const source = { path: filePath, ffmpegPath, sequenceFramesPerSecond };
    return playable(newest.result.key, source, await factsOfResult(newest.result.key, source));
  }

  /** Players ask for many ranges of one film: it is looked at once. */
  async function factsOfResult(key: Sha256, source: ClipSource): Promise<ClipFacts> {
    const known = resultFacts.get(key);
    if (known !== undefined) return known;
    const { facts } = await engine.run(
      { kind: 'probe-video', ...source, options: null },
      { priority: 'interactive' },
    );
    resultFacts.set(key, facts);
    return facts;
  }

  async function frame(id: ClipId, atMs: number, trackId: number | null): Promise<FilmFile> {
    const stored = clips.get(id);
    const track = trackId === null ? null : stored.followed?.tracks.find((one) => one.trackId === trackId);
    if (track === undefined) throw new HeirloomError('clip.not-found');
    const cut = track === null ? '' : `-${Object.values(track.bestBoxInFrame).map(Math.round).join('-')}`;
    const filePath = await cached(`${stored.digest}-${atMs}${cut}-v${previewVersion}.jpg`, (outputPath) =>
      engine.run(
        {
          kind: 'make-clip-picture',
          ...clips.sourceOf(stored),
          atSeconds: atMs / 1000,
          boxInFrame: track?.bestBoxInFrame ?? null,
          maxSidePx: track === null ? frameSidePx : portraitSidePx,
          outputPath,
        },
        { priority: 'interactive' },
      ),
    );
    return { path: filePath, contentType: 'image/jpeg', isLasting: track === null };
  }

  function endPreview(id: ClipId): void {
    previewing.get(id)?.abort();
    previewing.delete(id);
  }

  return {
    async filmFile(request) {
      switch (request.kind) {
        case 'original':
          return originalFilm(request.id);
        case 'result':
          return resultFilm(request.id);
        case 'preview': {
          const made = previews.get(request.id);
          if (made === undefined) throw new HeirloomError('file.not-found', { fileName: request.side });
          const filePath = path.join(made.folder, `${request.side}.mp4`);
          return { path: filePath, contentType: 'video/mp4', isLasting: true };
        }
        case 'frame':
          return frame(request.id, request.atMs, request.trackId);
        case 'live': {
          const filePath = runs.livePathOf(request.id);
          if (!existsSync(filePath)) throw new HeirloomError('file.not-found', { fileName: 'live' });
          return { path: filePath, contentType: 'image/jpeg', isLasting: false };
        }
      }
    },
    async preview(id, fromSeconds, durationSeconds) {
      const run = await runs.run(id);
      endPreview(id);
      const abort = new AbortController();
      previewing.set(id, abort);
      const previewId = clipPreviewIdSchema.parse(randomUUID());
      const folder = path.join(options.stagingFolder, 'clip-previews', previewId);
      try {
        await mkdir(folder, { recursive: true });
        const made = await engine.run(
          {
            kind: 'preview-video',
            ...clips.sourceOf(clips.get(id)),
            ...(await filesOfIdentities(run.models, models)),
            options: run.options,
            workFolder: clips.partsFolderOf(id),
            fromSeconds,
            durationSeconds,
            beforePath: path.join(folder, 'before.mp4'),
            afterPath: path.join(folder, 'after.mp4'),
          },
          { signal: abort.signal, priority: 'interactive' },
        );
        // One preview of a clip is enough: the one before is not shown any more.
        for (const [otherId, other] of previews) {
          if (other.clipId !== id) continue;
          previews.delete(otherId);
          await rm(other.folder, { recursive: true, force: true }).catch(() => undefined);
        }
        previews.set(previewId, { clipId: id, folder });
        return { previewId, frameCount: made.frameCount };
      } catch (error) {
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
        if (error instanceof JobCancelled) return null;
        throw writeErrorOf(error, folder);
      } finally {
        if (previewing.get(id) === abort) previewing.delete(id);
      }
    },
    cancelPreview: endPreview,
    encoders: () =>
      engine.run(
        { kind: 'list-clip-encoders', ffmpegPath: options.ffmpegPath() },
        { priority: 'interactive' },
      ),
    close() {
      closing.abort();
      for (const id of previewing.keys()) endPreview(id);
    },
  };
}

/** The content type under which Chromium plays a file as it is, or null. */
export function playableType(
  filePath: string,
  { container, video, audio, kind }: Pick<ClipFacts, 'container' | 'video' | 'audio' | 'kind'>,
): string | null {
  if (kind !== 'video') return null;
  const ending = path.extname(filePath).toLowerCase();
  const codecs = audio.map(({ codec }) => codec);
  const isPlain = video.bitDepth === 8 && video.hdr === 'none' && video.pixelFormat.startsWith('yuv');
  const isMp4 = /\b(mp4|mov|m4v)\b/.test(container) && ['.mp4', '.m4v', '.mov'].includes(ending);
  if (isMp4 && video.codec === 'h264' && isPlain && /420/.test(video.pixelFormat))
    return codecs.every((codec) => codec === 'aac' || codec === 'mp3') ? 'video/mp4' : null;
  if (isMp4 && video.codec === 'av1' && codecs.every((codec) => codec === 'aac' || codec === 'opus'))
    return 'video/mp4';
  const isWebm = /\bwebm\b/.test(container) && ending === '.webm';
  if (isWebm && ['vp8', 'vp9', 'av1'].includes(video.codec))
    return codecs.every((codec) => codec === 'opus' || codec === 'vorbis') ? 'video/webm' : null;
  return null;
}
