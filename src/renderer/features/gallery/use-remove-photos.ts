// Takes photos out of the project; a notice and the undo keys put them back. Originals stay on the disk.
import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '#shared/domain/ids.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { reportFailure } from '../../components/report-failure.tsx';
import { showNotice } from '../../components/show-notice.tsx';
import { isTyping } from '../shortcuts/is-typing.ts';
import { isApplePlatform } from '../shortcuts/key-words.ts';
import { matchShortcut } from '../shortcuts/match-shortcut.ts';

export interface PhotoRemoval {
  remove(photoIds: readonly PhotoId[]): void;
}

export function useRemovePhotos(): PhotoRemoval {
  const client = useStudioClient();
  const { t } = useTranslation('gallery');
  /** Newest last: the undo keys take them back one by one. */
  const removed = useRef<(readonly PhotoId[])[]>([]);

  const putBack = (photoIds: readonly PhotoId[]): void => {
    if (!removed.current.includes(photoIds)) return;
    removed.current = removed.current.filter((other) => other !== photoIds);
    client.invoke('photos.put-back', { photoIds: [...photoIds] }).catch(reportFailure);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const newest = removed.current.at(-1);
    if (newest === undefined || matchShortcut(event, isApplePlatform(), isTyping(event)) !== 'undo') return;
    event.preventDefault();
    putBack(newest);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    // Before the window's own shortcuts: they leave alone what is handled.
    window.addEventListener('keydown', listener, { capture: true });
    return () => window.removeEventListener('keydown', listener, { capture: true });
  }, []);

  return {
    remove(photoIds) {
      if (photoIds.length === 0) return;
      client.invoke('photos.remove', { photoIds: [...photoIds] }).then(() => {
        removed.current = [...removed.current, photoIds];
        showNotice({
          kind: 'information',
          message: t('removed', { count: photoIds.length }),
          action: { label: t('putBack'), run: () => putBack(photoIds) },
        });
      }, reportFailure);
    },
  };
}
