// The studio's own settings. Each change counts at once.
import { Modal, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Settings, settingsSchema } from '#shared/domain/settings.ts';
import { useApp, useSettings } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import { DeviceSettings } from './DeviceSettings.tsx';
import { FilmSettings } from './FilmSettings.tsx';
import { NotificationSettings, PrivacySettings } from './PrivacySettings.tsx';
import styles from './Settings.module.css';

export function SettingsDialog(): ReactNode {
  const { t } = useTranslation();
  const { dialog, openDialog } = useStudioState();
  const { data: settings } = useSettings();
  return (
    <Modal
      opened={dialog === 'settings'}
      onClose={() => openDialog(null)}
      title={t('settings.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {settings !== undefined && (
        <Stack gap="xl">
          <Appearance settings={settings} />
          <DeviceSettings settings={settings} />
          <FilmSettings settings={settings} />
          <NotificationSettings settings={settings} />
          <PrivacySettings />
          <About />
        </Stack>
      )}
    </Modal>
  );
}

function Appearance({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation();
  const change = useCommand('settings.change');
  const themeId = useId();
  return (
    <section className={styles['section']}>
      <h3>{t('settings.appearance')}</h3>
      <Select
        label={t('settings.language')}
        value={settings.language}
        data={(['system', 'en', 'zh-CN'] as const).map((language) => ({
          value: language,
          label: t(`settings.languages.${language}`),
        }))}
        onChange={(value) => {
          const language = settingsSchema.shape.language.safeParse(value);
          if (language.success) change.mutate({ language: language.data });
        }}
      />
      <div>
        <Text size="sm" fw={500} mb={4} id={themeId}>
          {t('settings.theme')}
        </Text>
        <SegmentedControl
          fullWidth
          aria-labelledby={themeId}
          value={settings.theme}
          onChange={(theme) => change.mutate({ theme })}
          data={(['system', 'light', 'dark'] as const).map((theme) => ({
            value: theme,
            label: t(`settings.themes.${theme}`),
          }))}
        />
      </div>
    </section>
  );
}

function About(): ReactNode {
  const { t } = useTranslation();
  const { data: app } = useApp();
  if (app === undefined) return null;
  return (
    <Text size="xs" c="dimmed" className={styles['about']}>
      {t('settings.version', { version: app.version })} · {t('settings.dataFolder', { path: app.dataFolder })}
    </Text>
  );
}
