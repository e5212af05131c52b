// network.json: what a conversion wrote, beside the graphs. The same checkpoint, converter and precision give the same
// file, byte for byte, so its digest names the converted model.
import { z } from 'zod';
import { sha256Schema } from './ids.ts';
import { modelContractSchema, modelPurposeSchema } from './model.ts';

export const networkManifestFileName = 'network.json';

/** Raise with every change of what a conversion writes: models converted by an older version are converted anew. */
export const converterVersion = 2;

/**
 * Name of the folder a conversion is written into before it gets its own. Names the process as well, so that another
 * one can tell what a dead one left.
 */
export function temporaryFolderName(processId: number, unique: string): string {
  return `.heirloom-conversion-${processId}-${unique}`;
}

/** The process a temporary folder belongs to; null for every other name. */
export function processOfTemporaryFolder(name: string): number | null {
  const digits = /^\.heirloom-conversion-(\d{1,10})-/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

export const convertedPrecisionSchema = z.enum(['fp32', 'fp16']);
export type ConvertedPrecision = z.infer<typeof convertedPrecisionSchema>;

const convertedFileSchema = z.object({
  /** Bare: it lies beside the manifest. */
  fileName: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/),
  byteSize: z.int().nonnegative(),
  sha256: sha256Schema,
});
export type ConvertedFile = z.infer<typeof convertedFileSchema>;

export const networkManifestSchema = z.object({
  schema: z.literal('heirloom-network/1'),
  /** Such as "codeformer". */
  architecture: z.string().min(1),
  /** The three that decide what is written: of the checkpoint, of the code, of the numbers. */
  checkpointSha256: sha256Schema,
  /** A second checkpoint mixed into the first; `share` is the first one's part. */
  blend: z.object({ checkpointSha256: sha256Schema, share: z.number().min(0).max(1) }).optional(),
  converterVersion: z.int().positive(),
  precision: convertedPrecisionSchema,
  purpose: modelPurposeSchema,
  contract: modelContractSchema,
  /** The graph that the contract speaks of first. */
  artefacts: z
    .array(
      z.object({
        name: z.string().min(1),
        graph: convertedFileSchema,
        /** null when every constant fits into the graph. */
        weights: convertedFileSchema.nullable(),
      }),
    )
    .min(1),
});
export type NetworkManifest = z.infer<typeof networkManifestSchema>;
