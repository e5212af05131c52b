// The services of main that the command line needs: settings, models, engine. No project, no window.
import type { ModelId } from '#shared/domain/ids.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { createServices } from '../main/create-services.ts';
import type { EnginePort } from '../main/engine-host/engine-port.ts';
import { spawnForkedEngine } from '../main/hosts/spawn-forked-engine.ts';
import { defaultDataFolder } from '../main/locations.ts';
import { createLog } from '../main/log.ts';
import type { ModelsPort } from '../main/models/models-port.ts';
import { applicationRoot } from './application-version.ts';

export interface CommandServices {
  readonly models: ModelsPort;
  readonly engine: EnginePort;
  /** Proper name of a model, such as "CodeFormer". */
  nameOf(modelId: ModelId): string;
  close(): Promise<void>;
}

/** `device` other than auto goes before the one in the settings. */
export async function openServices(device: Settings['device']): Promise<CommandServices> {
  const environment = process.env;
  const { catalog, engine, models } = createServices({
    appRoot: applicationRoot(),
    dataFolder: defaultDataFolder(environment),
    environment,
    spawnEngine: spawnForkedEngine,
    log: createLog(environment),
    ...(device === 'auto' ? {} : { device }),
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
