// The model manager: what is installed, downloads, imports, checks. Runs in main and the command line.
// It hands out verified files only, and never reads a tensor: that is the engine's.
import { rm, rmdir } from 'node:fs/promises';
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { ConvertedPrecision } from '#shared/domain/converted-network.ts';
import type { ModelId } from '#shared/domain/ids.ts';
import type { Catalog, CatalogEntry, ModelStatus } from '#shared/domain/model.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { bytesIn, freeBytesAt } from '../file-system/free-space.ts';
import { partialByteSize, removePartialFile } from './download/partial-file.ts';
import { copyIntoPlace, recogniseModel } from './import-model.ts';
import { settleLicence } from './licence.ts';
import { createModelActivities } from './model-activity.ts';
import { createModelChecks } from './model-checks.ts';
import { createModelConversions } from './model-conversions.ts';
import type { ModelConverter } from './model-converter.ts';
import { createModelDownloads, type NetworkOptions } from './model-downloads.ts';
import { openModelIndex } from './model-index.ts';
import { statusOf } from './model-status.ts';
import { createModelStore, folderOf, type ModelShelf, pathOf } from './model-store.ts';
import type { ModelsPort } from './models-port.ts';
import { moveModelsFolder } from './move-models-folder.ts';

export interface ModelsOptions extends NetworkOptions {
  readonly catalog: Catalog;
  /** Where models that ship with the application lie, each as <folder>/<id>/<file> or <folder>/<file>. */
  readonly bundledFolders: readonly string[];
  /** Asked before each use, so that a changed setting counts at once. See modelsFolderFor. */
  readonly folder: () => string;
  /** Keeps a new folder in the settings; null where the environment names it and it cannot be moved. */
  readonly saveFolder: ((folder: string) => void | Promise<void>) | null;
  /** Asked in order; the first that can convert an entry does. */
  readonly converters?: readonly ModelConverter[];
  /** Of the graphs that are converted and used; fp32 when left out. */
  readonly conversionPrecision?: () => ConvertedPrecision;
}

/** Opens the models folder at once and hashes, in the background, the files no memory vouches for. */
export function createModels(options: ModelsOptions): ModelsPort {
  const { catalog, log } = options;
  const listeners = new Set<(status: ModelStatus) => void>();
  const closing = new AbortController();
  let isMoving = false;

  let openShelf: ModelShelf | null = null;
  const shelf = (): ModelShelf => {
    const modelsFolder = options.folder();
    if (openShelf?.store.modelsFolder !== modelsFolder) {
      const index = openModelIndex(modelsFolder, log);
      const { bundledFolders } = options;
      openShelf = { index, store: createModelStore({ modelsFolder, bundledFolders, index }) };
    }
    return openShelf;
  };

  const announce = (modelId: ModelId): void => {
    const status = statusFor(entryOf(modelId));
    for (const listener of listeners) listener(status);
  };
  const activities = createModelActivities(announce);
  const conversions = createModelConversions(shelf, {
    converters: options.converters ?? [],
    precision: options.conversionPrecision ?? (() => 'fp32'),
  });
  const checks = createModelChecks({
    entries: catalog.models,
    shelf,
    activities,
    conversions,
    signal: closing.signal,
    announce,
    log,
  });
  const downloads = createModelDownloads(shelf, activities, options, {
    isPresent: (entry) => shelf().store.presenceOf(entry).kind === 'verified',
    finish: convertIfNeeded,
  });

  function entryOf(modelId: ModelId): CatalogEntry {
    const entry = catalog.models.find((candidate) => candidate.id === modelId);
    if (entry === undefined) throw new HeirloomError('model.unknown', { modelId });
    return entry;
  }

  /** Part of a download, so that cancelling and waiting for it mean both. */
  async function convertIfNeeded(entry: CatalogEntry, signal: AbortSignal): Promise<void> {
    const presence = shelf().store.presenceOf(entry);
    if (entry.container !== 'pth' || presence.kind !== 'verified' || !conversions.canConvert(entry)) return;
    const { byteSize } = presence.stamp;
    const show = (fraction: number): void =>
      activities.set(entry.id, { kind: 'converting', doneBytes: Math.round(fraction * byteSize) });
    show(0);
    await conversions.ensure(entry, presence.path, { signal, onProgress: show });
  }

  /** In the queue of downloads: two conversions of one model never run beside each other. */
  async function converted(entry: CatalogEntry): Promise<ModelFile> {
    await conversions.check(entry, { signal: closing.signal });
    if (conversions.stateOf(entry) !== 'ready') {
      if (!conversions.canConvert(entry))
        throw new HeirloomError('model.needs-conversion', { name: entry.name });
      if (!downloads.isActive(entry.id)) downloads.start(entry);
      await downloads.endOf(entry.id);
    }
    const file = conversions.fileOf(entry);
    if (file === null) throw new HeirloomError('model.needs-conversion', { name: entry.name });
    return file;
  }

  function statusFor(entry: CatalogEntry): ModelStatus {
    const { store } = shelf();
    return statusOf(entry, {
      presence: store.presenceOf(entry),
      activity: activities.of(entry.id),
      partialBytes: partialByteSize(pathOf(store.modelsFolder, entry)),
      failure: downloads.failureOf(entry.id),
      checkFailure: checks.failureOf(entry.id),
      conversion: entry.container === 'pth' ? conversions.stateOf(entry) : 'ready',
      conversionFailure: conversions.failureOf(entry.id),
    });
  }

  function refuseWhenBusy(entry: CatalogEntry): void {
    if (isMoving || downloads.isActive(entry.id)) throw new HeirloomError('model.busy', { name: entry.name });
  }

  /** After verify comes convert, for what the engine cannot read as it is. */
  async function runnableFile(entry: CatalogEntry): Promise<ModelFile> {
    const path = await checks.verifiedPath(entry, false);
    if (entry.container === 'pth') return converted(entry);
    if (entry.contract.interface === 'none') {
      throw new HeirloomError(
        'model.load-failed',
        { name: entry.name },
        { cause: 'how to feed it is not known' },
      );
    }
    return { modelId: entry.id, sha256: entry.sha256, path, contract: entry.contract };
  }

  function mustConvert(entry: CatalogEntry): boolean {
    return (
      entry.container === 'pth' && conversions.canConvert(entry) && conversions.stateOf(entry) !== 'ready'
    );
  }

  function canRun(entry: CatalogEntry): boolean {
    // A checkpoint that is not converted is passed over: nobody who asks for the best one waits for a conversion.
    return entry.container === 'onnx'
      ? entry.contract.interface !== 'none'
      : conversions.stateOf(entry) !== 'none';
  }

  async function sweepConversions(): Promise<void> {
    for (const entry of catalog.models) if (entry.container === 'pth') await conversions.sweep(entry);
  }
  let checking: Promise<unknown> = Promise.all([checks.verifyNewFiles(), sweepConversions()]);

  return {
    list() {
      // Another process, or a person, may have put files there since.
      checking = checking.then(checks.verifyNewFiles);
      return catalog.models.map(statusFor);
    },

    whenReady: async () => void (await checking),

    fileOf: async (modelId) => runnableFile(entryOf(modelId)),

    async bestFor(purpose) {
      const candidates = catalog.models
        .filter((entry) => entry.purpose === purpose && canRun(entry))
        .sort((a, b) => b.rank - a.rank);
      for (const entry of candidates) {
        if (shelf().store.presenceOf(entry).kind === 'absent') continue;
        try {
          return await runnableFile(entry);
        } catch (error) {
          if (!(error instanceof HeirloomError)) throw error;
          // The next best serves; that this one is damaged stands in its status.
          log(`${entry.id} is passed over: ${error.message}`);
          announce(entry.id);
        }
      }
      return null;
    },

    async importFile(path, acceptLicence) {
      const entry = await recogniseModel(path, catalog.models, closing.signal);
      refuseWhenBusy(entry);
      const { store, index } = shelf();
      settleLicence(entry, acceptLicence, index);
      if (store.presenceOf(entry).kind !== 'verified') {
        const finalPath = pathOf(store.modelsFolder, entry);
        await copyIntoPlace(path, entry, finalPath, closing.signal);
        await store.rememberVerified(entry, finalPath);
        await removePartialFile(finalPath);
      }
      downloads.forgetFailure(entry.id);
      await index.flush();
      if (mustConvert(entry)) downloads.start(entry);
      announce(entry.id);
      return statusFor(entry);
    },

    download(modelId, acceptLicence) {
      const entry = entryOf(modelId);
      const presence = shelf().store.presenceOf(entry);
      if (downloads.isActive(modelId) || presence.kind === 'unverified') return statusFor(entry);
      if (presence.kind === 'verified') {
        if (mustConvert(entry) && !isMoving) downloads.start(entry);
        return statusFor(entry);
      }
      refuseWhenBusy(entry);
      if (entry.addresses.length === 0) throw new HeirloomError('model.no-address', { name: entry.name });
      settleLicence(entry, acceptLicence, shelf().index);
      downloads.start(entry);
      return statusFor(entry);
    },

    async whenDownloaded(modelId) {
      const entry = entryOf(modelId);
      await downloads.endOf(modelId);
      return statusFor(entry);
    },

    cancelDownload(modelId) {
      downloads.cancel(modelId);
      return statusFor(entryOf(modelId));
    },

    async verify(modelId) {
      const wanted = modelId === null ? catalog.models : [entryOf(modelId)];
      for (const entry of wanted) {
        if (shelf().store.presenceOf(entry).kind !== 'absent') await checks.verifyOrLog(entry, true);
      }
      await shelf().index.flush();
      return wanted.map(statusFor);
    },

    async remove(modelId) {
      const entry = entryOf(modelId);
      if (entry.isBundled) throw new HeirloomError('model.bundled', { name: entry.name });
      refuseWhenBusy(entry);
      await checks.running(modelId)?.catch(() => {});
      const { modelsFolder } = shelf().store;
      const finalPath = pathOf(modelsFolder, entry);
      await rm(finalPath, { force: true });
      await removePartialFile(finalPath);
      await conversions.remove(entry);
      // Only when nothing else lies in it.
      await rmdir(folderOf(modelsFolder, entry)).catch(() => {});
      downloads.forgetFailure(modelId);
      announce(modelId);
      return statusFor(entry);
    },

    async folder() {
      const path = options.folder();
      const [usedBytes, freeBytes] = await Promise.all([
        bytesIn(path),
        (options.freeBytes ?? freeBytesAt)(path),
      ]);
      return { path, usedBytes, freeBytes };
    },

    async moveFolder(path, signal) {
      const { saveFolder } = options;
      if (saveFolder === null) {
        throw new HeirloomError(
          'model.folder-not-usable',
          { path },
          { cause: 'HEIRLOOM_MODELS_DIR names the folder' },
        );
      }
      if (isMoving || downloads.isAnyActive || checks.isAnyActive) {
        throw new HeirloomError('model.busy', { name: options.folder() });
      }
      isMoving = true;
      try {
        await shelf().index.flush();
        const verified = catalog.models.filter(
          (entry) => !entry.isBundled && shelf().store.presenceOf(entry).kind === 'verified',
        );
        const withConversion = catalog.models.filter((entry) => conversions.filesOf(entry).length > 0);
        await moveModelsFolder({
          from: options.folder(),
          to: path,
          entries: catalog.models,
          convertedFiles: withConversion.flatMap((entry) => conversions.filesOf(entry)),
          signal: signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]),
          switchTo: async (folder) => saveFolder(folder),
        });
        // Hard links are the same bytes and copies were hashed: no need to read everything again.
        const { store } = shelf();
        for (const entry of verified) await store.rememberVerified(entry, pathOf(store.modelsFolder, entry));
        for (const entry of withConversion) conversions.rememberFiles(entry);
      } finally {
        isMoving = false;
      }
      await checks.verifyNewFiles();
    },

    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async close() {
      closing.abort();
      await downloads.close();
      await Promise.allSettled([checking, checks.idle()]);
      await openShelf?.index.flush();
    },
  };
}
