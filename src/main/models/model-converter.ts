// Turns a verified checkpoint into graphs the engine can run: by asking the engine. Main process.

import type { ConvertedPrecision, NetworkManifest } from '#shared/domain/converted-network.ts';
import type { CatalogEntry } from '#shared/domain/model.ts';
import type { Settings } from '#shared/domain/settings.ts';
import type { EnginePort } from '../engine-host/engine-port.ts';

export interface ConversionRequest {
  readonly entry: CatalogEntry;
  /** Its digest is right. */
  readonly checkpointPath: string;
  /** Appears whole or not at all; an older conversion there is replaced. */
  readonly outputFolder: string;
  readonly precision: ConvertedPrecision;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

export interface ModelConverter {
  canConvert(entry: CatalogEntry): boolean;
  /** Long. Errors: those of the engine's convert-model; JobCancelled. */
  convert(request: ConversionRequest): Promise<NetworkManifest>;
}

export function createEngineConverter(engine: Pick<EnginePort, 'run'>): ModelConverter {
  return {
    canConvert: (entry) => entry.container === 'pth',
    async convert({ entry, checkpointPath, outputFolder, precision, signal, onProgress }) {
      const { manifest } = await engine.run(
        {
          kind: 'convert-model',
          checkpointPath,
          checkpointSha256: entry.sha256,
          outputFolder,
          precision,
          documentation: `${entry.name}. ${entry.licence.name}. ${entry.licence.url ?? ''}`.trim(),
          overwrite: true,
        },
        { signal, onProgress: (_step, fraction) => onProgress(fraction) },
      );
      return manifest;
    },
  };
}

/** Half precision only where a person asked for it: processors compute it slower. */
export function conversionPrecision(settings: Pick<Settings, 'precision'>): ConvertedPrecision {
  return settings.precision === 'fp16' ? 'fp16' : 'fp32';
}
