// Which project is open, and changing that: create, open, close. One project at a time. Main process.
// Knows nothing of photos or jobs: `assemble` builds the services that live as long as the project is open.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Project } from '#shared/domain/project.ts';
import type { ProjectView } from '#shared/domain/project-view.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { Emit } from '../event-bus.ts';
import { compactProject } from './compact-project.ts';
import {
  type DocumentPlaces,
  makeProjectDocument,
  openProjectDocument,
  type ProjectDocument,
} from './open-project-document.ts';
import { projectNameOf } from './project-folder.ts';
import { countPhotos } from './project-store.ts';
import { readProjectView, saveProjectView } from './project-view-store.ts';
import type { RecentProjects } from './recent-projects.ts';
import { saveProjectCopy } from './save-copy.ts';

/** What is built around an open document and ends with it. */
export interface ProjectServices {
  /** Starts what was left waiting, after the project has been announced. */
  start(): void;
  close(): Promise<void>;
}

export interface OpenProject<S extends ProjectServices> {
  readonly document: ProjectDocument;
  readonly services: S;
}

export interface ProjectsService<S extends ProjectServices> {
  create(documentPath: string | null): Promise<Project>;
  open(documentPath: string): Promise<Project>;
  close(): Promise<void>;
  /** Errors: project.none-open and those of saveProjectCopy. */
  saveCopy(documentPath: string): Promise<string>;
  /** Bytes freed. Errors: project.none-open, project.read-only. */
  compact(): Promise<number>;
  readView(): ProjectView | null;
  /** false when the project is read-only. Errors: project.none-open. */
  saveView(view: ProjectView): boolean;
  describe(): Project | null;
  /** Errors: project.none-open. */
  current(): OpenProject<S>;
  /** Errors: project.none-open, project.read-only. */
  writable(): OpenProject<S>;
  /** null instead of an error when none is open. */
  peek(): OpenProject<S> | null;
  /** Says that the project's own facts (its photo count) have changed. */
  announce(): void;
}

export interface ProjectsOptions<S extends ProjectServices> {
  readonly places: DocumentPlaces;
  /** Where projects go that nobody named. */
  readonly untitledFolder: string;
  readonly recent: RecentProjects;
  readonly emit: Emit;
  readonly now: () => Date;
  readonly noteRecentDocument: ((path: string) => void) | null;
  assemble(document: ProjectDocument): S;
}

export function createProjectsService<S extends ProjectServices>(
  options: ProjectsOptions<S>,
): ProjectsService<S> {
  let opened: OpenProject<S> | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  /** Opening and closing never overlap. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  function describe(): Project | null {
    if (opened === null) return null;
    const { id, documentPath, createdAt, isReadOnly, database } = opened.document;
    const photoCount = countPhotos(database);
    return { id, name: projectNameOf(documentPath), documentPath, createdAt, photoCount, isReadOnly };
  }

  async function closeCurrent(): Promise<void> {
    if (opened === null) return;
    const closing = opened;
    opened = null;
    await closing.services.close();
    closing.document.close();
  }

  /** The old project closes only once the new one is known to open. */
  async function changeTo(document: ProjectDocument): Promise<Project> {
    try {
      await closeCurrent();
      opened = { document, services: options.assemble(document) };
    } catch (error) {
      document.close();
      throw error;
    }
    const project = current();
    await options.recent.note(document.documentPath);
    options.noteRecentDocument?.(document.documentPath);
    const description = describe();
    if (description === null) throw new HeirloomError('project.none-open');
    options.emit({ type: 'project.changed', project: description });
    project.services.start();
    return description;
  }

  function current(): OpenProject<S> {
    if (opened === null) throw new HeirloomError('project.none-open');
    return opened;
  }

  function writable(): OpenProject<S> {
    const project = current();
    if (project.document.isReadOnly) throw new HeirloomError('project.read-only');
    return project;
  }

  return {
    create: (documentPath) =>
      inTurn(() =>
        changeTo(
          makeProjectDocument(
            documentPath ?? untitledPath(options.untitledFolder, options.now()),
            options.now(),
          ),
        ),
      ),
    open: (documentPath) =>
      inTurn(async () => {
        const description = describe();
        if (description !== null && path.resolve(documentPath) === description.documentPath)
          return description;
        return changeTo(openProjectDocument(documentPath, options.places));
      }),
    close: () =>
      inTurn(async () => {
        if (opened === null) return;
        await closeCurrent();
        options.emit({ type: 'project.changed', project: null });
      }),
    // In turn with closing, so that the folder stays open until its copy is whole.
    saveCopy: (documentPath) => inTurn(() => saveProjectCopy(current().document, documentPath)),
    compact: () => inTurn(() => compactProject(writable().document)),
    readView: () => readProjectView(current().document.database),
    saveView(view) {
      const { document } = current();
      if (!document.isReadOnly) saveProjectView(document.database, view);
      return !document.isReadOnly;
    },
    describe,
    current,
    writable,
    peek: () => opened,
    announce() {
      const project = describe();
      if (project !== null) options.emit({ type: 'project.changed', project });
    },
  };
}

/** Named by the day, which reads the same in every language: `2026-05-04`, then `2026-05-04 (2)`. */
function untitledPath(folder: string, now: Date): string {
  const day = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? day : `${day} (${count})`;
    if (!existsSync(path.join(folder, name))) return path.join(folder, `${name}.heirloom`);
  }
}
