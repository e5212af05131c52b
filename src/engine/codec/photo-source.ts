// A photo file before its pixels are read: does it exist, is it empty, what is it by content. Never writes.
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Sha256, sha256Schema } from '#shared/domain/ids.ts';
import type { PhotoFormat } from '#shared/domain/photo.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { type ByteSource, bytesInFile } from './byte-source.ts';
import { detectFormat } from './detect-format.ts';
import type { SharpInput } from './libvips.ts';

export interface PhotoSource {
  readonly path: string;
  readonly fileName: string;
  readonly format: PhotoFormat;
  readonly byteSize: number;
  readonly sharpInput: SharpInput;
}

/** Errors: file.not-found, file.unreadable, file.empty, file.not-a-picture, file.format-unsupported. */
export async function openPhotoSource(path: string): Promise<PhotoSource> {
  const fileName = basename(path);
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) throw new HeirloomError('file.not-a-picture', { fileName });
    if (facts.size === 0) throw new HeirloomError('file.empty', { fileName });
    const detected = readingFile(path, detectFormat);
    if (detected.kind === 'not-a-picture') throw new HeirloomError('file.not-a-picture', { fileName });
    if (detected.kind === 'unsupported') {
      throw new HeirloomError('file.format-unsupported', { fileName, format: detected.name });
    }
    if (detected.format === 'raw') {
      throw new HeirloomError('file.format-unsupported', { fileName, format: 'camera RAW' });
    }
    // libvips reads "name[options]" as a name with options, so such a file is handed over as bytes.
    const sharpInput = path.endsWith(']') ? await readFile(path) : path;
    return { path, fileName, format: detected.format, byteSize: facts.size, sharpInput };
  } catch (error) {
    throw inputError(error, fileName);
  }
}

/** Runs `read` on the open file and closes it. */
export function readingFile<Value>(path: string, read: (source: ByteSource) => Value): Value {
  const descriptor = openSync(path, 'r');
  try {
    return read(bytesInFile(descriptor));
  } finally {
    closeSync(descriptor);
  }
}

/** SHA-256 of a file, streamed. */
export async function hashFile(path: string): Promise<Sha256> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  } catch (error) {
    throw inputError(error, basename(path));
  }
  return sha256Schema.parse(hash.digest('hex'));
}

/** What reading the file system threw, as one of ours. */
function inputError(error: unknown, fileName: string): unknown {
  if (error instanceof HeirloomError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new HeirloomError('file.not-found', { fileName }, { cause: error });
  }
  return new HeirloomError('file.unreadable', { fileName }, { cause: error });
}

const readableNames: Readonly<Record<PhotoFormat, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  tiff: 'TIFF',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  bmp: 'BMP',
  heic: 'HEIC',
  raw: 'camera RAW',
};

/**
 * What libvips threw while reading, as one of ours. Its errors are only text: a missing codec is told by its words,
 * everything else in a file whose first bytes were right is damage.
 */
export function decodingError(error: unknown, source: PhotoSource): unknown {
  if (error instanceof HeirloomError) return error;
  const { fileName, format } = source;
  const text = error instanceof Error ? error.message : String(error);
  if (/out of memory|allocate/i.test(text))
    return new HeirloomError('engine.out-of-memory', {}, { cause: error });
  // sharp says this of any file no reader of it wants. The first bytes were those of a format it has, so the rest is bad.
  const isUnrecognised = /unsupported image format/i.test(text) && format !== 'heic';
  const lacksCodec = /not configured|not supported|unsupported|not implemented|no decod|channel limit/i.test(
    text,
  );
  if (format === 'heic' || (lacksCodec && !isUnrecognised)) {
    const params = { fileName, format: readableNames[format] };
    return new HeirloomError('file.format-unsupported', params, { cause: error });
  }
  return new HeirloomError('file.damaged', { fileName }, { cause: error });
}
