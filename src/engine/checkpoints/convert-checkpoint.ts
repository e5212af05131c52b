// From an open checkpoint to a filled folder: graphs, their weights, and the manifest that names them all.
// Engine process. The folder is the caller's, fresh and not yet under its final name.
import { open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  type ConvertedFile,
  converterVersion,
  type NetworkManifest,
  networkManifestFileName,
  networkManifestSchema,
} from '#shared/domain/converted-network.ts';
import { type Sha256, sha256Schema } from '#shared/domain/ids.ts';
import { HeirloomError, JobCancelled, throwIfCancelled } from '#shared/errors/heirloom-error.ts';
import { sha256OfFile } from '../onnx/verify-model-file.ts';
import type { Architecture } from './architecture.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Precision } from './network-writer.ts';
import { artefactFolder } from './write-artefacts.ts';

export interface ConversionOptions {
  readonly fileName: string;
  readonly checkpointSha256: Sha256;
  readonly blend?: NetworkManifest['blend'];
  readonly precision: Precision;
  readonly documentation: string;
  readonly signal: AbortSignal;
}

/** Errors: model.convert-failed, model.checkpoint-damaged (altered numbers), errors of writing; JobCancelled. */
export async function convertCheckpoint(
  checkpoint: Checkpoint,
  architecture: Architecture,
  folder: string,
  options: ConversionOptions,
): Promise<NetworkManifest> {
  const { precision, signal, documentation } = options;
  const artefacts = artefactFolder(folder, checkpoint, { precision, signal, documentation });
  const network = await architecture.convert(checkpoint, artefacts).catch((error: unknown) => {
    throw inWords(error, architecture, options.fileName);
  });
  const manifest = networkManifestSchema.parse({
    schema: 'heirloom-network/1',
    architecture: architecture.id,
    checkpointSha256: options.checkpointSha256,
    ...(options.blend === undefined ? {} : { blend: options.blend }),
    converterVersion,
    precision,
    purpose: network.purpose,
    contract: network.contract,
    artefacts: await Promise.all(network.artefacts.map((name) => describeArtefact(folder, name, signal))),
  });
  await writeManifest(path.join(folder, networkManifestFileName), manifest);
  return manifest;
}

async function describeArtefact(folder: string, name: string, signal: AbortSignal) {
  const graph = await describeFile(folder, `${name}.onnx`, signal);
  const weights = await describeFile(folder, `${name}.onnx.data`, signal);
  if (weights.byteSize > 0) return { name, graph, weights };
  // Every constant went into the graph.
  await rm(path.join(folder, weights.fileName));
  return { name, graph, weights: null };
}

async function describeFile(folder: string, fileName: string, signal: AbortSignal): Promise<ConvertedFile> {
  throwIfCancelled(signal);
  const filePath = path.join(folder, fileName);
  const { size } = await stat(filePath);
  return { fileName, byteSize: size, sha256: sha256Schema.parse(await sha256OfFile(filePath)) };
}

async function writeManifest(filePath: string, manifest: NetworkManifest): Promise<void> {
  const file = await open(filePath, 'wx');
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Architectures say what contradicts them in plain errors; those of the file system keep their own meaning. */
function inWords(error: unknown, architecture: Architecture, fileName: string): unknown {
  const isOurs = error instanceof HeirloomError || error instanceof JobCancelled;
  if (isOurs || !(error instanceof Error) || 'syscall' in error) return error;
  const params = { fileName, architecture: architecture.id, reason: error.message };
  return new HeirloomError('model.convert-failed', params, { cause: error });
}
