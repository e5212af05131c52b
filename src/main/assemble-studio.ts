// The studio from its parts: services, command handlers, events. Main process.
// Knows neither how the engine is started nor where models come from: start-studio.ts gives both.
import path from 'node:path';
import type { ModelFile } from '#shared/contract/model-file.ts';
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';
import { appCommands } from './app-commands.ts';
import { batchesCommands } from './batches/batches-commands.ts';
import { clipsCommands } from './clips/clips-commands.ts';
import { documentErrorOf } from './db/document-errors.ts';
import { assembleHandlers, createDispatch } from './dispatch.ts';
import { editsCommands } from './edits/edits-commands.ts';
import type { EnginePort } from './engine-host/engine-port.ts';
import type { EventBus } from './event-bus.ts';
import { exportsCommands } from './exports/exports-commands.ts';
import { facesCommands } from './faces/faces-commands.ts';
import { createUploads } from './file-system/uploads.ts';
import { jobsCommands } from './jobs/jobs-commands.ts';
import { dataLocations } from './locations.ts';
import { modelsCommands } from './models/models-commands.ts';
import type { ModelsPort } from './models/models-port.ts';
import type { CopyFile } from './photos/keep-original.ts';
import { photosCommands } from './photos/photos-commands.ts';
import { assembleProject, type StudioProject } from './project-services.ts';
import { projectsCommands } from './projects/projects-commands.ts';
import { createProjectsService, type ProjectsService } from './projects/projects-service.ts';
import { createRecentProjects } from './projects/recent-projects.ts';
import { resultsCommands } from './results/results-commands.ts';
import { settingsCommands } from './settings/settings-commands.ts';
import type { SettingsService } from './settings/settings-service.ts';
import { makeStagingFolder } from './staging-folder.ts';
import type { HostAbilities, Studio } from './studio.ts';

export interface StudioParts {
  /** Absolute. */
  readonly dataFolder: string;
  readonly version: string;
  readonly abilities: HostAbilities;
  readonly openPaths: readonly string[];
  readonly events: EventBus;
  readonly settings: SettingsService;
  readonly engine: EnginePort;
  readonly models: ModelsPort;
  readonly selfTestModel: () => Promise<ModelFile | null>;
  readonly samplePhoto: string;
  readonly now?: () => Date;
  /** Monotonic, in milliseconds. */
  readonly nowMs?: () => number;
  /** Replaced in tests to fail like a full disk. */
  readonly copyFile?: CopyFile;
}

export function assembleStudio(parts: StudioParts): Studio {
  const { abilities, engine, models, settings, events, version } = parts;
  const now = parts.now ?? (() => new Date());
  const locations = dataLocations(parts.dataFolder);
  const staging = makeStagingFolder(locations.stagingFolder);
  const uploads = createUploads(path.join(staging.path, 'uploads'));
  const recent = createRecentProjects(parts.dataFolder, now);
  let openPaths = parts.openPaths.map((given) => path.resolve(given));
  let startFailure = settings.startFailure;

  const projects: ProjectsService<StudioProject> = createProjectsService({
    places: { damagedFolder: locations.damagedFolder, privateFolder: path.join(staging.path, 'documents') },
    untitledFolder: locations.untitledProjectsFolder,
    recent,
    emit: events.emit,
    now,
    noteRecentDocument: abilities.noteRecentDocument,
    assemble: (document) =>
      assembleProject(document, {
        engine,
        models,
        emit: events.emit,
        now,
        nowMs: parts.nowMs ?? (() => performance.now()),
        stagingFolder: staging.path,
        offerDownload: abilities.offerDownload,
        software: `Heirloom ${version}`,
        ffmpegPath: () => settings.read().ffmpegPath,
        onListChanged: () => projects.announce(),
        ...(parts.copyFile === undefined ? {} : { copyFile: parts.copyFile }),
      }),
  });
  const current = () => projects.current().services;
  const writable = () => projects.writable().services;

  function takeOpenedPaths(): string[] {
    // The first moment a window is known to listen: what went wrong before can be said.
    if (startFailure !== null) events.emit({ type: 'failure.reported', error: toWire(startFailure) });
    startFailure = null;
    const taken = openPaths;
    openPaths = [];
    return taken;
  }

  const dispatch = createDispatch(
    assembleHandlers([
      appCommands({
        version,
        dataFolder: parts.dataFolder,
        abilities,
        engine,
        takeOpenedPaths,
        selfTestModel: parts.selfTestModel,
      }),
      settingsCommands(settings),
      projectsCommands(projects, recent),
      photosCommands({
        photos: () => current().photos,
        writablePhotos: () => writable().photos,
        uploads,
        samplePhoto: parts.samplePhoto,
      }),
      batchesCommands(() => writable().batches),
      facesCommands({
        faceKeyframes: () => current().faceKeyframes,
        editedPhoto: (photoId) => current().edits.folded(photoId),
        queueFindFaces: (photoId, demosaic) => writable().queueFindFaces(photoId, demosaic),
      }),
      editsCommands({
        edits: () => current().edits,
        writableEdits: () => writable().edits,
        versions: () => current().versions,
        writableVersions: () => writable().versions,
        recipe: async (photoId) => current().results.recipe(photoId),
      }),
      resultsCommands({
        results: () => current().results,
        writableResults: () => writable().results,
        renderWithFaces: async (photoId) => writable().batches.render(photoId),
      }),
      exportsCommands(() => writable().exports),
      clipsCommands({
        services: () => current().clips,
        writableServices: () => writable().clips,
        uploads,
      }),
      jobsCommands({ jobs: () => current().jobs, writableJobs: () => writable().jobs }),
      modelsCommands(models, uploads),
    ]),
    (error) => documentErrorOf(error, projects.peek()?.document.documentPath ?? parts.dataFolder),
  );

  const unsubscribes = [
    engine.onStatus((status) => events.emit({ type: 'engine.changed', status })),
    engine.onDeviceFellBack((device) => events.emit({ type: 'device.fell-back', device })),
    models.onChange((status) => events.emit({ type: 'model.changed', status })),
  ];
  let closing: Promise<void> | null = null;

  async function closeAll(): Promise<void> {
    await projects.close();
    for (const unsubscribe of unsubscribes) unsubscribe();
    await Promise.allSettled([engine.close(), models.close()]);
    staging.remove();
  }

  return {
    dispatch: (name, input) =>
      closing === null
        ? dispatch(name, input)
        : Promise.resolve({ ok: false, error: toWire(new HeirloomError('project.none-open')) }),
    onEvent: events.onEvent,
    pictureFile: async (request) => current().previews.pictureFile(request),
    filmFile: async (request) => current().clips.films.filmFile(request),
    stageUpload: (fileName, body) => uploads.stage(fileName, body),
    openPaths: (paths) =>
      events.emit({ type: 'paths.opened', paths: paths.map((given) => path.resolve(given)) }),
    hasRunningJobs: () => projects.peek()?.services.jobs.hasUnfinished() ?? false,
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}
