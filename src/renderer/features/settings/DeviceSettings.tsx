// Where the work runs, whether that device can be trusted, and how much memory it may take.
import { Alert, Button, Select, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Settings, settingsSchema } from '#shared/domain/settings.ts';
import { useApp, useEngine } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { useFormats } from '../../formatting/use-formats.ts';
import { devicesOfPlatform } from './devices-of-platform.ts';
import styles from './Settings.module.css';

const memoryBudgetsMb = [1024, 2048, 4096, 8192, 16384] as const;
const automatic = 'auto';

export function DeviceSettings({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: app } = useApp();
  const change = useCommand('settings.change');
  const budgets = new Set<number>(memoryBudgetsMb);
  if (settings.memoryBudgetMb !== null) budgets.add(settings.memoryBudgetMb);
  return (
    <section className={styles['section']}>
      <h3>{t('settings.performance')}</h3>
      <Select
        label={t('settings.device')}
        value={settings.device}
        data={devicesOfPlatform(app?.platform ?? '', settings.device).map((device) => ({
          value: device,
          label: t(`settings.devices.${device}`),
        }))}
        onChange={(value) => {
          const device = settingsSchema.shape.device.safeParse(value);
          if (device.success) change.mutate({ device: device.data });
        }}
      />
      <EngineWords />
      <SelfTest />
      <Select
        label={t('settings.memory')}
        value={settings.memoryBudgetMb === null ? automatic : String(settings.memoryBudgetMb)}
        data={[
          { value: automatic, label: t('settings.memoryAutomatic') },
          ...[...budgets]
            .toSorted((a, b) => a - b)
            .map((megabytes) => ({ value: String(megabytes), label: formats.bytes(megabytes * 1e6) })),
        ]}
        onChange={(value) =>
          change.mutate({ memoryBudgetMb: value === null || value === automatic ? null : Number(value) })
        }
      />
    </section>
  );
}

/** The engine's state in words, and a device that could not be trusted. */
function EngineWords(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: engine } = useEngine();
  if (engine === undefined) return null;
  const { device } = engine;
  const facts = [
    `${t('settings.engine')}: ${t(`settings.engineStates.${engine.state}`)}`,
    ...(device === null
      ? []
      : [t('settings.engineOn', { device: t(`settings.devices.${device.provider}`) })]),
    ...(engine.rssBytes === null
      ? []
      : [t('settings.engineMemory', { size: formats.bytes(engine.rssBytes) })]),
    ...(engine.restarts === 0 ? [] : [t('settings.engineRestarts', { count: engine.restarts })]),
  ];
  return (
    <>
      <Text size="sm" c="dimmed" role="status">
        {facts.join(' · ')}
      </Text>
      {device !== null && device.fellBackFrom !== null && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={20} aria-hidden />}>
          {t('settings.fellBack', {
            wanted: t(`settings.devices.${device.fellBackFrom}`),
            device: t(`settings.devices.${device.provider}`),
          })}
          {device.reason !== null && (
            <details>
              <summary>{t('app.technicalDetails')}</summary>
              {device.reason}
            </details>
          )}
        </Alert>
      )}
    </>
  );
}

function SelfTest(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const test = useCommand('engine.self-test');
  const outcome = test.data;
  return (
    <div className={styles['test']}>
      <Button variant="default" loading={test.isPending} onClick={() => test.mutate({})}>
        {t('settings.selfTest')}
      </Button>
      <Text size="sm" role="status">
        {outcome !== undefined &&
          (outcome.passed
            ? t('settings.selfTestPassed', {
                device: t(`settings.devices.${outcome.provider}`),
                duration: formats.duration(outcome.elapsedMs / 1000),
              })
            : t('settings.selfTestFailed', { device: t(`settings.devices.${outcome.provider}`) }))}
      </Text>
    </div>
  );
}
