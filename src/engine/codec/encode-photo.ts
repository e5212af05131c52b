// A finished picture into a file: depth, channels, profile, the original's metadata, all in one atomic write.
//
// What each format carries (read back by test/unit/engine/codec/encode-metadata.test.ts):
//           EXIF  XMP  IPTC-IIM  ICC  density     16 bit   alpha           gray as one channel
//   JPEG    yes   yes  yes       yes  JFIF, EXIF  8        over white      yes
//   PNG     yes   yes  yes       yes  pHYs, EXIF  16       yes             yes
//   TIFF    yes   yes  yes       yes  its own     16       yes             yes
//   WebP    yes   yes  no        yes  EXIF        8        yes             no
//   AVIF    yes   yes  no        yes  EXIF        10       yes             no
// Not carried: extended XMP and thumbnails of the original. A maker note that lies in a TIFF, or goes into one, is
// moved; some makers' notes can then no longer be read.
import type { EncodeTarget } from '#shared/contract/engine.ts';
import type { RestorationRecord } from '#shared/contract/restoration-record.ts';
import type { ExportFormat } from '#shared/domain/export.ts';
import type { Raster } from '../pixels/raster.ts';
import { assertNotTheOriginal } from './check-target.ts';
import { readIccHeader } from './colour/icc-header.ts';
import { judgeProfile } from './colour/profile-maps.ts';
import type { CodecLog } from './decode-photo.ts';
import type { DecodedPhoto } from './decoded-photo.ts';
import { encodePixels, flattenOnWhite, isGrayRaster } from './encode-pixels.ts';
import { readPhotoHeader } from './inspect-photo.ts';
import { embedInAvif } from './metadata/embed-avif.ts';
import { embedInJpeg } from './metadata/embed-jpeg.ts';
import { embedInPng } from './metadata/embed-png.ts';
import { embedInTiff } from './metadata/embed-tiff.ts';
import { embedInWebp } from './metadata/embed-webp.ts';
import { buildMetadata, type MetadataBlocks } from './metadata/metadata-blocks.ts';
import { readOriginalMetadata } from './metadata/original-metadata.ts';
import { openPhotoSource } from './photo-source.ts';
import { toBytes, toWords } from './sample-depth.ts';
import { assertEncodable } from './size-limits.ts';
import type { Samples } from './split-alpha.ts';
import { writeAtomically, writePieces } from './write-atomically.ts';

export type EncodablePicture = Pick<DecodedPhoto, 'raster' | 'alpha' | 'isGrayFile' | 'iccProfile'>;

export interface EncodeOrigin {
  readonly originalPath: string;
  readonly pageIndex: number;
  /** Output size over input size: density grows with it, so the print stays as large as it was. */
  readonly scale: number;
  readonly record: RestorationRecord | null;
  /** In place of what follows from the scale; null: none is known. */
  readonly densityPpi?: number | null;
}

/**
 * Writes `picture` to `target.path`, with the metadata of the original. The original is read before anything is
 * written. Errors: output.is-input (unless `overwrite`), output.exists, output.too-large, output.disk-full,
 * output.not-writable, and those of inspectPhoto for the original.
 */
export async function encodePhoto(
  picture: EncodablePicture,
  target: EncodeTarget,
  origin: EncodeOrigin,
  log: CodecLog = () => {},
): Promise<{ widthPx: number; heightPx: number }> {
  const { settings, path } = target;
  const { widthPx, heightPx } = picture.raster;
  if (!target.overwrite) await assertNotTheOriginal(path, origin.originalPath);
  assertEncodable(settings.format, widthPx, heightPx, bytesPerPixel(picture, settings));
  const fitted = await fitToFormat(picture, target);
  const source = await openPhotoSource(origin.originalPath);
  const { facts, header } = await readPhotoHeader(source, origin.pageIndex);
  const original = readOriginalMetadata(source, header, origin.pageIndex);
  const grownDensityPpi = facts.densityPpi === null ? null : facts.densityPpi * origin.scale;
  const densityPpi = origin.densityPpi === undefined ? grownDensityPpi : origin.densityPpi;
  const record = settings.restorationRecord ? origin.record : null;
  const blocks = buildMetadata(
    original,
    settings.metadata,
    { widthPx, heightPx, densityPpi, iccProfile: fitted.iccProfile, record },
    log,
  );
  await writeAtomically(
    path,
    async (temporaryPath) => {
      const encoded = await encodePixels(fitted, settings.format, settings.quality);
      await writePieces(temporaryPath, embed(settings.format, encoded, blocks, fitted.raster, log));
    },
    { overwrite: target.overwrite },
  );
  return { widthPx, heightPx };
}

function embed(
  format: ExportFormat,
  encoded: Uint8Array,
  blocks: MetadataBlocks,
  size: Raster,
  log: CodecLog,
): Uint8Array[] {
  switch (format) {
    case 'jpeg':
      return embedInJpeg(encoded, blocks, log);
    case 'png':
      return embedInPng(encoded, blocks);
    case 'tiff':
      return embedInTiff(encoded, blocks);
    case 'webp':
      return embedInWebp(encoded, blocks, size);
    case 'avif':
      return embedInAvif(encoded, blocks);
  }
}

/** Formats that can hold 16 bits, or in AVIF's case more than 8. */
const deepFormats: ReadonlySet<ExportFormat> = new Set(['png', 'tiff', 'avif']);
const grayFormats: ReadonlySet<ExportFormat> = new Set(['jpeg', 'png', 'tiff']);

interface FittedPicture {
  readonly raster: Raster;
  readonly alpha: Samples | null;
  readonly isGray: boolean;
  readonly iccProfile: Uint8Array | null;
}

function wantsWords(picture: EncodablePicture, settings: EncodeTarget['settings']): boolean {
  if (!deepFormats.has(settings.format) || settings.bitDepth === '8') return false;
  return settings.bitDepth === '16' || picture.raster.data instanceof Uint16Array;
}

function bytesPerPixel(picture: EncodablePicture, settings: EncodeTarget['settings']): number {
  return (picture.alpha === null ? 3 : 4) * (wantsWords(picture, settings) ? 2 : 1);
}

/** Depth, transparency and channels as the format can hold them. */
async function fitToFormat(picture: EncodablePicture, target: EncodeTarget): Promise<FittedPicture> {
  const { format } = target.settings;
  const toDepth = wantsWords(picture, target.settings) ? toWords : toBytes;
  let raster: Raster = { ...picture.raster, data: toDepth(picture.raster.data) };
  let alpha = picture.alpha === null ? null : toDepth(picture.alpha);
  if (alpha !== null && format === 'jpeg') {
    raster = flattenOnWhite(raster, alpha);
    alpha = null;
  }
  const { iccProfile } = picture;
  const isGrayProfile = iccProfile !== null && readIccHeader(iccProfile)?.colourSpace === 'GRAY';
  const mayBeGray = picture.isGrayFile && grayFormats.has(format) && (iccProfile === null || isGrayProfile);
  if (mayBeGray && isGrayRaster(raster)) return { raster, alpha, isGray: true, iccProfile };
  if (!isGrayProfile) return { raster, alpha, isGray: false, iccProfile };
  // A gray profile cannot stand in an RGB file: the numbers become sRGB.
  const verdict = await judgeProfile(iccProfile, 1);
  if (verdict.kind === 'maps') raster = verdict.toSrgb(raster);
  return { raster, alpha, isGray: false, iccProfile: null };
}
