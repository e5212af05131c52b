// Converts a checkpoint file as the application does and opens what came out through the engine's own loader.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { convertCheckpoint } from '../../src/engine/checkpoints/convert-checkpoint.ts';
import { openCheckpoint } from '../../src/engine/checkpoints/reader/open-checkpoint.ts';
import { recogniseArchitecture } from '../../src/engine/checkpoints/recognise.ts';
import { createModelLoader, type EngineModelLoader } from '../../src/engine/onnx/model-loader.ts';
import { openSession } from '../../src/engine/onnx/session.ts';
import { sha256OfFile } from '../../src/engine/onnx/verify-model-file.ts';
import { type ModelFile, modelFileSchema } from '../../src/shared/contract/model-file.ts';
import { networkManifestFileName } from '../../src/shared/domain/converted-network.ts';
import { sha256Schema } from '../../src/shared/domain/ids.ts';

export interface ConvertedForTest {
  readonly file: ModelFile;
  readonly loader: EngineModelLoader;
  /** Base names of the graphs that ran, in order, such as "decode.onnx". */
  readonly runs: string[];
  remove(): Promise<void>;
}

export async function loadConvertedForTest(checkpointPath: string): Promise<ConvertedForTest> {
  const folder = await mkdtemp(path.join(tmpdir(), 'heirloom-converted-'));
  const file = await convertInto(folder, checkpointPath);
  const runs: string[] = [];
  const loader = createModelLoader({
    device: { provider: async () => 'cpu', distrust: () => undefined },
    precision: 'fp32',
    memoryBudgetMb: null,
    log: () => undefined,
    openSession: async (graphPath, options) => {
      const session = await openSession(graphPath, options);
      return {
        ...session,
        run: (feeds) => {
          runs.push(path.basename(graphPath));
          return session.run(feeds);
        },
      };
    },
  });
  return {
    file,
    loader,
    runs,
    async remove() {
      await loader.releaseIdle();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function convertInto(folder: string, checkpointPath: string): Promise<ModelFile> {
  const checkpoint = await openCheckpoint(checkpointPath);
  try {
    const architecture = recogniseArchitecture(checkpoint.tensors);
    if (architecture === null) throw new Error(`${checkpointPath} is of no known architecture`);
    const manifest = await convertCheckpoint(checkpoint, architecture, folder, {
      fileName: path.basename(checkpointPath),
      checkpointSha256: sha256Schema.parse(await sha256OfFile(checkpointPath)),
      precision: 'fp32',
      documentation: 'test',
      signal: new AbortController().signal,
    });
    const manifestPath = path.join(folder, networkManifestFileName);
    const place = ({ fileName, sha256 }: { fileName: string; sha256: string }) => ({
      path: path.join(folder, fileName),
      sha256,
    });
    return modelFileSchema.parse({
      modelId: 'converted',
      sha256: await sha256OfFile(manifestPath),
      path: manifestPath,
      contract: manifest.contract,
      parts: manifest.artefacts.map(({ name, graph, weights }) => ({
        name,
        ...place(graph),
        weights: weights === null ? null : place(weights),
      })),
    });
  } finally {
    await checkpoint.close();
  }
}
