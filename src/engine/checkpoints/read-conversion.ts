// Is a folder an earlier conversion, complete and intact? Engine process.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  type ConvertedFile,
  converterVersion,
  type NetworkManifest,
  networkManifestFileName,
  networkManifestSchema,
} from '#shared/domain/converted-network.ts';
import { sha256OfFile } from '../onnx/verify-model-file.ts';

/** null: there is none, or of another checkpoint, version or precision, or one that was changed since. */
export async function readConversion(
  folder: string,
  wanted: Pick<NetworkManifest, 'checkpointSha256' | 'blend' | 'precision'>,
): Promise<NetworkManifest | null> {
  const text = await readFile(path.join(folder, networkManifestFileName), 'utf8').catch(() => null);
  if (text === null) return null;
  const manifest = parseManifest(text);
  const isWanted =
    manifest?.checkpointSha256 === wanted.checkpointSha256 &&
    manifest.blend?.checkpointSha256 === wanted.blend?.checkpointSha256 &&
    manifest.blend?.share === wanted.blend?.share &&
    manifest.precision === wanted.precision &&
    manifest.converterVersion === converterVersion;
  if (!isWanted) return null;
  for (const { graph, weights } of manifest.artefacts) {
    if (!(await isIntact(folder, graph))) return null;
    if (weights !== null && !(await isIntact(folder, weights))) return null;
  }
  return manifest;
}

function parseManifest(text: string): NetworkManifest | null {
  try {
    return networkManifestSchema.parse(JSON.parse(text));
  } catch {
    // Another program's file, or half a file of a machine that lost power: converted anew.
    return null;
  }
}

async function isIntact(folder: string, { fileName, byteSize, sha256 }: ConvertedFile): Promise<boolean> {
  const filePath = path.join(folder, fileName);
  const found = await stat(filePath).catch(() => null);
  return found?.size === byteSize && (await sha256OfFile(filePath)) === sha256;
}
