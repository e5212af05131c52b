// A picture by its size on paper. Pure.
import { z } from 'zod';

const cmPerInch = 2.54;

export const printSizeSchema = z.object({
  longestSideCm: z.number().min(0.5).max(1000),
  pixelsPerInch: z.number().min(1).max(10_000),
});
export type PrintSize = z.infer<typeof printSizeSchema>;

/** What a photo can be enlarged or reduced by. */
export const scaleLimits = { least: 0.25, most: 8 } as const;

export interface PrintScale {
  /** Output size over input size, within what is possible. */
  readonly scale: number;
  /** The print needs more or fewer pixels than the photo can be brought to. */
  readonly isLimited: boolean;
}

export function scaleForPrint(
  photo: { readonly widthPx: number; readonly heightPx: number },
  { longestSideCm, pixelsPerInch }: PrintSize,
): PrintScale {
  const wantedPx = Math.max(1, Math.round((longestSideCm / cmPerInch) * pixelsPerInch));
  const wanted = wantedPx / Math.max(photo.widthPx, photo.heightPx);
  const scale = Math.min(scaleLimits.most, Math.max(scaleLimits.least, wanted));
  return { scale, isLimited: scale !== wanted };
}
