// How a picture is written out.
import { z } from 'zod';

export const exportFormatSchema = z.enum(['jpeg', 'png', 'tiff', 'webp', 'avif']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** keep: everything the original carried; strip-private: without GPS, serial numbers and names; none: only what the picture needs. */
export const metadataPolicySchema = z.enum(['keep', 'strip-private', 'none']);

export const exportSettingsSchema = z.object({
  format: exportFormatSchema,
  /** 1 to 100, for lossy formats. */
  quality: z.int().min(1).max(100),
  /** `same`: 16-bit originals stay 16-bit where the format can. */
  bitDepth: z.enum(['same', '8', '16']),
  metadata: metadataPolicySchema,
  /** Write the restoration record (models, w per face, original's hash, DigitalSourceType) into XMP. */
  restorationRecord: z.boolean(),
});
export type ExportSettings = z.infer<typeof exportSettingsSchema>;

export const defaultExportSettings: ExportSettings = {
  format: 'jpeg',
  quality: 95,
  bitDepth: 'same',
  metadata: 'keep',
  restorationRecord: true,
};
