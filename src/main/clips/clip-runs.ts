// The long work on clips: follow the people, restore, go on after an interruption. Main process; frames are the engine's.
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { CommandOutput } from '#shared/contract/commands.ts';
import { type ClipContainer, clipOptionsSchema } from '#shared/domain/clip.ts';
import { type ClipId, clipIdSchema, sha256Schema } from '#shared/domain/ids.ts';
import type { Job } from '#shared/domain/job.ts';
import type { Clip, ClipResult } from '#shared/domain/project-clip.ts';
import { modelIdentitySchema } from '#shared/domain/recipe.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { EnginePort } from '../engine-host/engine-port.ts';
import type { Emit } from '../event-bus.ts';
import { systemCodeOf } from '../file-system/file-errors.ts';
import type { JobOutcome, JobWork } from '../jobs/job-handler.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { ModelsPort } from '../models/models-port.ts';
import type { ProjectDocument } from '../projects/open-project-document.ts';
import { fileInProject } from '../projects/project-folder.ts';
import { clipResultKeyOf, stateKeyOfClip, tracksKeyOf } from './clip-keys.ts';
import { filesOfIdentities, identitiesOf, modelsForClip } from './clip-models.ts';
import type { ClipsService } from './clips-service.ts';
import type { ClipsStore, StoredClipResult } from './clips-store.ts';

const clipModelsSchema = z.object({
  detector: modelIdentitySchema,
  landmarks: modelIdentitySchema.nullable(),
  restorer: modelIdentitySchema,
  parser: modelIdentitySchema.nullable(),
  upscaler: modelIdentitySchema.nullable(),
});

/** One run, fixed when it is asked for: later edits do not change it. */
export const clipRunSchema = z.object({
  clipId: clipIdSchema,
  key: sha256Schema,
  stateKey: z.string(),
  options: clipOptionsSchema,
  models: clipModelsSchema,
});
export type ClipRun = z.infer<typeof clipRunSchema>;

export interface ClipRunsService {
  /** What "Restore" would do now. Errors: clip.*, model.*, video.*. */
  plan(id: ClipId): Promise<CommandOutput<'clips.plan'>>;
  /** The job that is at it already, or a new one. */
  queueFollow(id: ClipId): Promise<Job>;
  /** A finished job at once when the result exists; the waiting one when the same run is queued already. */
  queueRestore(id: ClipId): Promise<Job>;
  follow(run: ClipRun, work: JobWork): Promise<JobOutcome>;
  restore(run: ClipRun, work: JobWork): Promise<JobOutcome>;
  /** Errors: clip.not-found, clip.busy. */
  discardParts(id: ClipId): Promise<Clip>;
  /** Where the newest frame of a run is; the file need not exist. */
  livePathOf(id: ClipId): string;
  run(id: ClipId): Promise<ClipRun>;
}

export interface ClipRunsOptions {
  readonly document: ProjectDocument;
  readonly clips: ClipsService;
  readonly store: ClipsStore;
  /** A function, because the queue's handlers need this service. */
  readonly jobs: () => JobQueue;
  readonly engine: EnginePort;
  readonly models: ModelsPort;
  readonly emit: Emit;
  readonly now: () => Date;
  /** Of the project, or one of ours when it is read-only. */
  readonly previewsFolder: string;
}

const endings: Record<ClipContainer, string> = {
  mp4: '.mp4',
  mov: '.mov',
  mkv: '.mkv',
  webm: '.webm',
  gif: '.gif',
  'image-sequence': '',
};

export function createClipRuns(options: ClipRunsOptions): ClipRunsService {
  const { document, clips, store, jobs, engine, models, emit, now } = options;

  async function runOf(id: ClipId): Promise<ClipRun> {
    const stored = clips.get(id);
    const edited = clips.edited(id);
    const identities = identitiesOf(await modelsForClip(edited, models));
    const { digest, sequenceFramesPerSecond } = stored;
    return {
      clipId: id,
      key: clipResultKeyOf({ digest, sequenceFramesPerSecond }, edited.options, identities),
      stateKey: stateKeyOfClip(edited),
      options: edited.options,
      models: identities,
    };
  }

  const livePathOf = (id: ClipId): string => path.join(options.previewsFolder, `${id}-live.jpg`);

  function tellProgress(id: ClipId, work: JobWork) {
    return {
      signal: work.signal,
      onProgress: work.onProgress,
      onClip: (progress: Parameters<typeof emitClip>[2]) => emitClip(id, work, progress),
      priority: 'background' as const,
    };
  }

  function emitClip(
    clipId: ClipId,
    { jobId }: JobWork,
    progress: Extract<Parameters<Emit>[0], { type: 'clip.progressed' }>['clip']['progress'],
  ): void {
    emit({ type: 'clip.progressed', clip: { jobId, clipId, progress } });
  }

  async function make(run: ClipRun, work: JobWork): Promise<ClipResult> {
    const stored = clips.get(run.clipId);
    const file = `results/clip-${run.key}${endings[run.options.encoding.container]}`;
    const target = fileInProject(document, file);
    const files = await filesOfIdentities(run.models, models);
    const made = await engine.run(
      {
        kind: 'restore-video',
        ...clips.sourceOf(stored),
        ...files,
        options: run.options,
        target: { path: target, overwrite: true },
        workFolder: clips.partsFolderOf(run.clipId),
        freshRunId: null,
        livePreviewPath: livePathOf(run.clipId),
      },
      tellProgress(run.clipId, work),
    );
    const result: ClipResult = {
      key: run.key,
      fileName: `${path.parse(stored.fileName).name}${endings[run.options.encoding.container]}`,
      byteSize: await sizeOf(target),
      widthPx: made.widthPx,
      heightPx: made.heightPx,
      frameCount: made.frameCount,
      durationSeconds: made.durationSeconds,
      fromSeconds: run.options.range.fromSeconds ?? 0,
      notices: made.notices,
      createdAt: now().toISOString(),
    };
    document.database
      .transaction(() => {
        store.saveResult({ clipId: run.clipId, stateKey: run.stateKey, file, result });
        store.setFollowed(run.clipId, made.tracks, tracksKeyOf(run.options));
        store.setFailed(run.clipId, false);
      })
      .immediate();
    return result;
  }

  /** A film that is there already is what was asked for now: an earlier failure says nothing any more. */
  function takeUp(existing: StoredClipResult, run: ClipRun): void {
    store.saveResult({ ...existing, stateKey: run.stateKey });
    store.setFailed(run.clipId, false);
  }

  return {
    run: runOf,
    livePathOf,
    async plan(id) {
      const stored = clips.get(id);
      const edited = clips.edited(id);
      const { restorer, upscaler } = await modelsForClip(edited, models);
      const { notices } = await engine.run(
        { kind: 'probe-video', ...clips.sourceOf(stored), options: edited.options },
        { priority: 'interactive' },
      );
      return {
        options: edited.options,
        notices,
        restorerId: restorer.modelId,
        upscalerId: upscaler?.modelId ?? null,
      };
    },
    async queueFollow(id) {
      const run = await runOf(id);
      clips.pathOf(clips.get(id));
      const waiting = jobs().unfinishedOf(id, 'follow-clip-faces')[0];
      return waiting?.job ?? jobs().add('follow-clip-faces', id, run);
    },
    async queueRestore(id) {
      const run = await runOf(id);
      const existing = store.findResult(run.key);
      const newest = clips.newestResult(id);
      if (existing !== null && newest?.result.key === existing.result.key) {
        takeUp(existing, run);
        clips.announce(id);
        return jobs().addDone('restore-clip', id, run, {});
      }
      clips.pathOf(clips.get(id));
      const waiting = jobs()
        .unfinishedOf(id, 'restore-clip')
        .find(({ input }) => clipRunSchema.safeParse(input).data?.key === run.key);
      return waiting?.job ?? jobs().add('restore-clip', id, run);
    },
    async follow(run, work) {
      const stored = clips.get(run.clipId);
      const files = await filesOfIdentities(run.models, models);
      const { tracks } = await engine.run(
        {
          kind: 'follow-clip-faces',
          ...clips.sourceOf(stored),
          ...files,
          options: run.options,
          workFolder: clips.partsFolderOf(run.clipId),
        },
        tellProgress(run.clipId, work),
      );
      store.setFollowed(run.clipId, tracks, tracksKeyOf(run.options));
      store.setFailed(run.clipId, false);
      clips.announce(run.clipId);
      return {};
    },
    async restore(run, work) {
      const existing = store.findResult(run.key);
      if (existing === null || (await sizeOf(fileInProject(document, existing.file))) === 0)
        await make(run, work);
      else takeUp(existing, run);
      await rm(livePathOf(run.clipId), { force: true });
      clips.announce(run.clipId);
      return {};
    },
    async discardParts(id) {
      const stored = clips.get(id);
      const isBusy = (['restore-clip', 'follow-clip-faces'] as const).some(
        (kind) => jobs().unfinishedOf(id, kind).length > 0,
      );
      if (isBusy) throw new HeirloomError('clip.busy', { fileName: stored.fileName });
      await rm(clips.partsFolderOf(id), { recursive: true, force: true });
      await rm(livePathOf(id), { force: true });
      clips.announce(id);
      return clips.describe(id);
    },
  };
}

/** Bytes of a file, or of a folder of pictures; 0 where there is none. */
async function sizeOf(target: string): Promise<number> {
  try {
    const facts = await stat(target);
    if (!facts.isDirectory()) return facts.size;
    const sizes = await Promise.all(
      (await readdir(target)).map(async (name) => (await stat(path.join(target, name))).size),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
