// "Open films": the system's own dialog in a desktop window, the browser's file field elsewhere.
import { filmEndings } from '#shared/domain/clip.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useApp } from '../../bridge/use-answers.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { askBrowserForFiles } from '../import/use-open-photos.ts';
import { useClipImport } from './use-clip-import.ts';

/** What the browser's file field offers first; main decides by content. */
const acceptedFilms = ['video/*', ...[...filmEndings, 'gif'].map((ending) => `.${ending}`)].join(',');

export function useOpenClips(): () => void {
  const client = useStudioClient();
  const { data: app } = useApp();
  const { importFilms } = useClipImport();
  return () => {
    if (app?.hasNativeDialogs) {
      client
        .invoke('dialogs.choose', { purpose: 'open-clips' })
        .then((paths) => importFilms({ files: [], paths }), reportFailure);
    } else {
      askBrowserForFiles(acceptedFilms, true, (files) => importFilms({ files, paths: [] }));
    }
  };
}
