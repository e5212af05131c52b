// Makes the bundled face detector, face mesh and face recognition as ONNX files. Run by the build; deterministic, so a file that is
// already right is left alone and keeps its time stamp.
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type BundledModel, bundledModels } from './bundled-models.ts';

const projectFolder = join(import.meta.dirname, '..', '..');

export interface BuiltModel {
  readonly fileName: string;
  readonly sha256: string;
  readonly byteSize: number;
}

/** Writes every bundled model into `outputFolder`. Errors: a plain Error when a file does not have its pinned digest. */
export async function buildModels(outputFolder: string): Promise<BuiltModel[]> {
  await mkdir(outputFolder, { recursive: true });
  const built: BuiltModel[] = [];
  for (const model of bundledModels) {
    const bytes = await convert(model);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== model.sha256) {
      throw new Error(
        `${model.fileName} came out as ${sha256}, not as ${model.sha256}: ${model.source} has changed`,
      );
    }
    await writeIfDifferent(join(outputFolder, model.fileName), bytes);
    built.push({ fileName: model.fileName, sha256, byteSize: bytes.byteLength });
  }
  return built;
}

async function convert(model: BundledModel): Promise<Buffer> {
  const graph = await model.draw(join(projectFolder, 'node_modules', model.source));
  return Buffer.concat(graph.finish({ producer: 'heirloom', documentation: model.documentation }));
}

async function writeIfDifferent(path: string, bytes: Buffer): Promise<void> {
  const existing = await readFile(path).catch(() => null);
  if (existing?.equals(bytes)) return;
  const temporaryPath = `${path}.${process.pid}.part`;
  const file = await open(temporaryPath, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporaryPath, path);
}

if (import.meta.main) {
  for (const { fileName, sha256, byteSize } of await buildModels(join(projectFolder, 'out', 'models'))) {
    console.log(`${fileName}  ${byteSize} bytes  ${sha256}`);
  }
}
