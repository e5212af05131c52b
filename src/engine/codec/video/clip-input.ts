// How ffmpeg is told to open a clip: a file as it is, a folder of pictures as a list. Runs in the engine process.
import { readdirSync, statSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { writeAtomically, writePieces } from '../write-atomically.ts';

export interface ClipInput {
  readonly path: string;
  readonly fileName: string;
  readonly kind: 'file' | 'image-sequence';
  /** Arguments up to and including `-i`. Options for this input, such as a seek, go before them. */
  readonly args: readonly string[];
  readonly byteSize: number;
}

const pictureEndings = new Set(['.png', '.jpg', '.jpeg', '.tif', '.tiff', '.bmp', '.webp']);

export interface ClipSource {
  readonly path: string;
  readonly sequenceFramesPerSecond: number;
}

/**
 * `listPath` is where the list of a picture folder may be written; it is not touched for a file.
 * Errors: file.not-found, file.unreadable, file.empty, video.no-frames.
 */
export async function openClipInput(source: ClipSource, listPath: string): Promise<ClipInput> {
  const path = resolve(source.path);
  const fileName = basename(path);
  const status = statOf(path, fileName);
  if (!status.isDirectory()) {
    if (status.size === 0) throw new HeirloomError('file.empty', { fileName });
    return { path, fileName, kind: 'file', args: ['-i', `file:${path}`], byteSize: status.size };
  }
  const names = readdirSync(path)
    .filter((name) => !name.startsWith('.') && pictureEndings.has(extname(name).toLowerCase()))
    .sort(byNumbersInside);
  if (names.length === 0) throw new HeirloomError('video.no-frames', { fileName });
  const seconds = 1 / source.sequenceFramesPerSecond;
  const list = [
    'ffconcat version 1.0',
    ...names.flatMap((name) => [
      `file ${quoted(`file:${join(path, name)}`)}`,
      // Without it a picture's clock ticks 25 times a second, and other rates are rounded to that.
      `option framerate ${source.sequenceFramesPerSecond}`,
      `duration ${seconds.toFixed(6)}`,
    ]),
  ].join('\n');
  await writeAtomically(listPath, (temporary) => writePieces(temporary, [Buffer.from(`${list}\n`)]), {
    overwrite: true,
  });
  const byteSize = names.reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
  return {
    path,
    fileName,
    kind: 'image-sequence',
    args: ['-f', 'concat', '-safe', '0', '-i', `file:${listPath}`],
    byteSize,
  };
}

function statOf(path: string, fileName: string) {
  try {
    return statSync(path);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new HeirloomError(isMissing ? 'file.not-found' : 'file.unreadable', { fileName }, { cause: error });
  }
}

/** frame-2 before frame-10. */
function byNumbersInside(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}

/** As the lists of ffmpeg's concat demuxer want it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
