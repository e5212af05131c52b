// Job: turn a PyTorch checkpoint into graphs the engine runs. Reads one tensor at a time; writes a whole folder or none.
import path from 'node:path';
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { type NetworkManifest, networkManifestFileName } from '#shared/domain/converted-network.ts';
import { sha256Schema } from '#shared/domain/ids.ts';
import { HeirloomError, throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import { blendCheckpoints } from '../checkpoints/blended-checkpoint.ts';
import type { Checkpoint } from '../checkpoints/checkpoint.ts';
import { writeFolderAtomically } from '../checkpoints/conversion-folder.ts';
import { withProgress } from '../checkpoints/conversion-progress.ts';
import { convertCheckpoint } from '../checkpoints/convert-checkpoint.ts';
import { readConversion } from '../checkpoints/read-conversion.ts';
import { openCheckpoint } from '../checkpoints/reader/open-checkpoint.ts';
import { recogniseArchitecture } from '../checkpoints/recognise.ts';
import { sha256OfFile } from '../onnx/verify-model-file.ts';
import type { JobContext } from './job-context.ts';

/** Parts of the job: finding out what the file is, converting, and taking the digests of what was written. */
const readingShare = 0.05;
const convertingShare = 0.85;

/**
 * Errors: those of openCheckpoint, model.architecture-unknown, model.convert-failed, output.exists, output.disk-full,
 * output.not-writable; JobCancelled between tensors.
 */
export async function convertModel(
  task: TaskOf<'convert-model'>,
  context: JobContext,
): Promise<EngineOutput<'convert-model'>> {
  const { outputFolder, precision } = task;
  context.progress('reading-checkpoint', 0);
  // Opened first: what is no checkpoint is refused before hundreds of megabytes are hashed.
  const fileName = path.basename(task.checkpointPath);
  const checkpoint = await openBlended(task);
  try {
    const architecture = recogniseArchitecture(checkpoint.tensors);
    if (architecture === null) throw new HeirloomError('model.architecture-unknown', { fileName });
    const checkpointSha256 =
      task.checkpointSha256 ?? sha256Schema.parse(await sha256OfFile(task.checkpointPath));
    const blend = await blendOf(task);
    throwIfCancelled(context.signal);

    const existing = await readConversion(outputFolder, { checkpointSha256, blend, precision });
    if (existing !== null) return answer(outputFolder, existing, true);

    let manifest: NetworkManifest | null = null;
    await writeFolderAtomically(outputFolder, task.overwrite, async (folder) => {
      const followed = withProgress(checkpoint, (fraction) => {
        context.progress('converting', readingShare + convertingShare * fraction);
      });
      manifest = await convertCheckpoint(followed, architecture, folder, {
        fileName,
        checkpointSha256,
        blend,
        precision,
        documentation: task.documentation,
        signal: context.signal,
      });
      throwIfCancelled(context.signal);
    });
    if (manifest === null) throw new Error('the conversion wrote no manifest');
    return answer(outputFolder, manifest, false);
  } finally {
    await checkpoint.close();
  }
}

async function openBlended({ checkpointPath, blend }: TaskOf<'convert-model'>): Promise<Checkpoint> {
  const first = await openCheckpoint(checkpointPath);
  if (blend === undefined) return first;
  let second: Checkpoint | null = null;
  try {
    second = await openCheckpoint(blend.checkpointPath);
    return blendCheckpoints(first, second, blend.share);
  } catch (error) {
    await Promise.all([first.close(), second?.close()]);
    if (!(error instanceof RangeError)) throw error;
    const architecture = recogniseArchitecture(first.tensors)?.id ?? path.basename(checkpointPath);
    const params = { fileName: path.basename(blend.checkpointPath), architecture, reason: error.message };
    throw new HeirloomError('model.convert-failed', params, { cause: error });
  }
}

async function blendOf({ blend }: TaskOf<'convert-model'>): Promise<NetworkManifest['blend']> {
  if (blend === undefined) return undefined;
  return {
    checkpointSha256: sha256Schema.parse(await sha256OfFile(blend.checkpointPath)),
    share: blend.share,
  };
}

async function answer(
  folder: string,
  manifest: NetworkManifest,
  isReused: boolean,
): Promise<EngineOutput<'convert-model'>> {
  const manifestPath = path.join(folder, networkManifestFileName);
  return {
    manifestPath,
    manifestSha256: sha256Schema.parse(await sha256OfFile(manifestPath)),
    manifest,
    isReused,
  };
}
