// Settings, models and engine, wired to each other: what a studio and the command line both stand on. Main process.
// Quick: the engine starts with its first task, models are hashed in the background.
import type { EngineSettings } from '#shared/contract/engine.ts';
import type { Catalog } from '#shared/domain/model.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { bundledModelFile, selfTestModelId } from './bundled-model-file.ts';
import { createEngineHost, type EngineHostOptions } from './engine-host/engine-host.ts';
import type { EnginePort } from './engine-host/engine-port.ts';
import { applicationLocations } from './locations.ts';
import type { Log } from './log.ts';
import { createModels } from './models/create-models.ts';
import { loadCatalog } from './models/load-catalog.ts';
import { conversionPrecision, createEngineConverter } from './models/model-converter.ts';
import { isModelsFolderFixed, modelsFolderFor } from './models/models-folder.ts';
import type { ModelsPort } from './models/models-port.ts';
import { createSettings, type SettingsService } from './settings/settings-service.ts';

export interface ServicesOptions {
  readonly appRoot: string;
  readonly dataFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly spawnEngine: EngineHostOptions['spawn'];
  readonly log: Log;
  /** Instead of the device in the settings, for this run. */
  readonly device?: Settings['device'];
  readonly onSettingsChanged?: (settings: Settings) => void;
}

export interface Services {
  readonly catalog: Catalog;
  readonly settings: SettingsService;
  readonly engine: EnginePort;
  readonly models: ModelsPort;
  /** The small model an engine tests a device with; null where this build ships none. */
  readonly selfTestModel: EngineSettings['selfTestModel'];
}

/** Errors: a plain Error when the application itself is incomplete. */
export function createServices(options: ServicesOptions): Services {
  const { environment, dataFolder, log, device } = options;
  const application = applicationLocations(options.appRoot);
  const catalog = loadCatalog(application.catalogFile);
  const selfTestModel = bundledModelFile(catalog, selfTestModelId, application.bundledModelFolders);
  const engineSettings = (settings: Settings): EngineSettings => ({
    device: device ?? settings.device,
    precision: settings.precision,
    memoryBudgetMb: settings.memoryBudgetMb,
    selfTestModel,
  });
  const settings = createSettings(
    dataFolder,
    () => new Date(),
    (changed, before) => {
      options.onSettingsChanged?.(changed);
      if (meansNewEngine(changed, before)) engine.changeSettings(engineSettings(changed));
    },
  );
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
    converters: [createEngineConverter(engine)],
    conversionPrecision: () => conversionPrecision(settings.read()),
    log: (message) => log('warn', message),
  });
  return { catalog, settings, engine, models, selfTestModel };
}

function meansNewEngine(changed: Settings, before: Settings): boolean {
  return (
    changed.device !== before.device ||
    changed.precision !== before.precision ||
    changed.memoryBudgetMb !== before.memoryBudgetMb
  );
}
