// One model: name, licence, size, state, and what can be done with it now.
import { Anchor, Badge, Progress, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelStatus } from '#shared/domain/model.ts';
import { FailureWords } from '../../components/FailureWords.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import { ModelActions } from './ModelActions.tsx';
import styles from './Models.module.css';

export function ModelRow({ status, isInUse }: { status: ModelStatus; isInUse: boolean }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { entry, state, error } = status;
  const facts = [
    entry.byteSize === null ? t('models.sizeUnknown') : formats.bytes(entry.byteSize),
    ...(entry.precision === 'fp32' ? [] : [entry.precision]),
  ];
  const isCheckpoint = entry.container === 'pth';
  return (
    <li className={styles['row']}>
      <div className={styles['rowMain']}>
        <div className={styles['about']}>
          <div className={styles['nameLine']}>
            <h3>{entry.name}</h3>
            {isInUse && <Badge variant="light">{t('models.default')}</Badge>}
            {entry.licence.isNonCommercial && (
              <Badge variant="outline" className={styles['warning'] ?? ''}>
                {t('models.nonCommercial')}
              </Badge>
            )}
            {entry.licence.isUnverified && (
              <Badge variant="outline" className={styles['warning'] ?? ''}>
                {t('models.unverifiedLicence')}
              </Badge>
            )}
          </div>
          <Text size="sm" c="dimmed" component="p" m={0}>
            {facts.join(' · ')} · <Licence status={status} />
          </Text>
          {isCheckpoint && state !== 'installed' && (
            <Text size="xs" c="dimmed" component="p" m={0}>
              {t('models.conversionHint')}
            </Text>
          )}
        </div>
        <div className={styles['state']}>
          <Text size="sm" component="span" className={styles['stateWords']} data-state={state}>
            {entry.isBundled ? t('models.bundled') : t(`models.states.${state}`)}
          </Text>
          <ModelActions status={status} />
        </div>
      </div>
      {(state === 'downloading' || state === 'verifying') && <Transfer status={status} />}
      {state === 'converting' && <Conversion status={status} />}
      {error !== null && (
        <div role="alert">
          <FailureWords error={error} />
        </div>
      )}
    </li>
  );
}

function Licence({ status }: { status: ModelStatus }): ReactNode {
  const { t } = useTranslation();
  const { licence, name } = status.entry;
  if (licence.url === null) return licence.name;
  return (
    <Anchor
      href={licence.url}
      target="_blank"
      rel="noreferrer"
      size="sm"
      underline="always"
      aria-label={`${licence.name}: ${t('models.readLicence', { name })}`}
    >
      {licence.name}
    </Anchor>
  );
}

function Conversion({ status }: { status: ModelStatus }): ReactNode {
  const { t } = useTranslation();
  const { entry, receivedBytes } = status;
  const percent = entry.byteSize === null ? null : Math.floor((receivedBytes / entry.byteSize) * 100);
  const words = percent === null ? t('models.states.converting') : t('models.convertedShare', { percent });
  return (
    <div className={styles['transfer']}>
      <Progress.Root size="md" radius="xl">
        <Progress.Section
          value={percent ?? 100}
          color="verdigris"
          animated
          aria-label={t('models.conversionOf', { name: entry.name })}
          aria-valuetext={words}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed">
        {words}
      </Text>
    </div>
  );
}

function Transfer({ status }: { status: ModelStatus }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { entry, receivedBytes, bytesPerSecond, etaSeconds, state } = status;
  const words: string[] = [];
  if (entry.byteSize !== null) {
    words.push(
      t('models.received', { received: formats.bytes(receivedBytes), total: formats.bytes(entry.byteSize) }),
    );
  }
  if (bytesPerSecond !== null && state === 'downloading') {
    words.push(t('models.rate', { rate: formats.bytes(bytesPerSecond) }));
  }
  if (etaSeconds !== null && etaSeconds >= 1 && state === 'downloading') {
    words.push(t('restore.remaining', { duration: formats.duration(etaSeconds) }));
  }
  return (
    <div className={styles['transfer']}>
      <Progress.Root size="md" radius="xl">
        <Progress.Section
          value={entry.byteSize === null ? 100 : (receivedBytes / entry.byteSize) * 100}
          color="verdigris"
          animated
          aria-label={t('models.progressOf', { name: entry.name })}
          aria-valuetext={words.join(', ')}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed">
        {words.join(' · ')}
      </Text>
    </div>
  );
}
