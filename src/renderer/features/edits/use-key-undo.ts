// Undo and redo by key: a key that is held down presses faster than main answers, so presses on the way are counted.
import { MutationObserver, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { PhotoId } from '#shared/domain/ids.ts';
import { editsOf } from '../../bridge/edits-kept.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';

type UndoCommand = 'edits.undo' | 'edits.redo';

interface Presses {
  readonly photoId: PhotoId;
  readonly command: UndoCommand;
  count: number;
  isSent: boolean;
}

/** Steps of a photo taken back or made again, in the queue of its edits: none overtakes the edit before it. */
export function useKeyUndo(photoId: PhotoId | null): (command: UndoCommand) => void {
  const client = useStudioClient();
  const waiting = useRef<Presses | null>(null);
  const cache = useQueryClient();
  return (command) => {
    if (photoId === null) return;
    const last = waiting.current;
    if (last !== null && !last.isSent && last.command === command && last.photoId === photoId) {
      last.count += 1;
      return;
    }
    waiting.current = { photoId, command, count: 1, isSent: false };
    // Not by a hook: the whole window would be drawn again at the beginning and at the end of each.
    void new MutationObserver(cache, {
      mutationKey: editsOf(photoId),
      scope: { id: `edits of ${photoId}` },
      async mutationFn(presses: Presses) {
        presses.isSent = true;
        const { command, count } = presses;
        // An empty history answers with an error; a key that finds nothing to do stays silent.
        await client.invoke(command, { photoId: presses.photoId, count }).catch(() => undefined);
      },
    }).mutate(waiting.current);
  };
}
