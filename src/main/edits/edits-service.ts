// The history of a photo: apply, undo, redo as a cursor over steps that stay. Main process.
import { randomUUID } from 'node:crypto';
import type { Edit, History, HistoryStep } from '#shared/domain/edit.ts';
import { type EditedPhoto, foldEachEdit, foldEdits } from '#shared/domain/fold-edits.ts';
import { type HistoryChange, historyChange } from '#shared/domain/history-change.ts';
import { editIdSchema, type ModelId, type PhotoId } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { Emit } from '../event-bus.ts';
import type { FacesStore } from '../faces/faces-store.ts';
import type { PhotosService } from '../photos/photos-service.ts';
import type { PhotosStore } from '../photos/photos-store.ts';
import type { ProjectDocument } from '../projects/open-project-document.ts';
import type { EditsStore } from './edits-store.ts';
import { stateKeyOf } from './state-key.ts';

export interface EditsService {
  /** A new edit after undo drops what could be redone. Errors: photo.not-found, face.not-found, model.unknown. */
  apply(photoId: PhotoId, edit: Edit): HistoryChange;
  /** `count` steps, or as many as there are. Errors: photo.not-found, edit.nothing-to-undo. */
  undo(photoId: PhotoId, count: number): HistoryChange;
  /** `count` steps, or as many as there are. Errors: photo.not-found, edit.nothing-to-redo. */
  redo(photoId: PhotoId, count: number): HistoryChange;
  /** To any position. Errors: photo.not-found, edit.no-such-position. */
  jump(photoId: PhotoId, cursor: number): HistoryChange;
  /** Other steps in place of those there are, all of them applied. */
  replace(photoId: PhotoId, steps: readonly HistoryStep[]): HistoryChange;
  history(photoId: PhotoId): History;
  folded(photoId: PhotoId): EditedPhoto;
  /** After these steps, whatever the history holds now. */
  foldedAfter(photoId: PhotoId, steps: readonly HistoryStep[]): EditedPhoto;
  /** Before the first step and after each of them. */
  foldedAtEach(photoId: PhotoId): EditedPhoto[];
  /** Writes what follows from faces and history into the photo's row. Call inside the transaction that changed either. */
  refreshState(photoId: PhotoId): void;
}

export interface EditsOptions {
  readonly document: ProjectDocument;
  readonly photos: PhotosService;
  readonly photosStore: PhotosStore;
  readonly facesStore: FacesStore;
  readonly store: EditsStore;
  readonly isKnownModel: (modelId: ModelId) => boolean;
  readonly emit: Emit;
  readonly now: () => Date;
}

export function createEditsService(options: EditsOptions): EditsService {
  const { document, photos, photosStore, facesStore, store, emit, now } = options;

  function history(photoId: PhotoId): History {
    const { historyCursor } = photos.get(photoId);
    return { photoId, steps: store.stepsOf(photoId), cursor: historyCursor };
  }

  function folded(photoId: PhotoId): EditedPhoto {
    const { photo, historyCursor } = photos.get(photoId);
    return foldEdits(photo, facesStore.listOf(photoId), store.stepsOf(photoId), historyCursor);
  }

  function refreshState(photoId: PhotoId): void {
    const state = folded(photoId);
    photosStore.setFoldedState(photoId, { stateKey: stateKeyOf(state), faceCount: state.faces.length });
  }

  /** Changes rows in one transaction, then says so. `touched`: the edits done, undone or redone. */
  function change(photoId: PhotoId, work: (before: History) => readonly Edit[]): HistoryChange {
    const [before, touched] = document.database
      .transaction(() => {
        const { steps, cursor } = history(photoId);
        const edits = work({ photoId, steps, cursor });
        refreshState(photoId);
        return [steps, edits] as const;
      })
      .immediate();
    const changed = historyChange(before, history(photoId));
    emit({ type: 'history.changed', change: changed });
    if (touched.some(({ kind }) => kind === 'face.add' || kind === 'face.remove'))
      emit({ type: 'faces.changed', photoId });
    photos.announce(photoId);
    return changed;
  }

  return {
    apply: (photoId, edit) =>
      change(photoId, ({ cursor }) => {
        checkEdit(edit, folded(photoId), options.isKnownModel);
        store.dropAfter(photoId, cursor);
        const sequence = cursor + 1;
        const id = editIdSchema.parse(randomUUID());
        store.append({ id, photoId, sequence, edit, madeAt: now().toISOString() });
        photosStore.setHistoryCursor(photoId, sequence);
        return [edit];
      }),
    undo: (photoId, count) =>
      change(photoId, ({ steps, cursor }) => {
        if (cursor === 0) throw new HeirloomError('edit.nothing-to-undo');
        const next = Math.max(0, cursor - count);
        photosStore.setHistoryCursor(photoId, next);
        return steps.slice(next, cursor).map(({ edit }) => edit);
      }),
    redo: (photoId, count) =>
      change(photoId, ({ steps, cursor }) => {
        if (cursor === steps.length) throw new HeirloomError('edit.nothing-to-redo');
        const next = Math.min(steps.length, cursor + count);
        photosStore.setHistoryCursor(photoId, next);
        return steps.slice(cursor, next).map(({ edit }) => edit);
      }),
    jump: (photoId, cursor) =>
      change(photoId, (before) => {
        if (cursor > before.steps.length) throw new HeirloomError('edit.no-such-position');
        photosStore.setHistoryCursor(photoId, cursor);
        const [from, to] = [Math.min(before.cursor, cursor), Math.max(before.cursor, cursor)];
        return before.steps.slice(from, to).map(({ edit }) => edit);
      }),
    replace: (photoId, steps) =>
      change(photoId, (before) => {
        store.dropAfter(photoId, 0);
        for (const step of steps) store.append(step);
        photosStore.setHistoryCursor(photoId, steps.length);
        return [...before.steps, ...steps].map(({ edit }) => edit);
      }),
    history,
    folded,
    foldedAfter: (photoId, steps) =>
      foldEdits(photos.get(photoId).photo, facesStore.listOf(photoId), steps, steps.length),
    foldedAtEach: (photoId) =>
      foldEachEdit(photos.get(photoId).photo, facesStore.listOf(photoId), store.stepsOf(photoId)),
    refreshState,
  };
}

function checkEdit(edit: Edit, state: EditedPhoto, isKnownModel: (id: ModelId) => boolean): void {
  if ('faceId' in edit) {
    const isThere = state.faces.some(({ face }) => face.id === edit.faceId);
    if (edit.kind === 'face.add' && isThere)
      throw new HeirloomError('command.invalid-input', { problem: `faceId ${edit.faceId} is taken` });
    if (edit.kind !== 'face.add' && !isThere) throw new HeirloomError('face.not-found');
  }
  for (const modelId of modelsNamedBy(edit))
    if (modelId !== null && !isKnownModel(modelId)) throw new HeirloomError('model.unknown', { modelId });
}

function modelsNamedBy(edit: Edit): (ModelId | null)[] {
  switch (edit.kind) {
    case 'photo.set-background':
      return [edit.background.upscalerId];
    case 'photo.set-all-faces':
      return [edit.settings.restorerId, edit.settings.paste.upscalerId];
    case 'face.set-upscaler':
      return [edit.upscalerId];
    default:
      return 'modelId' in edit ? [edit.modelId] : [];
  }
}
