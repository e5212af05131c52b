// A photo file's page as pixels: upright, in its own RGB space, alpha apart. Reads only.
import { readFile } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { judgeProfile, type ProfileVerdict } from './colour/profile-maps.ts';
import { decodeBmp } from './decode-bmp.ts';
import type { DecodedPhoto } from './decoded-photo.ts';
import { readPhotoHeader } from './inspect-photo.ts';
import { readOptions, sharp } from './libvips.ts';
import { decodingError, hashFile, openPhotoSource, type PhotoSource } from './photo-source.ts';
import { splitAlpha } from './split-alpha.ts';

/** Where a tolerated oddity is told, such as a broken colour profile. Same shape as JobContext.log. */
export type CodecLog = (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;

/**
 * `pageIndex` counts from 0 and matters for TIFF only. RGB and gray keep their numbers and their profile; CMYK, Lab
 * and floating-point pictures, and those whose profile has no way back, are converted to sRGB. A broken profile is
 * ignored and logged. Errors: as inspectPhoto, and command.invalid-input for a page that is not there.
 */
export async function decodePhoto(
  path: string,
  pageIndex: number,
  log: CodecLog = () => {},
): Promise<DecodedPhoto> {
  const source = await openPhotoSource(path);
  const { facts, header } = await readPhotoHeader(source, pageIndex);
  if (pageIndex > 0 && pageIndex >= facts.pageCount) {
    const problem = `${source.fileName}: page ${pageIndex + 1} of ${facts.pageCount}`;
    throw new HeirloomError('command.invalid-input', { problem });
  }
  try {
    const [pixels, sha256] = await Promise.all([
      header === null ? decodeBitmap(source) : decodePixels(source, header, pageIndex, log),
      hashFile(path),
    ]);
    return { facts: { ...facts, sha256 }, pageIndex, ...pixels };
  } catch (error) {
    throw decodingError(error, source);
  }
}

type Pixels = Omit<DecodedPhoto, 'facts' | 'pageIndex'>;

async function decodeBitmap(source: PhotoSource): Promise<Pixels> {
  const { raster, alpha } = decodeBmp(await readFile(source.path), source.fileName);
  return { raster, alpha, isGrayFile: false, iccProfile: null, toSrgb: null, fromSrgb: null };
}

async function decodePixels(
  source: PhotoSource,
  header: Metadata,
  pageIndex: number,
  log: CodecLog,
): Promise<Pixels> {
  const storage = storageOf(header, source);
  const isGrayFile = storage === 'gray';
  const verdict: ProfileVerdict | null =
    header.icc === undefined || storage === 'converted'
      ? null
      : await judgeProfile(header.icc, isGrayFile ? 1 : 3);
  if (verdict?.kind === 'broken') {
    log('warn', `${source.fileName}: colour profile ignored, sRGB assumed (${verdict.reason})`);
  } else if (verdict?.kind === 'one-way') {
    log('info', `${source.fileName}: its colour profile only leads to other spaces; converted to sRGB`);
  }
  const isConverted = storage === 'converted' || verdict?.kind === 'one-way';
  const isWide = header.space !== 'cmyk' && header.depth !== 'uchar';
  const { data, info } = await openPixels(source, pageIndex, isConverted, isWide);
  const samples = isWide ? asWords(data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const { raster, alpha } = splitAlpha(samples, info.width, info.height, info.channels);
  const keepsProfile = verdict?.kind === 'srgb' || verdict?.kind === 'maps';
  return {
    raster,
    alpha,
    isGrayFile,
    iccProfile: keepsProfile ? (header.icc ?? null) : null,
    toSrgb: verdict?.kind === 'maps' ? verdict.toSrgb : null,
    fromSrgb: verdict?.kind === 'maps' ? verdict.fromSrgb : null,
  };
}

/** Whether the numbers in the file are taken as they are, or converted by libvips and lcms. */
function storageOf(header: Metadata, source: PhotoSource): 'rgb' | 'gray' | 'converted' {
  const isInteger = header.depth === 'uchar' || header.depth === 'ushort';
  if (isInteger && (header.space === 'srgb' || header.space === 'rgb16' || header.space === 'rgb'))
    return 'rgb';
  if (isInteger && (header.space === 'b-w' || header.space === 'grey16')) return 'gray';
  if (['cmyk', 'lab', 'labs', 'scrgb'].includes(header.space)) return 'converted';
  const format = `${source.format.toUpperCase()} (${header.space}, ${header.depth})`;
  throw new HeirloomError('file.format-unsupported', { fileName: source.fileName, format });
}

async function openPixels(source: PhotoSource, pageIndex: number, isConverted: boolean, isWide: boolean) {
  const page = source.format === 'tiff' ? { page: pageIndex } : {};
  const options = { ...readOptions, ...page, autoOrient: true, ignoreIcc: !isConverted };
  let pipeline = sharp(source.sharpInput, options).toColourspace(isWide ? 'rgb16' : 'srgb');
  // sharp's 16-bit working space is P3, so a converted picture must be led on to sRGB.
  if (isConverted && isWide) pipeline = pipeline.withIccProfile('srgb', { attach: false });
  return pipeline.raw({ depth: isWide ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true });
}

/** The same memory as 16-bit samples; copied only when it does not lie on an even address. */
function asWords(bytes: Buffer): Uint16Array {
  if (bytes.byteOffset % 2 === 0)
    return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  return new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
