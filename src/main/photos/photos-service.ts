// Photos of the open project: import, list, remove, put back. Main process; pixels are the engine's.
import { randomUUID } from 'node:crypto';
import type { CommandOutput, OriginalProblem } from '#shared/contract/commands.ts';
import { type PhotoId, photoIdSchema } from '#shared/domain/ids.ts';
import type { Photo, PhotoFacts } from '#shared/domain/photo.ts';
import { HeirloomError, JobCancelled, throwIfCancelled, toWire } from '#shared/errors/heirloom-error.ts';
import type { EnginePort } from '../engine-host/engine-port.ts';
import type { Emit } from '../event-bus.ts';
import type { ProjectDocument } from '../projects/open-project-document.ts';
import { fileInProject } from '../projects/project-folder.ts';
import { checkOriginals } from './check-originals.ts';
import { filesAt } from './expand-sources.ts';
import { type CopyFile, keepOriginal } from './keep-original.ts';
import type { PhotosStore, StoredPhoto } from './photos-store.ts';

export type ImportReport = CommandOutput<'photos.import'>;

/** A file to take in: `path` may be a folder. */
export interface ImportItem {
  readonly path: string;
  readonly fileName: string;
}

export interface PhotosService {
  /** One bad file never stops the rest; what was imported before the project closed stays. */
  import(items: readonly ImportItem[]): Promise<ImportReport>;
  list(): Photo[];
  /** Originals that were moved, deleted or changed by somebody else. */
  checkOriginals(): Promise<OriginalProblem[]>;
  /** Soft: rows, edits and originals stay. Errors: photo.not-found. */
  remove(ids: readonly PhotoId[]): void;
  putBack(ids: readonly PhotoId[]): void;
  /** Errors: photo.not-found; removed photos count as not there. */
  get(id: PhotoId): StoredPhoto;
  /** Absolute path of the original. */
  originalPathOf(stored: StoredPhoto): string;
  /** Says that a photo's row reads differently now. */
  announce(id: PhotoId): void;
  close(): void;
}

export interface PhotosOptions {
  readonly document: ProjectDocument;
  readonly store: PhotosStore;
  readonly engine: EnginePort;
  readonly emit: Emit;
  readonly now: () => Date;
  /** The photo count changed. */
  readonly onListChanged: () => void;
  /** State key of a photo nobody has touched. */
  readonly untouchedStateKey: (facts: PhotoFacts) => string;
  /** Replaced in tests to fail like a full disk. */
  readonly copyFile?: CopyFile;
}

/** How often a long import shows what it has so far. */
const announceEveryMs = 500;
const tellProgressEveryMs = 150;

export function createPhotosService(options: PhotosOptions): PhotosService {
  const { document, store, engine, emit, now } = options;
  const closing = new AbortController();

  let toldAt = 0;
  function tellProgress(progress: { done: number; total: number; fileName: string }): void {
    if (Date.now() - toldAt < tellProgressEveryMs) return;
    toldAt = Date.now();
    emit({ type: 'import.progressed', ...progress });
  }

  function announceList(): void {
    emit({ type: 'photos.listed-anew' });
    options.onListChanged();
  }

  /** The rows of one file, in one transaction: all pages or none. */
  const insertPages = document.database.transaction(
    (fileName: string, facts: PhotoFacts, originalFile: string, report: ImportReport) => {
      for (let pageIndex = 0; pageIndex < facts.pageCount; pageIndex += 1) {
        const known = store.findByContent(facts.sha256, pageIndex);
        if (known === null) {
          const id = photoIdSchema.parse(randomUUID());
          const importedAt = now().toISOString();
          const stateKey = options.untouchedStateKey(facts);
          store.insert({ ...facts, id, fileName, pageIndex, importedAt, originalFile, stateKey });
          report.imported.push(photoIn(store, id));
        } else if (known.isRemoved) {
          store.setRemovedAt(known.photo.id, null);
          report.imported.push(photoIn(store, known.photo.id));
        } else {
          report.duplicates.push({ fileName, photoId: known.photo.id });
        }
      }
    },
  );

  async function importFile(item: ImportItem): Promise<Omit<ImportReport, 'failed'>> {
    const facts = await engine.run(
      { kind: 'inspect-photo', path: item.path },
      { priority: 'interactive', signal: closing.signal },
    );
    // The original first, the rows after: a kill in between leaves a file nobody refers to, never a row without its file.
    const originalFile = await keepOriginal(item.path, facts, document.originalsFolder, options.copyFile);
    throwIfCancelled(closing.signal);
    const report: ImportReport = { imported: [], duplicates: [], failed: [] };
    insertPages.immediate(item.fileName, facts, originalFile, report);
    return report;
  }

  function setRemoved(ids: readonly PhotoId[], removedAt: string | null): void {
    document.database
      .transaction(() => {
        for (const id of ids) {
          if (!store.setRemovedAt(id, removedAt)) throw new HeirloomError('photo.not-found');
        }
      })
      .immediate();
    announceList();
  }

  return {
    async import(items) {
      const report: ImportReport = { imported: [], duplicates: [], failed: [] };
      let announcedAt = Date.now();
      let announcedCount = 0;
      let done = 0;
      let remainingItems = items.length;
      for (const item of items) {
        const files = await filesOf(item, report);
        remainingItems -= 1;
        for (const [index, file] of files.entries()) {
          if (closing.signal.aborted) return report;
          const total = done + files.length - index + remainingItems;
          tellProgress({ done, total, fileName: file.fileName });
          done += 1;
          try {
            const { imported, duplicates } = await importFile(file);
            report.imported.push(...imported);
            report.duplicates.push(...duplicates);
          } catch (error) {
            if (error instanceof JobCancelled) return report;
            report.failed.push({ fileName: file.fileName, error: toWire(error) });
          }
          if (report.imported.length > announcedCount && Date.now() - announcedAt > announceEveryMs) {
            announcedAt = Date.now();
            announcedCount = report.imported.length;
            announceList();
          }
        }
      }
      if (done > 0) emit({ type: 'import.progressed', done, total: done, fileName: '' });
      if (report.imported.length > announcedCount) announceList();
      return report;
    },
    list: () => store.list(),
    checkOriginals: () =>
      checkOriginals(
        store
          .listOriginals()
          .map((original) => ({ ...original, path: fileInProject(document, original.originalFile) })),
      ),
    remove: (ids) => setRemoved(ids, now().toISOString()),
    putBack: (ids) => setRemoved(ids, null),
    get(id) {
      const stored = store.find(id);
      if (stored === null || stored.isRemoved) throw new HeirloomError('photo.not-found');
      return stored;
    },
    originalPathOf: (stored) => fileInProject(document, stored.originalFile),
    announce(id) {
      const stored = store.find(id);
      if (stored !== null && !stored.isRemoved) emit({ type: 'photo.changed', photo: stored.photo });
    },
    close: () => closing.abort(),
  };
}

function photoIn(store: PhotosStore, id: PhotoId): Photo {
  const stored = store.find(id);
  if (stored === null) throw new HeirloomError('photo.not-found');
  return stored.photo;
}

/** The files behind one item; a folder or path that cannot be read becomes a line of the report. */
async function filesOf(item: ImportItem, report: ImportReport): Promise<readonly ImportItem[]> {
  try {
    const files = await filesAt(item.path);
    return files[0]?.path === item.path ? [item] : files;
  } catch (error) {
    if (!(error instanceof HeirloomError)) throw error;
    report.failed.push({ fileName: item.fileName, error: toWire(error) });
    return [];
  }
}
