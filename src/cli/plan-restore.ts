// Decides which files are restored and where each result goes. Looks at the disk, changes nothing.
import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { WrongUse } from './read-options.ts';

export interface PlannedFile {
  readonly inputPath: string;
  /** Folder and stem of the result; extension and page number are added when the file has been looked at. */
  readonly outputStem: string;
  /** Set when the person named the very file to write. */
  readonly exactOutput: string | null;
}

export interface RestorePlan {
  readonly files: readonly PlannedFile[];
  /** A folder had subfolders that were not entered. */
  readonly hasUnvisitedFolders: boolean;
}

/** What a folder is searched for. HEIC and RAW are taken along so that they are named as not readable. */
const pictureEndings = new Set(
  'jpg jpeg jpe jfif png tif tiff webp avif gif bmp dib heic heif cr2 cr3 nef arw dng orf rw2 raf'
    .split(' ')
    .map((ending) => `.${ending}`),
);
const writableEndings = new Set(['.jpg', '.jpeg', '.png', '.tif', '.tiff', '.webp', '.avif']);

/** @throws WrongUse when one output file is named for several photos. */
export function planRestore(
  inputs: readonly string[],
  output: string,
  options: { recursive: boolean; suffix: string; saveFaces: boolean },
  messages: CliMessages,
): RestorePlan {
  // With the faces saved, the photos get a folder of their own beside theirs.
  const outputFolder = resolve(output, ...(options.saveFaces ? ['final_results'] : []));
  const found: { inputPath: string; folderInOutput: string }[] = [];
  let hasUnvisitedFolders = false;

  for (const input of inputs) {
    const inputPath = resolve(input);
    if (!existsSync(inputPath) || !statSync(inputPath).isDirectory()) {
      found.push({ inputPath, folderInOutput: '' });
      continue;
    }
    const walk = (folder: string): void => {
      for (const entry of sortedEntries(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (path === outputFolder || path === resolve(output) || entry.name.startsWith('.')) continue;
          if (options.recursive) walk(path);
          else hasUnvisitedFolders = true;
        } else if (entry.isFile() && pictureEndings.has(extname(entry.name).toLowerCase())) {
          found.push({ inputPath: path, folderInOutput: relative(inputPath, folder) });
        }
      }
    };
    walk(inputPath);
  }

  if (!options.saveFaces && namesOneFile(output)) {
    const [only, ...others] = found;
    if (only === undefined) return { files: [], hasUnvisitedFolders };
    if (others.length > 0) {
      throw new WrongUse(interpolate(messages.oneFileForMany, { path: output, count: found.length }));
    }
    const stem = outputFolder.slice(0, -extname(outputFolder).length);
    return {
      files: [{ inputPath: only.inputPath, outputStem: stem, exactOutput: outputFolder }],
      hasUnvisitedFolders,
    };
  }
  const taken = new Set<string>();
  const files = found.map(({ inputPath, folderInOutput }) => ({
    inputPath,
    outputStem: freeStem(join(outputFolder, folderInOutput), basename(inputPath), options.suffix, taken),
    exactOutput: null,
  }));
  return { files, hasUnvisitedFolders };
}

function sortedEntries(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** `-o out/` and `-o out` are folders; `-o out.jpg` is a file unless a folder of that name exists. */
function namesOneFile(output: string): boolean {
  if (output.endsWith('/') || output.endsWith(sep)) return false;
  if (existsSync(output) && statSync(output).isDirectory()) return false;
  return writableEndings.has(extname(output).toLowerCase());
}

/** old.jpg and old.png beside each other must not write one result: the second keeps its ending in the name. */
function freeStem(folder: string, fileName: string, suffix: string, taken: Set<string>): string {
  const stem = basename(fileName, extname(fileName));
  const candidates = [stem, fileName.replaceAll('.', '-')];
  for (let number = 2; ; number++) {
    const candidate = candidates.shift() ?? `${stem}-${number}`;
    const path = join(folder, candidate + suffix);
    if (taken.has(path.toLowerCase())) continue;
    taken.add(path.toLowerCase());
    return path;
  }
}

/** The folder a planned file is written to. */
export function outputFolderOf(file: PlannedFile): string {
  return dirname(file.exactOutput ?? file.outputStem);
}
