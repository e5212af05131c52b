// What can be done with a model in its present state; a licence is accepted before a download starts.
import { Button, Group, Menu, Modal, Text } from '@mantine/core';
import { IconDots, IconDownload, IconShieldCheck, IconTransform, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelStatus } from '#shared/domain/model.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { IconAction } from '../../components/IconAction.tsx';
import { showNotice } from '../../components/show-notice.tsx';
import { LicenceDialog } from './LicenceDialog.tsx';

export function ModelActions({ status }: { status: ModelStatus }): ReactNode {
  const { t } = useTranslation();
  const { entry, state } = status;
  const { name } = entry;
  const cancel = useCommand('models.cancel-download');
  if (entry.isBundled) return null;
  if (state === 'queued' || state === 'downloading' || state === 'converting') {
    return (
      <Button
        variant="default"
        size="compact-md"
        aria-label={t(state === 'converting' ? 'models.cancelConversionOf' : 'models.cancelOf', { name })}
        loading={cancel.isPending}
        onClick={() => cancel.mutate({ modelId: entry.id })}
      >
        {t('models.cancel')}
      </Button>
    );
  }
  if (state === 'verifying') return null;
  if (state === 'not-installed') return <Download status={status} />;
  if (state !== 'awaiting-conversion') return <InstalledMenu status={status} />;
  return (
    <Group gap="xs">
      <Convert status={status} />
      <InstalledMenu status={status} />
    </Group>
  );
}

/** The file is here: what a download would do next is left. */
function Convert({ status }: { status: ModelStatus }): ReactNode {
  const { t } = useTranslation();
  const { id, name } = status.entry;
  const download = useCommand('models.download');
  return (
    <Button
      variant="light"
      size="compact-md"
      leftSection={<IconTransform size={16} aria-hidden />}
      aria-label={t('models.convertOf', { name })}
      loading={download.isPending}
      onClick={() => download.mutate({ modelId: id, acceptLicence: false })}
    >
      {t('models.convert')}
    </Button>
  );
}

function Download({ status }: { status: ModelStatus }): ReactNode {
  const { t } = useTranslation();
  const { entry, receivedBytes } = status;
  const { name, licence } = entry;
  const [isAsking, setIsAsking] = useState(false);
  const download = useCommand('models.download');
  if (entry.addresses.length === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t('models.noAddress')}
      </Text>
    );
  }
  const isPartial = receivedBytes > 0;
  const mustAccept = licence.isNonCommercial || licence.isUnverified;
  const start = (acceptLicence: boolean): void => {
    setIsAsking(false);
    download.mutate({ modelId: entry.id, acceptLicence });
  };
  return (
    <>
      <Button
        variant="light"
        size="compact-md"
        leftSection={<IconDownload size={16} aria-hidden />}
        aria-label={isPartial ? t('models.resumeOf', { name }) : t('models.downloadOf', { name })}
        loading={download.isPending}
        onClick={() => (mustAccept ? setIsAsking(true) : start(false))}
      >
        {isPartial ? t('models.resume') : t('models.download')}
      </Button>
      <LicenceDialog
        name={name}
        licence={licence.name}
        url={licence.url}
        isNonCommercial={licence.isNonCommercial}
        isUnverified={licence.isUnverified}
        confirmLabel={t('models.accept.confirm')}
        isOpen={isAsking}
        onAccept={() => start(true)}
        onClose={() => setIsAsking(false)}
      />
    </>
  );
}

function InstalledMenu({ status }: { status: ModelStatus }): ReactNode {
  const { t } = useTranslation();
  const { entry } = status;
  const { name } = entry;
  const [isAsking, setIsAsking] = useState(false);
  const remove = useCommand('models.remove', () => setIsAsking(false));
  const verify = useCommand('models.verify', ([checked]) => {
    if (checked?.state !== 'damaged') {
      showNotice({ kind: 'success', message: t('models.verifiedOne', { name }) });
    }
  });
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <IconAction label={t('models.more', { name })} loading={verify.isPending}>
            <IconDots size={18} aria-hidden />
          </IconAction>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconShieldCheck size={16} aria-hidden />}
            onClick={() => verify.mutate({ modelId: entry.id })}
          >
            {t('models.verify')}
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setIsAsking(true)}>
            {t('models.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={t('models.removeQuestion', { name })}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Text>{t('models.removeHint')}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setIsAsking(false)}>
            {t('app.cancel')}
          </Button>
          <Button loading={remove.isPending} onClick={() => remove.mutate({ modelId: entry.id })}>
            {t('models.remove')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
