// A model manager on a temporary folder with a small catalogue of its own, and files that fit it.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Catalog, type CatalogEntry, catalogEntrySchema } from '#shared/domain/model.ts';
import { createModels, type ModelsOptions } from '../../../src/main/models/create-models.ts';
import type { ModelsPort } from '../../../src/main/models/models-port.ts';

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Random bytes: no two files of a test are alike, and no server can guess them. */
export function modelBytes(byteCount = 300_000): Buffer {
  return randomBytes(byteCount);
}

export function entryFor(
  id: string,
  bytes: Buffer,
  addresses: string[],
  changes: Partial<Record<keyof CatalogEntry, unknown>> = {},
): CatalogEntry {
  return catalogEntrySchema.parse({
    id,
    purpose: 'face-restoration',
    name: `Model ${id}`,
    fileName: `${id}.onnx`,
    container: 'onnx',
    precision: 'fp32',
    byteSize: bytes.length,
    sha256: sha256Of(bytes),
    addresses,
    licence: { name: 'MIT', url: null, isNonCommercial: false, isUnverified: false },
    contract: { interface: 'face-restorer' },
    isBundled: false,
    rank: 1,
    ...changes,
  });
}

export interface Bench {
  readonly folder: string;
  readonly log: string[];
  models(entries: CatalogEntry[], changes?: Partial<ModelsOptions>): ModelsPort;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const root = await mkdtemp(join(tmpdir(), 'heirloom-models-'));
  const folder = join(root, 'models');
  const opened: ModelsPort[] = [];
  const log: string[] = [];
  return {
    folder,
    log,
    models(entries, changes = {}) {
      const catalog: Catalog = { schema: 'heirloom-models/1', models: entries };
      const models = createModels({
        catalog,
        bundledFolders: [],
        folder: () => folder,
        saveFolder: null,
        environment: {},
        log: (message) => log.push(message),
        idleTimeoutMs: 400,
        backOff: { firstDelayMs: 1, longestDelayMs: 20 },
        ...changes,
      });
      opened.push(models);
      return models;
    },
    async close() {
      await Promise.all(opened.map((models) => models.close()));
      await rm(root, { recursive: true, force: true });
    },
  };
}
