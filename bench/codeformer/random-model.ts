// CodeFormer of the true architecture with random weights, converted as a downloaded checkpoint is: it takes as long.
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ModelFile, modelFileSchema } from '#shared/contract/model-file.ts';
import { networkManifestFileName } from '#shared/domain/converted-network.ts';
import { sha256Schema } from '#shared/domain/ids.ts';
import { codeFormer } from '../../src/engine/checkpoints/architectures/codeformer.ts';
import { convertCheckpoint } from '../../src/engine/checkpoints/convert-checkpoint.ts';
import { codeFormerShapes, randomCheckpoint } from './random-checkpoint.ts';

/** Writes its graphs into `folder`. What it answers is noise. */
export async function writeRandomCodeFormer(folder: string): Promise<ModelFile> {
  await mkdir(folder, { recursive: true });
  const manifest = await convertCheckpoint(randomCheckpoint(codeFormerShapes()), codeFormer, folder, {
    fileName: 'random.pth',
    checkpointSha256: sha256Schema.parse('0'.repeat(64)),
    precision: 'fp32',
    documentation: 'random weights',
    signal: new AbortController().signal,
  });
  const manifestPath = path.join(folder, networkManifestFileName);
  const sha256 = createHash('sha256')
    .update(await readFile(manifestPath))
    .digest('hex');
  return modelFileSchema.parse({
    modelId: 'random-codeformer',
    sha256,
    path: manifestPath,
    contract: manifest.contract,
    parts: manifest.artefacts.map(({ name, graph, weights }) => ({
      name,
      path: path.join(folder, graph.fileName),
      sha256: graph.sha256,
      weights:
        weights === null ? null : { path: path.join(folder, weights.fileName), sha256: weights.sha256 },
    })),
  });
}
