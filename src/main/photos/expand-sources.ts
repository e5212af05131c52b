// From what a person dropped to files: folders become the pictures inside them. Main process, reads only.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readErrorOf } from '../file-system/file-errors.ts';

/** What is looked at inside folders. HEIC and RAW are among them so that their error can name the way out. */
const pictureExtensions = new Set(
  'jpg jpeg jpe jfif png tif tiff webp avif gif bmp heic heif dng cr2 cr3 nef arw orf rw2 raf'.split(' '),
);

export interface FoundFile {
  readonly path: string;
  readonly fileName: string;
}

/**
 * The file itself, or every picture below a folder, in the order a person would read the names.
 * Hidden entries and links to folders are not followed; files inside a project's own folder are left out.
 * Errors: file.not-found, file.unreadable.
 */
export async function filesAt(givenPath: string): Promise<FoundFile[]> {
  try {
    const isFolder = (await stat(givenPath)).isDirectory();
    return isFolder
      ? await picturesBelow(givenPath)
      : [{ path: givenPath, fileName: path.basename(givenPath) }];
  } catch (error) {
    throw readErrorOf(error, givenPath);
  }
}

async function picturesBelow(folder: string): Promise<FoundFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.name.endsWith('.heirloom'))) return [];
  const found: FoundFile[] = [];
  for (const entry of entries.toSorted((a, b) => inReadingOrder.compare(a.name, b.name))) {
    const entryPath = path.join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) found.push(...(await picturesBelow(entryPath)));
    else if (pictureExtensions.has(path.extname(entry.name).slice(1).toLowerCase()))
      found.push({ path: entryPath, fileName: entry.name });
  }
  return found;
}

/** "scan 2" before "scan 10". */
const inReadingOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
