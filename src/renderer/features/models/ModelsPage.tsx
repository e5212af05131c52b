// All models by purpose: what they are, what they cost on the disk, under which licence, and their state here.
import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import { IconFileImport, IconPlugConnectedX, IconShieldCheck } from '@tabler/icons-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelPurpose, ModelStatus } from '#shared/domain/model.ts';
import { useModels, useModelsFolder } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { showNotice } from '../../components/show-notice.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import { LicenceDialog } from './LicenceDialog.tsx';
import { ModelRow } from './ModelRow.tsx';
import styles from './Models.module.css';
import { installedModels, purposeOrder } from './model-lookup.ts';
import { type PendingAcceptance, useModelImport } from './use-model-import.ts';

export function ModelsPage(): ReactNode {
  const { t } = useTranslation();
  const { data: models } = useModels();
  const { importModel, isImporting, pending, accept, decline } = useModelImport();
  const isOnline = useIsOnline();
  const verify = useCommand('models.verify', (statuses) => {
    if (statuses.every(({ state }) => state !== 'damaged')) {
      showNotice({ kind: 'success', message: t('models.verified') });
    }
  });
  return (
    <div className={styles['page']}>
      <div className={styles['column']}>
        <header className={styles['heading']}>
          <div>
            <h1>{t('models.title')}</h1>
            <p>{t('models.lead')}</p>
            <FolderFacts />
          </div>
          <Group gap="xs">
            <Button
              variant="default"
              title={t('models.importHint')}
              leftSection={<IconFileImport size={18} aria-hidden />}
              loading={isImporting}
              onClick={importModel}
            >
              {t('models.importFile')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconShieldCheck size={18} aria-hidden />}
              loading={verify.isPending}
              onClick={() => verify.mutate({ modelId: null })}
            >
              {t('models.verifyAll')}
            </Button>
          </Group>
        </header>
        {!isOnline && (
          <Alert
            role="status"
            color="yellow"
            variant="light"
            icon={<IconPlugConnectedX size={20} aria-hidden />}
          >
            {t('models.offline')}
          </Alert>
        )}
        {models === undefined ? (
          <Loader />
        ) : (
          purposeOrder.map((purpose) => <PurposeGroup key={purpose} purpose={purpose} models={models} />)
        )}
      </div>
      <ImportAcceptance models={models} pending={pending} onAccept={accept} onClose={decline} />
    </div>
  );
}

function PurposeGroup(props: { purpose: ModelPurpose; models: readonly ModelStatus[] }): ReactNode {
  const { t } = useTranslation();
  const { purpose, models } = props;
  const ofPurpose = models
    .filter(({ entry }) => entry.purpose === purpose)
    .toSorted((a, b) => b.entry.rank - a.entry.rank || a.entry.name.localeCompare(b.entry.name));
  const inUse = installedModels(models, purpose)[0]?.entry.id;
  if (ofPurpose.length === 0) return null;
  const headingId = `purpose-${purpose}`;
  return (
    <section className={styles['group']} aria-labelledby={headingId}>
      <h2 id={headingId}>{t(`models.purposes.${purpose}`)}</h2>
      <p>{t(`models.purposeHints.${purpose}`)}</p>
      <ul>
        {ofPurpose.map((status) => (
          <ModelRow key={status.entry.id} status={status} isInUse={status.entry.id === inUse} />
        ))}
      </ul>
    </section>
  );
}

/** The file is a known model whose terms have to be accepted first. */
function ImportAcceptance(props: {
  models: readonly ModelStatus[] | undefined;
  pending: PendingAcceptance | null;
  onAccept: () => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { pending } = props;
  const licence = props.models?.find(({ entry }) => entry.name === pending?.name)?.entry.licence;
  return (
    <LicenceDialog
      name={pending?.name ?? ''}
      licence={pending?.licence ?? ''}
      url={licence?.url ?? null}
      isNonCommercial={licence?.isNonCommercial ?? false}
      isUnverified={licence?.isUnverified ?? false}
      confirmLabel={t('models.accept.confirmImport')}
      isOpen={pending !== null}
      onAccept={props.onAccept}
      onClose={props.onClose}
    />
  );
}

function FolderFacts(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: folder } = useModelsFolder();
  if (folder === undefined) return null;
  return (
    <Text size="xs" c="dimmed" className={styles['folder']}>
      {t('models.folder')}: {folder.path} · {t('models.used', { size: formats.bytes(folder.usedBytes) })}
      {folder.freeBytes !== null && ` · ${t('models.free', { size: formats.bytes(folder.freeBytes) })}`}
    </Text>
  );
}

function useIsOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed);
      window.addEventListener('offline', changed);
      return () => {
        window.removeEventListener('online', changed);
        window.removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
}
