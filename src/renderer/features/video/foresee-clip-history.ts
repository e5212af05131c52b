// What a change does to a clip's history, before main has said so. Pure.
import type { ClipEdit, ClipHistory } from '#shared/domain/clip-edit.ts';
import { editIdSchema } from '#shared/domain/ids.ts';

export type ClipChange =
  | { readonly kind: 'apply'; readonly edit: ClipEdit }
  | { readonly kind: 'jump'; readonly cursor: number }
  | { readonly kind: 'undo' | 'redo' };

/** The history as main will have it; the id of a new step is main's to give and replaced by its answer. */
export function foreseeClipHistory(history: ClipHistory, change: ClipChange): ClipHistory {
  const { clipId, steps, cursor } = history;
  switch (change.kind) {
    case 'undo':
      return { ...history, cursor: Math.max(0, cursor - 1) };
    case 'redo':
      return { ...history, cursor: Math.min(steps.length, cursor + 1) };
    case 'jump':
      return { ...history, cursor: Math.min(steps.length, change.cursor) };
    case 'apply': {
      const id = editIdSchema.parse(crypto.randomUUID());
      const step = { id, clipId, sequence: cursor + 1, edit: change.edit, madeAt: new Date().toISOString() };
      return {
        ...history,
        steps: [...steps.filter(({ sequence }) => sequence <= cursor), step],
        cursor: cursor + 1,
      };
    }
  }
}
