// Builds the studio a host carries, with the real engine and the real model manager. Main process.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { assembleStudio } from './assemble-studio.ts';
import { createServices } from './create-services.ts';
import { createEventBus } from './event-bus.ts';
import { writeErrorOf } from './file-system/file-errors.ts';
import { applicationLocations, defaultDataFolder } from './locations.ts';
import { createLog } from './log.ts';
import type { Studio, StudioOptions } from './studio.ts';

/**
 * Errors: output.not-writable and output.disk-full for the data folder; a plain Error when the application itself is
 * incomplete. An engine that does not start is told by the task that needs it.
 */
export async function startStudio(options: StudioOptions): Promise<Studio> {
  const environment = process.env;
  const dataFolder = environment['HEIRLOOM_DATA_DIR']
    ? defaultDataFolder(environment)
    : path.resolve(options.dataFolder);
  try {
    mkdirSync(dataFolder, { recursive: true });
  } catch (error) {
    throw writeErrorOf(error, dataFolder);
  }
  const events = createEventBus();
  const { settings, engine, models, selfTestModel } = createServices({
    appRoot: options.appRoot,
    dataFolder,
    environment,
    spawnEngine: options.spawnEngine,
    log: createLog(environment),
    onSettingsChanged: (changed) => events.emit({ type: 'settings.changed', settings: changed }),
  });
  return assembleStudio({
    dataFolder,
    version: applicationVersion(applicationLocations(options.appRoot).packageFile),
    abilities: options.abilities,
    openPaths: options.openPaths,
    events,
    settings,
    engine,
    models,
    samplePhoto: applicationLocations(options.appRoot).samplePhoto,
    selfTestModel: async () => selfTestModel ?? (await models.bestFor('face-restoration')),
  });
}

function applicationVersion(packageFile: string): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version;
}
