// Renders: asked for, found in the cache or made by the engine, kept under their key. Main process.
// A result is a pure function of (original, recipe): its file may be deleted at any time and is made again.
import { randomUUID } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { CommandOutput, HistoryPlace } from '#shared/contract/commands.ts';
import type { EncodeTarget } from '#shared/contract/engine.ts';
import type { ModelFile } from '#shared/contract/model-file.ts';
import {
  type PhotoId,
  photoIdSchema,
  type ResultId,
  resultIdSchema,
  sha256Schema,
} from '#shared/domain/ids.ts';
import type { Job } from '#shared/domain/job.ts';
import { type Recipe, recipeSchema } from '#shared/domain/recipe.ts';
import type { Result } from '#shared/domain/result.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { EditsService } from '../edits/edits-service.ts';
import { stateKeyOf } from '../edits/state-key.ts';
import type { VersionsService } from '../edits/versions-service.ts';
import type { EnginePort } from '../engine-host/engine-port.ts';
import type { Emit } from '../event-bus.ts';
import type { JobWork } from '../jobs/job-handler.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { ModelsPort } from '../models/models-port.ts';
import type { PhotosService } from '../photos/photos-service.ts';
import type { PhotosStore, StoredPhoto } from '../photos/photos-store.ts';
import type { ProjectDocument } from '../projects/open-project-document.ts';
import { fileInProject } from '../projects/project-folder.ts';
import { modelsOf, recipeFor, resultKeyOf } from './current-recipe.ts';
import { pictureFinder, rememberingModels, stepsTo } from './rendered-places.ts';
import type { ResultsStore, StoredResult } from './results-store.ts';

/** One render, fixed when it is asked for: later edits do not change it. */
export const renderSchema = z.object({
  photoId: photoIdSchema,
  key: sha256Schema,
  stateKey: z.string(),
  recipe: recipeSchema,
});
export type Render = z.infer<typeof renderSchema>;

export interface ResultsService {
  /** Errors: photo.not-found, model.*. */
  recipe(photoId: PhotoId): Promise<Recipe>;
  currentRender(photoId: PhotoId): Promise<Render>;
  /** A finished job at once when the result exists; a waiting one when the same render is queued already. */
  render(photoId: PhotoId, at?: HistoryPlace): Promise<Job>;
  /** Nothing is rendered for it. Errors: photo.not-found. */
  listRendered(photoId: PhotoId): Promise<CommandOutput<'results.list-rendered'>>;
  /** The result of the current recipe, else the newest one whose file is there. */
  latest(photoId: PhotoId): Promise<CommandOutput<'results.latest'>>;
  /** The result of a render from the cache or the engine. */
  make(render: Render, work: Pick<JobWork, 'signal' | 'onProgress'>): Promise<Result>;
  /** Errors: result.not-found, also when its file was deleted. */
  get(id: ResultId): Promise<{ result: Result; path: string }>;
}

export interface ResultsOptions {
  readonly document: ProjectDocument;
  readonly photos: PhotosService;
  readonly photosStore: PhotosStore;
  readonly edits: EditsService;
  readonly versions: Pick<VersionsService, 'stepsOf'>;
  readonly store: ResultsStore;
  /** A function, because the queue's handlers need this service. */
  readonly jobs: () => JobQueue;
  readonly engine: EnginePort;
  readonly models: ModelsPort;
  readonly emit: Emit;
  readonly now: () => Date;
  readonly nowMs: () => number;
}

export function createResultsService(options: ResultsOptions): ResultsService {
  const { document, photos, photosStore, edits, versions, store, jobs, engine, models, emit, now, nowMs } =
    options;

  const recipe = (photoId: PhotoId) =>
    recipeFor(edits.folded(photoId), photos.get(photoId).photo.pageIndex, models);

  async function currentRender(photoId: PhotoId): Promise<Render> {
    const { photo, stateKey } = photos.get(photoId);
    const current = await recipe(photoId);
    return { photoId, key: resultKeyOf(photo.sha256, current), stateKey, recipe: current };
  }

  /** Errors: as currentRender; edit.no-such-position, version.not-found. */
  async function renderAt(photoId: PhotoId, place: HistoryPlace): Promise<Render> {
    const { photo } = photos.get(photoId);
    const state = edits.foldedAfter(
      photoId,
      stepsTo(edits.history(photoId), versions.stepsOf(photoId), place),
    );
    const wanted = await recipeFor(state, photo.pageIndex, models);
    return {
      photoId,
      key: resultKeyOf(photo.sha256, wanted),
      stateKey: stateKeyOf(state),
      recipe: wanted,
    };
  }

  const pathOf = (stored: StoredResult) => fileInProject(document, stored.file);

  /** The stored result of a key, if its file is still there. */
  async function cached(key: string): Promise<StoredResult | null> {
    const stored = store.findByKey(key);
    return stored !== null && (await isFile(pathOf(stored))) ? stored : null;
  }

  function reuse(stored: StoredResult, render: Render): Result {
    document.database
      .transaction(() => {
        store.noteUse(stored.result.id, render.stateKey);
        photosStore.setFailed(render.photoId, false);
      })
      .immediate();
    photos.announce(render.photoId);
    return stored.result;
  }

  async function make(render: Render, work: Pick<JobWork, 'signal' | 'onProgress'>): Promise<Result> {
    const existing = await cached(render.key);
    if (existing !== null) return reuse(existing, render);
    const photo = photos.get(render.photoId);
    const { file, target } = await targetFor(photo, render);
    const modelFiles = await filesFor(render.recipe, models);
    const startedMs = nowMs();
    const written = await engine.run(
      {
        kind: 'restore-photo',
        path: photos.originalPathOf(photo),
        originalSha256: photo.photo.sha256,
        recipe: render.recipe,
        models: modelFiles,
        target,
      },
      { signal: work.signal, onProgress: work.onProgress, priority: 'background' },
    );
    const result: Result = {
      id: resultIdSchema.parse(randomUUID()),
      photoId: render.photoId,
      key: render.key,
      recipe: render.recipe,
      widthPx: written.widthPx,
      heightPx: written.heightPx,
      createdAt: now().toISOString(),
      elapsedMs: nowMs() - startedMs,
    };
    const saved = document.database
      .transaction(() => {
        photosStore.setFailed(render.photoId, false);
        return store.save({ result, file }, render.stateKey).result;
      })
      .immediate();
    emit({ type: 'result.saved', result: saved });
    photos.announce(render.photoId);
    return saved;
  }

  /** 16-bit originals stay 16-bit: TIFF, which is quicker to write than 16-bit PNG. */
  async function targetFor(
    { photo }: StoredPhoto,
    render: Render,
  ): Promise<{ file: string; target: EncodeTarget }> {
    await mkdir(document.resultsFolder, { recursive: true });
    const isDeep = photo.bitDepth === 16;
    const file = `results/${render.key}.${isDeep ? 'tif' : 'png'}`;
    const target: EncodeTarget = {
      path: fileInProject(document, file),
      settings: {
        format: isDeep ? 'tiff' : 'png',
        quality: 100,
        bitDepth: 'same',
        // Metadata of the original is added on export: here it would only go stale.
        metadata: 'none',
        restorationRecord: false,
      },
      overwrite: true,
    };
    return { file, target };
  }

  return {
    recipe,
    currentRender,
    make,
    async render(photoId, at) {
      const render = at === undefined ? await currentRender(photoId) : await renderAt(photoId, at);
      const existing = await cached(render.key);
      if (existing !== null)
        return jobs().addDone('restore-photo', photoId, render, { resultId: reuse(existing, render).id });
      const waiting = jobs()
        .unfinishedOf(photoId, 'restore-photo')
        .find(({ input }) => renderSchema.safeParse(input).data?.key === render.key);
      return waiting?.job ?? jobs().add('restore-photo', photoId, render);
    },
    async listRendered(photoId) {
      const named = versions.stepsOf(photoId);
      const { photo } = photos.get(photoId);
      const find = store.hasAny(photoId)
        ? pictureFinder(photo, rememberingModels(models), async (key) => (await cached(key))?.result ?? null)
        : async () => null;
      const positions: CommandOutput<'results.list-rendered'>['positions'] = [];
      for (const [cursor, state] of edits.foldedAtEach(photoId).entries())
        positions.push({ cursor, picture: await find(state) });
      const listed: CommandOutput<'results.list-rendered'>['versions'] = [];
      for (const { id, steps } of named)
        listed.push({ versionId: id, picture: await find(edits.foldedAfter(photoId, steps)) });
      return { positions, versions: listed };
    },
    async latest(photoId) {
      photos.get(photoId);
      const newest = store.newestOf(photoId);
      if (newest === null) return null;
      const render = await currentRender(photoId).catch((error: unknown) => {
        // A model that is gone makes the recipe impossible, not the result invisible.
        if (error instanceof HeirloomError && error.code.startsWith('model.')) return null;
        throw error;
      });
      const current = render === null ? null : await cached(render.key);
      if (current !== null) return { result: current.result, isCurrent: true };
      return (await isFile(pathOf(newest))) ? { result: newest.result, isCurrent: false } : null;
    },
    async get(id) {
      const stored = store.find(id);
      if (stored === null || !(await isFile(pathOf(stored)))) throw new HeirloomError('result.not-found');
      return { result: stored.result, path: pathOf(stored) };
    },
  };
}

/** Errors: model.*; model.wrong-digest when a model was replaced since the render was asked for. */
async function filesFor(recipe: Recipe, models: ModelsPort): Promise<ModelFile[]> {
  const files: ModelFile[] = [];
  for (const identity of modelsOf(recipe)) {
    const file = await models.fileOf(identity.modelId);
    if (file.sha256 !== identity.sha256)
      throw new HeirloomError('model.wrong-digest', { fileName: identity.modelId });
    files.push(file);
  }
  return files;
}

async function isFile(filePath: string): Promise<boolean> {
  try {
    const facts = await stat(filePath);
    return facts.isFile() && facts.size > 0;
  } catch {
    return false;
  }
}
