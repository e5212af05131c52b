// A film that was moved or changed outside: said plainly, and found again.
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useApp } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { reportFailure } from '../../components/report-failure.tsx';
import { PathDialog } from '../projects/PathDialog.tsx';
import styles from './Video.module.css';

export function ClipProblem({ clip, isReadOnly }: { clip: Clip; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation('video');
  const client = useStudioClient();
  const { data: app } = useApp();
  const locate = useCommand('clips.locate');
  const [isAsking, setIsAsking] = useState(false);
  const path = clip.location.kind === 'outside' ? clip.location.path : '';
  const locateAt = (chosen: string): void => locate.mutate({ clipId: clip.id, path: chosen });
  const ask = (): void => {
    if (!app?.hasNativeDialogs) {
      setIsAsking(true);
      return;
    }
    client
      .invoke('dialogs.choose', { purpose: 'open-clips' })
      .then(([chosen]) => chosen !== undefined && locateAt(chosen), reportFailure);
  };
  if (clip.problem === null) return null;
  return (
    <div className={styles['missing']} role="alert">
      <IconAlertTriangle size={22} aria-hidden />
      <div>
        <p>
          <strong>{t(`problem.${clip.problem}`, { fileName: clip.fileName })}</strong>
        </p>
        {path !== '' && <p>{path}</p>}
        <p>{t('problem.next')}</p>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        loading={locate.isPending}
        disabled={isReadOnly}
        onClick={ask}
      >
        {t('problem.locate')}
      </Button>
      <PathDialog
        isOpen={isAsking}
        title={t('problem.title')}
        label={t('problem.path')}
        hint={t('problem.hint')}
        action={t('problem.confirm')}
        initialPath={path}
        onClose={() => setIsAsking(false)}
        onChosen={locateAt}
      />
    </div>
  );
}
