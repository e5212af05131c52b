// Where the parts of a project lie. Only these functions know the layout; rows hold paths relative to the folder,
// so that the folder can be copied, moved and opened elsewhere. Main process.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

export const documentExtension = '.heirloom';

export interface ProjectFolder {
  readonly documentPath: string;
  readonly folder: string;
  /** Content-addressed copies of what was imported; written once, read-only for ever. */
  readonly originalsFolder: string;
  /** Caches: deleting either loses nothing. */
  readonly resultsFolder: string;
  readonly previewsFolder: string;
}

export function projectFolderOf(documentPath: string): ProjectFolder {
  const folder = path.dirname(path.resolve(documentPath));
  return {
    documentPath: path.resolve(documentPath),
    folder,
    originalsFolder: path.join(folder, 'originals'),
    resultsFolder: path.join(folder, 'results'),
    previewsFolder: path.join(folder, 'previews'),
  };
}

/** Absolute path of a file named in a row, such as `originals/<sha256>.jpg`. Never leaves the folder. */
export function fileInProject(folder: ProjectFolder, relativePath: string): string {
  const absolute = path.join(folder.folder, ...relativePath.split('/'));
  if (!absolute.startsWith(folder.folder + path.sep)) throw new Error(`outside the project: ${relativePath}`);
  return absolute;
}

export function projectNameOf(documentPath: string): string {
  return path.basename(documentPath, path.extname(documentPath)) || path.basename(documentPath);
}

/**
 * Where a new project asked for as `<folder>/Name.heirloom` really goes: its own folder `<folder>/Name/Name.heirloom`,
 * unless `<folder>` is already called Name and is empty. Errors: project.exists.
 */
export function documentPathForNew(wantedPath: string): string {
  const resolved = path.resolve(wantedPath);
  const name = path.basename(resolved).toLowerCase().endsWith(documentExtension)
    ? path.basename(resolved).slice(0, -documentExtension.length)
    : path.basename(resolved);
  const parent = path.dirname(resolved);
  const isOwnFolder =
    path.basename(parent) === name && existsSync(parent) && readdirSync(parent).length === 0;
  const folder = isOwnFolder ? parent : path.join(parent, name);
  if (existsSync(resolved)) throw new HeirloomError('project.exists', { path: resolved });
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new HeirloomError('project.exists', { path: folder });
  return path.join(folder, `${name}${documentExtension}`);
}

/** A document, or the only document inside a dropped folder. Errors: project.not-found, project.not-a-project. */
export function documentPathToOpen(givenPath: string, isFolder: boolean): string {
  const resolved = path.resolve(givenPath);
  if (!isFolder) return resolved;
  const documents = readdirSync(resolved).filter((name) => name.endsWith(documentExtension));
  const only = documents.length === 1 ? documents[0] : undefined;
  if (only === undefined) throw new HeirloomError('project.not-a-project', { path: resolved });
  return path.join(resolved, only);
}

/** Films restored as rows of pictures are folders among the results. */
export function isClipFolderName(name: string): boolean {
  return /^clip-[0-9a-f]{64}$/.test(name);
}
