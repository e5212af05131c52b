// heirloom models convert: a checkpoint of the user's own becomes graphs in a folder. Runs in the command line.
import path from 'node:path';
import { type ConvertedPrecision, convertedPrecisionSchema } from '#shared/domain/converted-network.ts';
import type { ModelsMessages } from '#shared/messages/en/models.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import type { EnginePort } from '../main/engine-host/engine-port.ts';
import { drawShare, sizeInWords } from './draw-models.ts';

export interface ConvertOptions {
  readonly checkpointPath: string;
  readonly outputFolder: string;
  readonly precision: ConvertedPrecision;
  readonly blend: { readonly checkpointPath: string; readonly share: number } | null;
  readonly overwrite: boolean;
}

export interface ConvertArguments {
  readonly output?: string;
  readonly precision?: string;
  readonly blend?: string;
  readonly share?: string;
  readonly overwrite: boolean;
}

export interface ConvertIo {
  readonly engine: Pick<EnginePort, 'run'>;
  readonly say: (event: Record<string, unknown>, line: string) => void;
  /** Progress as an event (for --json) or as the line that the next one replaces. */
  readonly showProgress: (event: Record<string, unknown>, line: string) => void;
  readonly signal: AbortSignal | undefined;
  readonly words: ModelsMessages;
}

/** Without a folder the converted model lies beside nothing else: in a folder of the checkpoint's own name, here. */
export function convertOptionsFrom(
  file: string,
  values: ConvertArguments,
): ConvertOptions | { readonly problem: string } {
  const precision = convertedPrecisionSchema.safeParse(values.precision ?? 'fp32');
  if (!precision.success) return { problem: `--precision ${values.precision}` };
  const share = values.share === undefined ? 0.5 : Number(values.share);
  const isShareUsable =
    values.share === undefined || (values.share.trim() !== '' && share >= 0 && share <= 1);
  if (!isShareUsable || (values.share !== undefined && values.blend === undefined)) {
    return { problem: `--share ${values.share}` };
  }
  const checkpointPath = path.resolve(file);
  return {
    checkpointPath,
    outputFolder: path.resolve(values.output ?? path.parse(checkpointPath).name),
    precision: precision.data,
    blend: values.blend === undefined ? null : { checkpointPath: path.resolve(values.blend), share },
    overwrite: values.overwrite,
  };
}

/** Errors: those of the engine's convert-model; JobCancelled. */
export async function convertFile(options: ConvertOptions, io: ConvertIo): Promise<void> {
  const { checkpointPath, outputFolder, precision, blend, overwrite } = options;
  const { words, signal } = io;
  const fileName = path.basename(checkpointPath);
  const { manifest, isReused } = await io.engine.run(
    {
      kind: 'convert-model',
      checkpointPath,
      checkpointSha256: null,
      outputFolder,
      precision,
      ...(blend === null ? {} : { blend }),
      documentation: blend === null ? fileName : `${fileName}, ${path.basename(blend.checkpointPath)}`,
      overwrite,
    },
    {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (step, fraction) =>
        io.showProgress(
          { event: 'progress', path: checkpointPath, step, fraction },
          interpolate(words.convertingProgress, { ...drawShare(fraction), name: fileName }),
        ),
    },
  );
  const byteSize = manifest.artefacts.reduce(
    (sum, { graph, weights }) => sum + graph.byteSize + (weights?.byteSize ?? 0),
    0,
  );
  io.say(
    {
      event: 'converted',
      path: checkpointPath,
      folder: outputFolder,
      architecture: manifest.architecture,
      purpose: manifest.purpose,
      precision,
      artefacts: manifest.artefacts.map(({ name }) => name),
      byteSize,
      isReused,
    },
    interpolate(isReused ? words.convertedBefore : words.converted, {
      fileName,
      architecture: manifest.architecture,
      folder: outputFolder,
      size: sizeInWords(byteSize, words),
    }),
  );
}
