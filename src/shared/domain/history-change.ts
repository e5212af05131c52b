// What a change of a history says on its way: a step of a thousand is told without the other 999.
import { z } from 'zod';
import { type History, type HistoryStep, historyStepSchema } from './edit.ts';
import { editIdSchema, photoIdSchema } from './ids.ts';

/** The first `keptCount` steps stayed, `newSteps` follow them in place of all others, and the cursor is now here. */
export const historyChangeSchema = z.object({
  photoId: photoIdSchema,
  keptCount: z.int().nonnegative(),
  /** Of the last step that stayed, so that a history which is not the one changed can tell. */
  lastKeptId: editIdSchema.nullable(),
  newSteps: z.array(historyStepSchema),
  cursor: z.int().nonnegative(),
});
export type HistoryChange = z.infer<typeof historyChangeSchema>;

/** How the steps before became the history after. */
export function historyChange(before: readonly HistoryStep[], after: History): HistoryChange {
  const { photoId, steps, cursor } = after;
  const differsAt = steps.findIndex((step, index) => step.id !== before[index]?.id);
  const keptCount = differsAt === -1 ? steps.length : differsAt;
  return {
    photoId,
    keptCount,
    lastKeptId: steps[keptCount - 1]?.id ?? null,
    newSteps: steps.slice(keptCount),
    cursor,
  };
}

/** The history after a change, its list of steps the same one where no step changed; null when the change is of another history. */
export function changedHistory(before: History, change: HistoryChange): History | null {
  const { keptCount, lastKeptId, newSteps, cursor } = change;
  if ((before.steps[keptCount - 1]?.id ?? null) !== lastKeptId) return null;
  const isSame = keptCount === before.steps.length && newSteps.length === 0;
  const steps = isSame ? before.steps : [...before.steps.slice(0, keptCount), ...newSteps];
  return { ...before, steps, cursor };
}
