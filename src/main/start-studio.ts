// Builds the studio a host carries, with the real engine and the real model manager. Main process.
// Quick: the engine starts with the first task, models are hashed in the background.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { EngineSettings } from '#shared/contract/engine.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { assembleStudio } from './assemble-studio.ts';
import { bundledModelFile, selfTestModelId } from './bundled-model-file.ts';
import { createEngineHost } from './engine-host/engine-host.ts';
import { createEventBus } from './event-bus.ts';
import { writeErrorOf } from './file-system/file-errors.ts';
import { applicationLocations, defaultDataFolder } from './locations.ts';
import { createLog } from './log.ts';
import { createModels } from './models/create-models.ts';
import { loadCatalog } from './models/load-catalog.ts';
import { isModelsFolderFixed, modelsFolderFor } from './models/models-folder.ts';
import { createSettings } from './settings/settings-service.ts';
import type { Studio, StudioOptions } from './studio.ts';

/**
 * Errors: output.not-writable and output.disk-full for the data folder; a plain Error when the application itself is
 * incomplete. An engine that does not start is told by the task that needs it.
 */
export async function startStudio(options: StudioOptions): Promise<Studio> {
  const environment = process.env;
  const log = createLog(environment);
  const dataFolder = environment['HEIRLOOM_DATA_DIR']
    ? defaultDataFolder(environment)
    : path.resolve(options.dataFolder);
  try {
    mkdirSync(dataFolder, { recursive: true });
  } catch (error) {
    throw writeErrorOf(error, dataFolder);
  }
  const application = applicationLocations(options.appRoot);
  const catalog = loadCatalog(application.catalogFile);
  const selfTestModel = bundledModelFile(catalog, selfTestModelId, application.bundledModelFolders);
  const events = createEventBus();

  const settings = createSettings(
    dataFolder,
    () => new Date(),
    (changed, before) => {
      events.emit({ type: 'settings.changed', settings: changed });
      if (meansNewEngine(changed, before)) engine.changeSettings(engineSettings(changed));
    },
  );
  const engineSettings = ({ device, precision, memoryBudgetMb }: Settings): EngineSettings => ({
    device,
    precision,
    memoryBudgetMb,
    selfTestModel,
  });
  const engine = createEngineHost({
    spawn: options.spawnEngine,
    entryPath: application.engineEntry,
    settings: engineSettings(settings.read()),
    log,
  });
  const models = createModels({
    catalog,
    environment,
    bundledFolders: application.bundledModelFolders,
    folder: () => modelsFolderFor({ environment, chosenFolder: settings.read().modelsFolder, dataFolder }),
    saveFolder: isModelsFolderFixed(environment)
      ? null
      : async (folder) => void (await settings.change({ modelsFolder: folder })),
    log: (message) => log('warn', message),
  });

  return assembleStudio({
    dataFolder,
    version: applicationVersion(application.packageFile),
    abilities: options.abilities,
    openPaths: options.openPaths,
    events,
    settings,
    engine,
    models,
    selfTestModel: async () => selfTestModel ?? (await models.bestFor('face-restoration')),
  });
}

function meansNewEngine(changed: Settings, before: Settings): boolean {
  return (
    changed.device !== before.device ||
    changed.precision !== before.precision ||
    changed.memoryBudgetMb !== before.memoryBudgetMb
  );
}

function applicationVersion(packageFile: string): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version;
}
