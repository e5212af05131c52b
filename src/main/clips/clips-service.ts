// Clips of the open project: take in, list, remove, find again, edit. Main process; frames are the engine's.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CommandOutput } from '#shared/contract/commands.ts';
import { type ClipEdit, type ClipHistory, type EditedClip, foldClipEdits } from '#shared/domain/clip-edit.ts';
import { type ClipId, clipIdSchema, editIdSchema, type ModelId } from '#shared/domain/ids.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { HeirloomError, JobCancelled, toWire } from '#shared/errors/heirloom-error.ts';
import type { EnginePort } from '../engine-host/engine-port.ts';
import type { Emit } from '../event-bus.ts';
import { copyWithDigest } from '../file-system/file-digest.ts';
import { readErrorOf, writeErrorOf } from '../file-system/file-errors.ts';
import type { ProjectDocument } from '../projects/open-project-document.ts';
import { fileInProject } from '../projects/project-folder.ts';
import { type ClipIdentity, identityOf } from './clip-digest.ts';
import { stateKeyOfClip, tracksKeyOf } from './clip-keys.ts';
import type { ClipPlace, ClipsStore, StoredClip, StoredClipResult } from './clips-store.ts';

export interface ClipImportItem {
  readonly path: string;
  readonly fileName: string;
  /** A path of the person's own is referred to; an upload of the browser window becomes the project's. */
  readonly isUpload: boolean;
}

export interface ClipsService {
  /** One bad file never stops the rest. */
  import(
    items: readonly ClipImportItem[],
    sequenceFramesPerSecond: number,
  ): Promise<CommandOutput<'clips.import'>>;
  list(): Promise<Clip[]>;
  describe(id: ClipId): Promise<Clip>;
  /** Soft: rows, edits and files stay. Errors: clip.not-found. */
  remove(ids: readonly ClipId[]): void;
  putBack(ids: readonly ClipId[]): void;
  /** Errors: clip.not-found, clip.other-content, file.*. */
  locate(id: ClipId, newPath: string): Promise<Clip>;
  /** Errors: clip.not-found; removed clips count as not there. */
  get(id: ClipId): StoredClip;
  /** Absolute path of the file. Errors: clip.file-missing. */
  pathOf(stored: StoredClip): string;
  /** What every task on this clip is told about its source. Errors: clip.file-missing. */
  sourceOf(stored: StoredClip): { path: string; ffmpegPath: string | null; sequenceFramesPerSecond: number };
  /** Where unfinished work on this clip lies. */
  partsFolderOf(id: ClipId): string;
  /** Errors: clip.not-found, model.unknown. */
  apply(id: ClipId, edit: ClipEdit): ClipHistory;
  /** Errors: clip.not-found, edit.nothing-to-undo. */
  undo(id: ClipId): ClipHistory;
  /** Errors: clip.not-found, edit.nothing-to-redo. */
  redo(id: ClipId): ClipHistory;
  /** Errors: clip.not-found, edit.no-such-position. */
  jump(id: ClipId, cursor: number): ClipHistory;
  history(id: ClipId): ClipHistory;
  edited(id: ClipId): EditedClip;
  /** The newest result whose file is there. */
  newestResult(id: ClipId): StoredClipResult | null;
  /** Says that a clip reads differently now. */
  announce(id: ClipId): void;
  close(): void;
}

export interface ClipsOptions {
  readonly document: ProjectDocument;
  readonly store: ClipsStore;
  readonly engine: EnginePort;
  readonly ffmpegPath: () => string | null;
  readonly isKnownModel: (modelId: ModelId) => boolean;
  readonly emit: Emit;
  readonly now: () => Date;
}

const partsFolderName = 'parts';

export function createClipsService(options: ClipsOptions): ClipsService {
  const { document, store, engine, emit, now } = options;
  const closing = new AbortController();

  function get(id: ClipId): StoredClip {
    const stored = store.find(id);
    if (stored === null || stored.isRemoved) throw new HeirloomError('clip.not-found');
    return stored;
  }

  const placeOf = ({ place }: StoredClip): string =>
    place.kind === 'outside' ? place.path : fileInProject(document, place.file);

  function pathOf(stored: StoredClip): string {
    const filePath = placeOf(stored);
    if (!existsSync(filePath))
      throw new HeirloomError('clip.file-missing', { fileName: stored.fileName, path: filePath });
    return filePath;
  }

  const partsFolderOf = (id: ClipId): string => path.join(document.folder, partsFolderName, id);

  function history(id: ClipId): ClipHistory {
    const { historyCursor } = get(id);
    return { clipId: id, steps: store.stepsOf(id), cursor: historyCursor };
  }

  function edited(id: ClipId): EditedClip {
    const { steps, cursor } = history(id);
    return foldClipEdits(steps, cursor);
  }

  function newestResult(id: ClipId): StoredClipResult | null {
    const isThere = ({ file }: StoredClipResult) => existsSync(fileInProject(document, file));
    const all = store.resultsOf(id).filter(isThere);
    const stateKey = stateKeyOfClip(edited(id));
    return all.find((stored) => stored.stateKey === stateKey) ?? all[0] ?? null;
  }

  async function problemOf(stored: StoredClip): Promise<Clip['problem']> {
    try {
      const facts = await stat(placeOf(stored));
      if (facts.isDirectory()) return null;
      const isSame = facts.size === stored.byteSize && facts.mtimeMs === stored.changedMs;
      // Copied and restored files get another time: only the content tells.
      return isSame || (await identityOf(placeOf(stored))).digest === stored.digest ? null : 'changed';
    } catch {
      return 'missing';
    }
  }

  async function described(stored: StoredClip): Promise<Clip> {
    const state = edited(stored.id);
    const newest = newestResult(stored.id);
    const isCurrent = newest?.stateKey === stateKeyOfClip(state);
    const isFollowed = stored.followed?.key === tracksKeyOf(state.options);
    return {
      id: stored.id,
      fileName: stored.fileName,
      location: stored.place.kind === 'outside' ? stored.place : { kind: 'in-project' },
      problem: await problemOf(stored),
      facts: stored.facts,
      sequenceFramesPerSecond: stored.sequenceFramesPerSecond,
      addedAt: stored.addedAt,
      state: stored.hasFailed
        ? 'failed'
        : newest !== null
          ? isCurrent
            ? 'restored'
            : 'edited-since'
          : isFollowed
            ? 'faces-found'
            : 'new',
      tracks: isFollowed ? [...(stored.followed?.tracks ?? [])] : null,
      result: newest === null ? null : { result: newest.result, isCurrent },
      keptParts: await countParts(partsFolderOf(stored.id)),
    };
  }

  function announce(id: ClipId): void {
    const stored = store.find(id);
    if (stored === null || stored.isRemoved || closing.signal.aborted) return;
    described(stored).then(
      (clip) => {
        if (!closing.signal.aborted) emit({ type: 'clip.changed', clip });
      },
      // Only when the project was closed meanwhile.
      () => undefined,
    );
  }

  /** Rows first, then words. */
  function change(id: ClipId, work: (before: ClipHistory) => void): ClipHistory {
    document.database.transaction(() => work(history(id))).immediate();
    const after = history(id);
    emit({ type: 'clip.history-changed', history: after });
    announce(id);
    return after;
  }

  async function importOne(item: ClipImportItem, sequenceFramesPerSecond: number): Promise<Clip | ClipId> {
    const identity = await identityOf(item.path).catch((error: unknown) => {
      throw readErrorOf(error, item.path);
    });
    const known = store.findByDigest(identity.digest);
    if (known !== null) {
      // Its file was moved or changed: here it is again.
      if ((await problemOf(known)) !== null) {
        const { place, changedMs } = await placeFor(item, identity);
        store.setPlace(known.id, place, changedMs);
        announce(known.id);
      }
      if (!known.isRemoved) return known.id;
      store.setRemovedAt(known.id, null);
      return described(get(known.id));
    }
    const { facts } = await engine.run(
      {
        kind: 'probe-video',
        path: item.path,
        ffmpegPath: options.ffmpegPath(),
        sequenceFramesPerSecond,
        options: null,
      },
      { priority: 'interactive', signal: closing.signal },
    );
    const { place, changedMs } = await placeFor(item, identity);
    const id = clipIdSchema.parse(randomUUID());
    store.insert({
      id,
      fileName: item.fileName,
      place,
      byteSize: identity.byteSize,
      changedMs,
      digest: identity.digest,
      facts: { ...facts, fileName: item.fileName },
      sequenceFramesPerSecond,
      addedAt: now().toISOString(),
    });
    return described(get(id));
  }

  async function placeFor(
    item: ClipImportItem,
    { digest, changedMs }: ClipIdentity,
  ): Promise<{ place: ClipPlace; changedMs: number }> {
    if (!item.isUpload) return { place: { kind: 'outside', path: item.path }, changedMs };
    const file = await keepUpload(item, digest);
    const kept = await stat(fileInProject(document, file));
    return { place: { kind: 'in-project', file }, changedMs: kept.mtimeMs };
  }

  /** Moved where it can be: films are large. The upload's own folder is removed by whoever staged it. */
  async function keepUpload({ path: stagedPath, fileName }: ClipImportItem, digest: string): Promise<string> {
    const file = `originals/${digest}${path.extname(fileName).toLowerCase()}`;
    const target = fileInProject(document, file);
    const part = `${target}.${randomUUID()}.part`;
    try {
      await mkdir(document.originalsFolder, { recursive: true });
      await rename(stagedPath, part).catch(async () => {
        await copyWithDigest(stagedPath, part);
      });
      await rename(part, target);
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      throw writeErrorOf(error, target);
    }
    return file;
  }

  function setRemoved(ids: readonly ClipId[], removedAt: string | null): void {
    document.database
      .transaction(() => {
        for (const id of ids) {
          if (!store.setRemovedAt(id, removedAt)) throw new HeirloomError('clip.not-found');
        }
      })
      .immediate();
    emit({ type: 'clips.listed-anew' });
  }

  return {
    async import(items, sequenceFramesPerSecond) {
      const report: CommandOutput<'clips.import'> = { imported: [], duplicates: [], failed: [] };
      for (const item of items) {
        if (closing.signal.aborted) break;
        try {
          const added = await importOne(item, sequenceFramesPerSecond);
          if (typeof added === 'string') report.duplicates.push({ fileName: item.fileName, clipId: added });
          else report.imported.push(added);
        } catch (error) {
          if (error instanceof JobCancelled) break;
          report.failed.push({ fileName: item.fileName, error: toWire(error) });
        }
      }
      if (report.imported.length > 0) emit({ type: 'clips.listed-anew' });
      return report;
    },
    list: () => Promise.all(store.list().map(described)),
    describe: (id) => described(get(id)),
    remove: (ids) => setRemoved(ids, now().toISOString()),
    putBack: (ids) => setRemoved(ids, null),
    async locate(id, newPath) {
      const stored = get(id);
      const resolved = path.resolve(newPath);
      const identity = await identityOf(resolved).catch((error: unknown) => {
        throw readErrorOf(error, resolved);
      });
      if (identity.digest !== stored.digest)
        throw new HeirloomError('clip.other-content', { fileName: path.basename(resolved) });
      store.setPlace(id, { kind: 'outside', path: resolved }, identity.changedMs);
      announce(id);
      return described(get(id));
    },
    get,
    pathOf,
    sourceOf: (stored) => ({
      path: pathOf(stored),
      ffmpegPath: options.ffmpegPath(),
      sequenceFramesPerSecond: stored.sequenceFramesPerSecond,
    }),
    partsFolderOf,
    apply: (id, edit) =>
      change(id, ({ cursor }) => {
        const modelId = modelNamedBy(edit);
        if (modelId !== null && !options.isKnownModel(modelId))
          throw new HeirloomError('model.unknown', { modelId });
        store.dropStepsAfter(id, cursor);
        const sequence = cursor + 1;
        const stepId = editIdSchema.parse(randomUUID());
        store.appendStep({ id: stepId, clipId: id, sequence, edit, madeAt: now().toISOString() });
        store.setHistoryCursor(id, sequence);
      }),
    undo: (id) =>
      change(id, ({ cursor }) => {
        if (cursor === 0) throw new HeirloomError('edit.nothing-to-undo');
        store.setHistoryCursor(id, cursor - 1);
      }),
    redo: (id) =>
      change(id, ({ steps, cursor }) => {
        if (cursor >= steps.length) throw new HeirloomError('edit.nothing-to-redo');
        store.setHistoryCursor(id, cursor + 1);
      }),
    jump: (id, cursor) =>
      change(id, ({ steps }) => {
        if (cursor > steps.length) throw new HeirloomError('edit.no-such-position');
        store.setHistoryCursor(id, cursor);
      }),
    history,
    edited,
    newestResult,
    announce,
    close: () => closing.abort(),
  };
}

function modelNamedBy(edit: ClipEdit): ModelId | null {
  if (edit.kind === 'clip.set-restorer') return edit.modelId;
  return edit.kind === 'clip.set-background' ? edit.upscalerId : null;
}

/** Finished segments of a run that did not end. */
async function countParts(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.startsWith('segment-') && !name.endsWith('.part')).length;
}
