// The real engine with the models that ship inside, in a folder of its own, for integration tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DetectionModels, ModelFile } from '#shared/contract/model-file.ts';
import { createServices, type Services } from '../../src/main/create-services.ts';
import { spawnForkedEngine } from '../../src/main/hosts/spawn-forked-engine.ts';

export interface BundledServices extends Services {
  readonly folder: string;
  readonly detection: DetectionModels;
  readonly restorer: ModelFile;
  /** Stops the engine and removes the folder. */
  close(): Promise<void>;
}

/** Needs the build: the bundled detector is made there. */
export async function openBundledServices(): Promise<BundledServices> {
  const folder = mkdtempSync(join(tmpdir(), 'heirloom-services-'));
  const services = createServices({
    appRoot: join(import.meta.dirname, '../..'),
    dataFolder: folder,
    environment: { ...process.env, HEIRLOOM_MODELS_DIR: join(folder, 'models') },
    spawnEngine: spawnForkedEngine,
    log: () => undefined,
    device: 'cpu',
  });
  const { models, engine } = services;
  const [detector, landmarks, restorer] = await Promise.all([
    models.bestFor('face-detection'),
    models.bestFor('face-landmarks'),
    models.bestFor('face-restoration'),
  ]);
  if (detector === null || restorer === null)
    throw new Error('the bundled models are missing: npm run build');
  return {
    ...services,
    folder,
    detection: { detector, landmarks },
    restorer,
    async close() {
      await engine.close();
      await models.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
