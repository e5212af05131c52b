// "Open photos": the system's own dialog in a desktop window, the browser's file field elsewhere.
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useApp } from '../../bridge/use-answers.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { picturesOfFolder } from './dropped-files.ts';
import { useImport } from './use-import.ts';

/** What the browser's file field offers first; main decides by content. */
export const acceptedPhotoFiles =
  'image/jpeg,image/png,image/tiff,image/webp,image/avif,image/gif,image/bmp,.jpg,.jpeg,.png,.tif,.tiff,.webp,.avif,.gif,.bmp,.heic';

export function useOpenPhotos(): () => void {
  const client = useStudioClient();
  const { data: app } = useApp();
  const { importFiles, importPaths } = useImport();
  return () => {
    if (app?.hasNativeDialogs) {
      client.invoke('dialogs.choose', { purpose: 'open-photos' }).then(importPaths, reportFailure);
    } else {
      askBrowserForFiles(acceptedPhotoFiles, true, importFiles);
    }
  };
}

/** "Choose a folder": with everything below it. */
export function useOpenFolder(): () => void {
  const client = useStudioClient();
  const { data: app } = useApp();
  const { importFiles, importPaths } = useImport();
  return () => {
    if (app?.hasNativeDialogs) {
      client.invoke('dialogs.choose', { purpose: 'open-folder' }).then(importPaths, reportFailure);
    } else {
      askBrowserForFiles('', true, (files) => importFiles(picturesOfFolder(files)), true);
    }
  };
}

/** Opens the browser's file dialog; nothing happens when it is cancelled. */
export function askBrowserForFiles(
  accept: string,
  isMultiple: boolean,
  onChosen: (files: readonly File[]) => void,
  isFolder = false,
): void {
  const field = document.createElement('input');
  field.type = 'file';
  field.accept = accept;
  field.multiple = isMultiple;
  field.webkitdirectory = isFolder;
  field.hidden = true;
  const finish = (): void => field.remove();
  field.addEventListener('change', () => {
    onChosen([...(field.files ?? [])]);
    finish();
  });
  field.addEventListener('cancel', finish);
  // In the document, so that it outlives garbage collection while the dialog is open.
  document.body.append(field);
  field.click();
}
