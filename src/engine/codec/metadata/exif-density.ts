// Pixels per inch as EXIF says it, for containers that have no field of their own (WebP, AVIF).
import { tag } from './exif-tags.ts';
import { firstNumber, type TiffDirectory } from './tiff-structure.ts';

/** Unit 2 is inches and the default, 3 centimetres. Null when absent or not positive. */
export function exifDensity(exif: TiffDirectory): number | null {
  const resolution = firstNumber(exif.entries.get(tag.xResolution));
  if (resolution === null || resolution <= 0) return null;
  return firstNumber(exif.entries.get(tag.resolutionUnit)) === 3 ? resolution * 2.54 : resolution;
}
