// What leaves this computer (nothing but asking for models), what is kept where, and news when long work ends.
import { Button, Switch, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '#shared/domain/settings.ts';
import { useProject } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { mayNotify } from '../jobs/DoneNotifications.tsx';
import { useProjectActions } from '../projects/use-project-actions.ts';
import styles from './Settings.module.css';

export function PrivacySettings(): ReactNode {
  const { t } = useTranslation();
  const { data: project } = useProject();
  const { compact } = useProjectActions();
  return (
    <section className={styles['section']}>
      <h3>{t('settings.privacy')}</h3>
      <Text size="sm">{t('settings.privacyWords')}</Text>
      <Text size="sm">{t('settings.cacheWords')}</Text>
      {project !== null && project !== undefined && (
        <div>
          <Button size="compact-sm" variant="default" disabled={project.isReadOnly} onClick={compact}>
            {t('settings.clearCaches', { name: project.name })}
          </Button>
        </div>
      )}
    </section>
  );
}

export function NotificationSettings({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation();
  const change = useCommand('settings.change');
  const [isRefused, setRefused] = useState(false);
  const isOn = settings.notifiesWhenDone && mayNotify();
  const turn = async (wanted: boolean): Promise<void> => {
    const answer =
      wanted && typeof Notification !== 'undefined' ? await Notification.requestPermission() : 'denied';
    setRefused(wanted && answer !== 'granted');
    change.mutate({ notifiesWhenDone: wanted && answer === 'granted' });
  };
  return (
    <section className={styles['section']}>
      <h3>{t('settings.notifications')}</h3>
      <Switch
        label={t('settings.notifyWhenDone')}
        description={isRefused ? t('settings.notificationsRefused') : t('settings.notifyHint')}
        checked={isOn}
        onChange={(event) => void turn(event.currentTarget.checked)}
      />
    </section>
  );
}
