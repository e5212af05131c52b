// A converter that writes one small file and a true manifest: for tests of the model manager, not of converting.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  converterVersion,
  networkManifestFileName,
  networkManifestSchema,
} from '#shared/domain/converted-network.ts';
import { throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import type { ConversionRequest, ModelConverter } from '../../../src/main/models/model-converter.ts';
import { sha256Of } from './models-fixture.ts';

/** `asked` hears of every checkpoint; `before` runs first and may wait or throw. */
export function converterThatWrites(
  content: string,
  asked: string[] = [],
  before: (request: ConversionRequest) => Promise<void> = async () => {},
): ModelConverter {
  return {
    canConvert: (entry) => entry.container === 'pth',
    async convert(request) {
      const { entry, checkpointPath, outputFolder, precision } = request;
      asked.push(checkpointPath);
      await before(request);
      throwIfCancelled(request.signal);
      const graph = Buffer.from(content);
      const manifest = networkManifestSchema.parse({
        schema: 'heirloom-network/1',
        architecture: 'test',
        checkpointSha256: entry.sha256,
        converterVersion,
        precision,
        purpose: 'face-restoration',
        contract: { interface: 'face-restorer' },
        artefacts: [
          {
            name: 'whole',
            graph: { fileName: 'whole.onnx', byteSize: graph.length, sha256: sha256Of(graph) },
            weights: null,
          },
        ],
      });
      await mkdir(outputFolder, { recursive: true });
      await writeFile(join(outputFolder, 'whole.onnx'), graph);
      await writeFile(join(outputFolder, networkManifestFileName), JSON.stringify(manifest));
      return manifest;
    },
  };
}
