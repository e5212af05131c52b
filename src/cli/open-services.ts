// The services of main that the command line needs: settings, models, engine. No project, no window.
import type { ModelId } from '#shared/domain/ids.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { bundledModelFile, selfTestModelId } from '../main/bundled-model-file.ts';
import { createEngineHost } from '../main/engine-host/engine-host.ts';
import type { EnginePort } from '../main/engine-host/engine-port.ts';
import { spawnForkedEngine } from '../main/hosts/spawn-forked-engine.ts';
import { applicationLocations, defaultDataFolder } from '../main/locations.ts';
import { createLog } from '../main/log.ts';
import { createModels } from '../main/models/create-models.ts';
import { loadCatalog } from '../main/models/load-catalog.ts';
import { isModelsFolderFixed, modelsFolderFor } from '../main/models/models-folder.ts';
import type { ModelsPort } from '../main/models/models-port.ts';
import { createSettings } from '../main/settings/settings-service.ts';
import { applicationRoot } from './application-version.ts';

export interface CommandServices {
  readonly models: ModelsPort;
  readonly engine: EnginePort;
  /** Proper name of a model, such as "CodeFormer". */
  nameOf(modelId: ModelId): string;
  close(): Promise<void>;
}

/** The engine starts with its first task, so that `heirloom models` never pays for it. */
export async function openServices(device: Settings['device']): Promise<CommandServices> {
  const environment = process.env;
  const log = createLog(environment);
  const application = applicationLocations(applicationRoot());
  const dataFolder = defaultDataFolder(environment);
  const catalog = loadCatalog(application.catalogFile);
  const settings = createSettings(
    dataFolder,
    () => new Date(),
    () => undefined,
  );
  const { precision, memoryBudgetMb, device: chosenDevice } = settings.read();
  const engine = createEngineHost({
    spawn: spawnForkedEngine,
    entryPath: application.engineEntry,
    settings: {
      device: device === 'auto' ? chosenDevice : device,
      precision,
      memoryBudgetMb,
      selfTestModel: bundledModelFile(catalog, selfTestModelId, application.bundledModelFolders),
    },
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
  return {
    models,
    engine,
    nameOf: (modelId) => catalog.models.find((entry) => entry.id === modelId)?.name ?? modelId,
    close: async () => {
      await Promise.all([engine.close(), models.close()]);
    },
  };
}
