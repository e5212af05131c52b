// Converted models in the models folder: which are there and intact, and how a missing one is made. Main process.
// Layout: <models folder>/<model id>/converted-<precision>/{network.json, graphs, weights}.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelFile, ModelPart } from '#shared/contract/model-file.ts';
import {
  type ConvertedFile,
  type ConvertedPrecision,
  converterVersion,
  type NetworkManifest,
  networkManifestFileName,
  networkManifestSchema,
  processOfTemporaryFolder,
} from '#shared/domain/converted-network.ts';
import { type ModelId, sha256Schema } from '#shared/domain/ids.ts';
import type { CatalogEntry } from '#shared/domain/model.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { type ReadingOptions, sha256OfFile } from '../file-system/file-digest.ts';
import type { ModelConverter } from './model-converter.ts';
import { folderOf, type ModelShelf, stampAt } from './model-store.ts';

/** none: to be converted. unverified: complete by its sizes, not hashed since it was last changed. */
export type ConversionState = 'none' | 'unverified' | 'ready';

export interface ModelConversions {
  /** By memory and file sizes; hashes nothing. */
  stateOf(entry: CatalogEntry): ConversionState;
  canConvert(entry: CatalogEntry): boolean;
  /** Makes the conversion unless it is there. Errors: model.needs-conversion, those of converting; JobCancelled. */
  ensure(entry: CatalogEntry, checkpointPath: string, options: EnsureOptions): Promise<void>;
  /** Hashes what no memory vouches for, or everything when `isFresh`. */
  check(entry: CatalogEntry, options: ReadingOptions & { readonly isFresh?: boolean }): Promise<void>;
  /** null unless ready. */
  fileOf(entry: CatalogEntry): ModelFile | null;
  /** Every file of a ready conversion with its digest: what a move takes along. */
  filesOf(entry: CatalogEntry): { readonly path: string; readonly sha256: string }[];
  /** Notes that these files lie at another place now, unchanged. */
  rememberFiles(entry: CatalogEntry): void;
  /** How the newest conversion failed; undefined when it did not. */
  failureOf(modelId: ModelId): unknown;
  forgetFailure(modelId: ModelId): void;
  remove(entry: CatalogEntry): Promise<void>;
  /** What conversions left behind whose process is gone. */
  sweep(entry: CatalogEntry): Promise<void>;
}

export interface EnsureOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

export interface ModelConversionsOptions {
  readonly converters: readonly ModelConverter[];
  readonly precision: () => ConvertedPrecision;
}

interface FoundConversion {
  readonly folder: string;
  readonly manifest: NetworkManifest;
  /** Digest of network.json itself: the name of the converted model. */
  readonly sha256: string;
}

export function createModelConversions(
  shelf: () => ModelShelf,
  options: ModelConversionsOptions,
): ModelConversions {
  const failures = new Map<ModelId, unknown>();
  const converterFor = (entry: CatalogEntry): ModelConverter | undefined =>
    options.converters.find((converter) => converter.canConvert(entry));
  const outputFolder = (entry: CatalogEntry): string =>
    join(folderOf(shelf().store.modelsFolder, entry), `converted-${options.precision()}`);

  const find = (entry: CatalogEntry): FoundConversion | null => {
    const folder = outputFolder(entry);
    const found = readManifest(join(folder, networkManifestFileName));
    const isWanted =
      found?.manifest.checkpointSha256 === entry.sha256 &&
      found.manifest.blend === undefined &&
      found.manifest.converterVersion === converterVersion &&
      found.manifest.precision === options.precision();
    return found !== null && isWanted ? { folder, ...found } : null;
  };

  const stateOfFile = (folder: string, file: ConvertedFile): ConversionState => {
    const path = join(folder, file.fileName);
    const stamp = stampAt(path);
    if (stamp?.byteSize !== file.byteSize) return 'none';
    const digest = shelf().index.digestOf(path, stamp);
    if (digest === null) return 'unverified';
    return digest === file.sha256 ? 'ready' : 'none';
  };

  const stateOfFound = ({ folder, manifest }: FoundConversion): ConversionState => {
    const states = convertedFiles(manifest).map((file) => stateOfFile(folder, file));
    if (states.includes('none')) return 'none';
    return states.includes('unverified') ? 'unverified' : 'ready';
  };

  const stateOf = (entry: CatalogEntry): ConversionState => {
    const found = find(entry);
    return found === null ? 'none' : stateOfFound(found);
  };

  const remember = (entry: CatalogEntry): void => {
    const found = find(entry);
    if (found === null) return;
    for (const { fileName, sha256 } of convertedFiles(found.manifest)) {
      const path = join(found.folder, fileName);
      const stamp = stampAt(path);
      if (stamp !== null) shelf().index.rememberDigest(entry.id, path, stamp, sha256);
    }
  };

  return {
    stateOf,
    canConvert: (entry) => converterFor(entry) !== undefined,
    async ensure(entry, checkpointPath, { signal, onProgress }) {
      if (stateOf(entry) === 'ready') return;
      const converter = converterFor(entry);
      if (converter === undefined) throw new HeirloomError('model.needs-conversion', { name: entry.name });
      failures.delete(entry.id);
      try {
        // The engine hashed what it wrote, or found an intact one there.
        await converter.convert({
          entry,
          checkpointPath,
          outputFolder: outputFolder(entry),
          precision: options.precision(),
          signal,
          onProgress,
        });
      } catch (error) {
        if (error instanceof HeirloomError) failures.set(entry.id, error);
        throw error;
      }
      remember(entry);
      await shelf().index.flush();
    },
    async check(entry, { isFresh = false, ...reading }) {
      const found = find(entry);
      if (found === null) return;
      for (const file of convertedFiles(found.manifest)) {
        if (!isFresh && stateOfFile(found.folder, file) !== 'unverified') continue;
        const path = join(found.folder, file.fileName);
        const stamp = stampAt(path);
        if (stamp === null) continue;
        shelf().index.rememberDigest(entry.id, path, stamp, await sha256OfFile(path, reading));
      }
    },
    fileOf(entry) {
      const found = find(entry);
      return found === null || stateOfFound(found) !== 'ready' ? null : toModelFile(entry, found);
    },
    filesOf(entry) {
      const found = find(entry);
      if (found === null || stateOfFound(found) !== 'ready') return [];
      const manifest = { path: join(found.folder, networkManifestFileName), sha256: found.sha256 };
      const files = convertedFiles(found.manifest).map(({ fileName, sha256 }) => ({
        path: join(found.folder, fileName),
        sha256,
      }));
      return [manifest, ...files];
    },
    rememberFiles: remember,
    failureOf: (modelId) => failures.get(modelId),
    forgetFailure: (modelId) => void failures.delete(modelId),
    async remove(entry) {
      failures.delete(entry.id);
      const folder = folderOf(shelf().store.modelsFolder, entry);
      for (const precision of ['fp32', 'fp16']) {
        await rm(join(folder, `converted-${precision}`), { recursive: true, force: true });
      }
    },
    async sweep(entry) {
      const folder = folderOf(shelf().store.modelsFolder, entry);
      for (const name of await readdir(folder).catch(() => [])) {
        const processId = processOfTemporaryFolder(name);
        if (processId === null || isAlive(processId)) continue;
        await rm(join(folder, name), { recursive: true, force: true });
      }
    },
  };
}

function convertedFiles({ artefacts }: NetworkManifest): ConvertedFile[] {
  return artefacts.flatMap(({ graph, weights }) => (weights === null ? [graph] : [graph, weights]));
}

function readManifest(path: string): { manifest: NetworkManifest; sha256: string } | null {
  try {
    const bytes = readFileSync(path);
    const manifest = networkManifestSchema.parse(JSON.parse(bytes.toString('utf8')));
    return { manifest, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch {
    // Missing, or not one of ours: converted anew either way.
    return null;
  }
}

function toModelFile(entry: CatalogEntry, { folder, manifest, sha256 }: FoundConversion): ModelFile {
  const place = ({ fileName, sha256: digest }: ConvertedFile) => ({
    path: join(folder, fileName),
    sha256: digest,
  });
  const parts = manifest.artefacts.map(
    ({ name, graph, weights }): ModelPart => ({
      name,
      ...place(graph),
      weights: weights === null ? null : place(weights),
    }),
  );
  return {
    modelId: entry.id,
    sha256: sha256Schema.parse(sha256),
    path: join(folder, networkManifestFileName),
    contract: manifest.contract,
    parts,
  };
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
