// The files behind a drop, with those inside dropped folders where the browser lets us look into them.
// A desktop window hands folders over by path instead; then the main process looks inside.
import { isFilmName } from './film-names.ts';

/** Order as dropped, folders in reading order. Must be called inside the drop event: the list empties afterwards. */
export async function droppedFiles(transfer: DataTransfer, handsOverPaths: boolean): Promise<File[]> {
  const plainFiles = [...transfer.files];
  if (handsOverPaths) return plainFiles;
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return plainFiles;
  const found: File[] = [];
  for (const [index, entry] of entries.entries()) {
    const plain = plainFiles[index];
    if (entry?.isDirectory) found.push(...(await filesBelow(entry as FileSystemDirectoryEntry)));
    else if (plain !== undefined) found.push(plain);
  }
  return found;
}

/** Pictures and films of a chosen folder, in the order a person reads: browsers hand them over in that of the disk. */
export function picturesOfFolder(files: readonly File[]): File[] {
  return onlyPicturesAndFilms(files)
    .filter((file) => !file.webkitRelativePath.split('/').some((part) => part.startsWith('.')))
    .toSorted((a, b) => inReadingOrder.compare(a.webkitRelativePath, b.webkitRelativePath));
}

/** Only what may be a picture or a film: a folder also holds lists, letters and hidden files nobody meant. */
function onlyPicturesAndFilms(files: readonly File[]): File[] {
  return files.filter(({ name }) => !name.startsWith('.') && (pictureName.test(name) || isFilmName(name)));
}

const pictureName = /\.(jpe?g|jpe|jfif|png|tiff?|webp|avif|gif|bmp|hei[cf]|dng|cr[23]|nef|arw|orf|rw2|raf)$/i;
const inReadingOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

async function filesBelow(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const entries = (await entriesOf(folder)).toSorted((a, b) => inReadingOrder.compare(a.name, b.name));
  const found: File[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory) found.push(...(await filesBelow(entry as FileSystemDirectoryEntry)));
    else found.push(...onlyPicturesAndFilms([await fileOf(entry as FileSystemFileEntry)]));
  }
  return found;
}

/** readEntries answers with some of them at a time, and with none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
