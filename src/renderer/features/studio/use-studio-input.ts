// Keys, menu items and files handed over by the system, turned into actions.
import { useEffect, useEffectEvent } from 'react';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useEvent } from '../../bridge/use-event.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { useImport } from '../import/use-import.ts';
import { useProjectActions } from '../projects/use-project-actions.ts';
import { isTyping } from '../shortcuts/is-typing.ts';
import { isApplePlatform } from '../shortcuts/key-words.ts';
import { matchShortcut } from '../shortcuts/match-shortcut.ts';
import { useStudioState } from './studio-state.tsx';
import { useStudioActions } from './use-studio-actions.ts';

export function useStudioInput(): void {
  const client = useStudioClient();
  const act = useStudioActions();
  const { dialog } = useStudioState();
  const { importPaths } = useImport();
  const { openAt } = useProjectActions();

  const takeOpened = useEffectEvent((paths: readonly string[]) => {
    const documents = paths.filter((path) => path.toLowerCase().endsWith('.heirloom'));
    const photos = paths.filter((path) => !documents.includes(path));
    const [document] = documents;
    if (document !== undefined) openAt(document);
    importPaths(photos);
  });
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (dialog !== null || event.defaultPrevented) return;
    const action = matchShortcut(event, isApplePlatform(), isTyping(event));
    if (action === null) return;
    // Handled here: the native menu must not do it a second time.
    event.preventDefault();
    act(action);
  });

  useEvent('menu.chosen', ({ item }) => act(item));
  useEvent('paths.opened', ({ paths }) => takeOpened(paths));
  useEffect(() => {
    client.invoke('app.take-opened-paths', {}).then((paths) => takeOpened(paths), reportFailure);
  }, [client]);
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
