// Importing a model file: chosen, handed over, recognised by content. A licence that must be accepted first
// comes back as an error; then the same file is asked for again with the acceptance.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileSource } from '#shared/contract/commands.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { uploadFile } from '../../bridge/upload-file.ts';
import { useApp } from '../../bridge/use-answers.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { showNotice } from '../../components/show-notice.tsx';
import { askBrowserForFiles } from '../import/use-open-photos.ts';

export interface PendingAcceptance {
  readonly name: string;
  readonly licence: string;
  readonly source: FileSource;
}

export function useModelImport() {
  const client = useStudioClient();
  const { t } = useTranslation();
  const { data: app } = useApp();
  const [isImporting, setIsImporting] = useState(false);
  const [pending, setPending] = useState<PendingAcceptance | null>(null);

  const take = async (source: FileSource, acceptLicence: boolean): Promise<void> => {
    try {
      const { entry, state } = await client.invoke('models.import', { source, acceptLicence });
      const words = state === 'installed' ? 'models.imported' : 'models.importedToConvert';
      showNotice({ kind: 'success', message: t(words, { name: entry.name }) });
    } catch (error) {
      if (!(error instanceof HeirloomError) || error.code !== 'model.licence-not-accepted') throw error;
      setPending({
        name: String(error.params['name'] ?? ''),
        licence: String(error.params['licence'] ?? ''),
        source,
      });
    }
  };
  const run = (work: () => Promise<void>): void => {
    setIsImporting(true);
    work()
      .catch(reportFailure)
      .finally(() => setIsImporting(false));
  };

  return {
    isImporting,
    pending,
    importModel() {
      if (app?.hasNativeDialogs) {
        run(async () => {
          const [path] = await client.invoke('dialogs.choose', { purpose: 'import-model' });
          if (path !== undefined) await take({ kind: 'path', path }, false);
        });
        return;
      }
      askBrowserForFiles('.onnx,.pth', false, ([file]) => {
        if (file === undefined) return;
        run(async () => take({ kind: 'upload', uploadId: await uploadFile(file) }, false));
      });
    },
    accept() {
      if (pending === null) return;
      setPending(null);
      run(() => take(pending.source, true));
    },
    decline: () => setPending(null),
  };
}
