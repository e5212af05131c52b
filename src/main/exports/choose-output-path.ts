// Where an export goes: never over something that is there, unless asked for. Main process.
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ExportFormat } from '#shared/domain/export.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

/** The first is written; the others are the same format under another name. */
const extensions: Record<ExportFormat, readonly [string, ...string[]]> = {
  jpeg: ['jpg', 'jpeg', 'jpe'],
  png: ['png'],
  tiff: ['tif', 'tiff'],
  webp: ['webp'],
  avif: ['avif'],
};

/** `<name>-restored.<ext>`; with the page's number for files of several pages. */
export function restoredFileName(
  photo: Pick<Photo, 'fileName' | 'pageIndex' | 'pageCount'>,
  format: ExportFormat,
): string {
  const page = photo.pageCount > 1 ? `-${photo.pageIndex + 1}` : '';
  return `${path.parse(photo.fileName).name}${page}-restored.${extensions[format][0]}`;
}

/** A path that is free now: `name.jpg`, then `name (2).jpg`. */
export function numbered(wantedPath: string, isTaken: (filePath: string) => boolean = existsSync): string {
  const { dir, name, ext } = path.parse(wantedPath);
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? wantedPath : path.join(dir, `${name} (${count})${ext}`);
    if (!isTaken(candidate)) return candidate;
  }
}

export interface WantedOutput {
  /** A file or, ending with a separator or being a folder, a folder. */
  readonly path: string;
  readonly overwrite: boolean;
}

export interface ChosenOutput {
  readonly path: string;
  readonly overwrite: boolean;
  /** True inside a folder, where a taken name gets a number instead of an error. */
  readonly mayNumber: boolean;
}

/**
 * The file an export will be. `projectFolders` hold our own files and are refused.
 * Errors: output.exists, output.is-input, output.not-writable.
 */
export function chooseOutputPath(
  wanted: WantedOutput,
  photo: Pick<Photo, 'fileName' | 'pageIndex' | 'pageCount'>,
  format: ExportFormat,
  projectFolders: readonly string[],
): ChosenOutput {
  const resolved = path.resolve(wanted.path);
  const isFolder = /[/\\]$/.test(wanted.path) || isExistingFolder(resolved);
  const filePath = isFolder
    ? path.join(resolved, restoredFileName(photo, format))
    : withExtension(resolved, format);
  if (projectFolders.some((folder) => filePath.startsWith(folder + path.sep)))
    throw new HeirloomError('output.is-input', { path: filePath });
  if (!isExistingFolder(path.dirname(filePath)))
    throw new HeirloomError('output.not-writable', { path: path.dirname(filePath) });
  if (wanted.overwrite) return { path: filePath, overwrite: true, mayNumber: false };
  if (isFolder) return { path: numbered(filePath), overwrite: false, mayNumber: true };
  if (existsSync(filePath)) throw new HeirloomError('output.exists', { path: filePath });
  return { path: filePath, overwrite: false, mayNumber: false };
}

/** The file of a name that a pattern made, in a folder that is made when it is missing. Errors: output.is-input. */
export function pathInFolder(
  folder: string,
  name: string,
  format: ExportFormat,
  projectFolders: readonly string[],
): string {
  const filePath = path.join(path.resolve(folder), `${name}.${extensions[format][0]}`);
  if (projectFolders.some((own) => filePath.startsWith(own + path.sep)))
    throw new HeirloomError('output.is-input', { path: filePath });
  return filePath;
}

/** A name that does not say the format gets its extension: `x` and `x.png` as JPEG become `x.jpg` and `x.png.jpg`. */
function withExtension(filePath: string, format: ExportFormat): string {
  const given = path.extname(filePath).slice(1).toLowerCase();
  return extensions[format].includes(given) ? filePath : `${filePath}.${extensions[format][0]}`;
}

function isExistingFolder(filePath: string): boolean {
  return existsSync(filePath) && statSync(filePath).isDirectory();
}
