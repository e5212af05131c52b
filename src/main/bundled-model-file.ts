// A bundled model as the engine wants it, found without hashing: the engine checks the digest when it loads it. Main process.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { Catalog } from '#shared/domain/model.ts';

/** The small restorer every installation has: a device is tried with it before it is trusted. */
export const selfTestModelId = 'lite-face';

/** null when it is not in the catalogue or its file is not there. */
export function bundledModelFile(
  catalog: Catalog,
  modelId: string,
  bundledFolders: readonly string[],
): ModelFile | null {
  const entry = catalog.models.find((candidate) => candidate.id === modelId && candidate.isBundled);
  if (entry === undefined) return null;
  const filePath = bundledFolders
    .flatMap((folder) => [path.join(folder, entry.id, entry.fileName), path.join(folder, entry.fileName)])
    .find((candidate) => existsSync(candidate));
  if (filePath === undefined) return null;
  return { modelId: entry.id, sha256: entry.sha256, path: filePath, contract: entry.contract };
}
