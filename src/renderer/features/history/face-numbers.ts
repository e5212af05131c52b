// Which number a face had when a step was made: faces count in the order the panel lists them. Pure.
import type { HistoryStep } from '#shared/domain/edit.ts';
import type { Face } from '#shared/domain/face.ts';
import type { EditId, FaceId } from '#shared/domain/ids.ts';

/** Number from 1 for every step that names a face which was there. One pass, however long the history. */
export function faceNumbers(
  faces: readonly Face[],
  steps: readonly HistoryStep[],
): ReadonlyMap<EditId, number> {
  let present: FaceId[] = faces.map(({ id }) => id);
  const numbers = new Map<EditId, number>();
  for (const { id, edit } of steps) {
    if (!('faceId' in edit)) continue;
    if (edit.kind === 'face.add') present = [...present.filter((each) => each !== edit.faceId), edit.faceId];
    const index = present.indexOf(edit.faceId);
    if (index >= 0) numbers.set(id, index + 1);
    if (edit.kind === 'face.remove') present = present.filter((each) => each !== edit.faceId);
  }
  return numbers;
}
