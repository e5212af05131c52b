// A model manager with a handful of entries, all or some of them installed. Hands out files that are not there.
import { createHash } from 'node:crypto';
import type { ModelFile } from '#shared/contract/model-file.ts';
import { type ModelId, modelIdSchema, sha256Schema } from '#shared/domain/ids.ts';
import type { ModelPurpose, ModelStatus } from '#shared/domain/model.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { ModelsPort } from '../../src/main/models/models-port.ts';

const purposes: Record<string, ModelPurpose> = {
  'lite-face': 'face-restoration',
  codeformer: 'face-restoration',
  blazeface: 'face-detection',
  facemesh: 'face-landmarks',
  parsenet: 'face-parsing',
  'upscale-x2': 'upscaling',
};

export interface FakeModels extends ModelsPort {
  readonly installed: Set<string>;
}

export function createFakeModels(installedIds: readonly string[] = ['lite-face', 'blazeface']): FakeModels {
  const installed = new Set(installedIds);
  const folder = { path: '/models', usedBytes: 0, freeBytes: 1e9 };

  function statusOf(modelId: string): ModelStatus {
    const purpose = purposes[modelId];
    if (purpose === undefined) throw new HeirloomError('model.unknown', { modelId });
    const { sha256 } = fileFor(modelId);
    return {
      entry: {
        id: modelIdSchema.parse(modelId),
        purpose,
        name: modelId,
        fileName: `${modelId}.onnx`,
        container: 'onnx',
        precision: 'fp32',
        byteSize: 1,
        sha256,
        addresses: [],
        licence: { name: 'MIT', url: null, isNonCommercial: false, isUnverified: false },
        contract: { interface: 'none' },
        isBundled: false,
        rank: 0,
      },
      state: installed.has(modelId) ? 'installed' : 'not-installed',
      receivedBytes: 0,
      bytesPerSecond: null,
      etaSeconds: null,
      error: null,
    };
  }

  return {
    installed,
    list: () => Object.keys(purposes).map(statusOf),
    whenReady: async () => undefined,
    async fileOf(modelId: ModelId) {
      const { entry, state } = statusOf(modelId);
      if (state !== 'installed') throw new HeirloomError('model.not-installed', { name: entry.name });
      return fileFor(modelId);
    },
    async bestFor(purpose) {
      const best = Object.keys(purposes).findLast((id) => purposes[id] === purpose && installed.has(id));
      return best === undefined ? null : fileFor(best);
    },
    importFile: async () => statusOf('lite-face'),
    download: (modelId) => statusOf(modelId),
    whenDownloaded: async (modelId) => statusOf(modelId),
    cancelDownload: (modelId) => statusOf(modelId),
    verify: async () => [],
    remove: async (modelId) => statusOf(modelId),
    folder: async () => folder,
    moveFolder: async () => undefined,
    onChange: () => () => undefined,
    close: async () => undefined,
  };
}

export function fileFor(modelId: string): ModelFile {
  return {
    modelId: modelIdSchema.parse(modelId),
    sha256: sha256Schema.parse(createHash('sha256').update(modelId).digest('hex')),
    path: `/models/${modelId}.onnx`,
    contract: { interface: 'none' },
  };
}
