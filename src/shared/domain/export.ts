// How a picture is written out.
import { z } from 'zod';

export const exportFormatSchema = z.enum(['jpeg', 'png', 'tiff', 'webp', 'avif']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** keep: everything the original carried; strip-private: without GPS, serial numbers and names; none: only what the picture needs. */
export const metadataPolicySchema = z.enum(['keep', 'strip-private', 'none']);

/** An export never has more pixels than the result: what is asked for beyond that stays undone, and is said. */
export const exportSizeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('as-it-is') }),
  z.object({ kind: z.literal('longest-side'), px: z.int().min(16).max(65_500) }),
  /** Printed, the longer side measures this. */
  z.object({ kind: z.literal('print'), longestSideCm: z.number().min(0.5).max(1000) }),
]);
export type ExportSize = z.infer<typeof exportSizeSchema>;

export const exportSettingsSchema = z.object({
  format: exportFormatSchema,
  /** 1 to 100, for lossy formats. */
  quality: z.int().min(1).max(100),
  /** `same`: 16-bit originals stay 16-bit where the format can. */
  bitDepth: z.enum(['same', '8', '16']),
  metadata: metadataPolicySchema,
  /** Write the restoration record (models, w per face, original's hash, DigitalSourceType) into XMP. */
  restorationRecord: z.boolean(),
  /** Absent: as it is. */
  size: exportSizeSchema.optional(),
  /** Pixels per inch; absent: the print stays as large as the original's, and a print size is made at 300. */
  densityPpi: z.number().min(1).max(10_000).optional(),
  /** `before-after`: the original beside the restoration, or above it where both are wide. Absent: the picture. */
  layout: z.enum(['picture', 'before-after']).optional(),
});
export type ExportSettings = z.infer<typeof exportSettingsSchema>;

export const defaultExportSettings: ExportSettings = {
  format: 'jpeg',
  quality: 95,
  bitDepth: 'same',
  metadata: 'keep',
  restorationRecord: true,
};
