// Lets photos and folders be dropped anywhere in the window, or pasted, and shows where they will go.
import { IconPhotoPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { reportFailure } from '../../components/report-failure.tsx';
import styles from './DropOverlay.module.css';
import { droppedFiles } from './dropped-files.ts';
import { useImport } from './use-import.ts';

export function DropOverlay(): ReactNode {
  const { t } = useTranslation();
  const client = useStudioClient();
  const { importFiles } = useImport();
  const [isOver, setIsOver] = useState(false);
  const onDrop = useEffectEvent((event: DragEvent) => {
    setIsOver(false);
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) take(event.dataTransfer);
  });
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    if (event.clipboardData === null || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    take(event.clipboardData);
  });
  const take = (transfer: DataTransfer): void => {
    droppedFiles(transfer, client.host === 'electron').then(importFiles, reportFailure);
  };

  useEffect(() => {
    const onDragOver = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setIsOver(true);
    };
    // relatedTarget is null only when the pointer leaves the window.
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent): void => onDrop(event);
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    const paste = (event: ClipboardEvent): void => onPaste(event);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, []);

  if (!isOver) return null;
  return (
    <div className={styles['overlay']}>
      <div className={styles['target']}>
        <IconPhotoPlus size={44} stroke={1.4} aria-hidden />
        {t('dropping.release')}
      </div>
    </div>
  );
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
