// The terms of a model, to be accepted before it comes onto the computer.
import { Anchor, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly name: string;
  readonly licence: string;
  readonly url: string | null;
  readonly isNonCommercial: boolean;
  readonly isUnverified: boolean;
  readonly confirmLabel: string;
  readonly isOpen: boolean;
  readonly onAccept: () => void;
  readonly onClose: () => void;
}

export function LicenceDialog(props: Props): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={t('models.accept.title', { name: props.name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <LicenceForm {...props} />
    </Modal>
  );
}

/** Its own component, so that the tick is gone when the dialog opens again. */
function LicenceForm(props: Props): ReactNode {
  const { t } = useTranslation();
  const [isAgreed, setIsAgreed] = useState(false);
  return (
    <Stack gap="md">
      <Text>{t('models.accept.terms', { licence: props.licence })}</Text>
      {props.isNonCommercial && <Text fw={600}>{t('models.accept.nonCommercial')}</Text>}
      {props.isUnverified && <Text fw={600}>{t('models.accept.unverified')}</Text>}
      {props.url !== null && (
        <Anchor href={props.url} target="_blank" rel="noreferrer" underline="always">
          {t('models.accept.read')}
        </Anchor>
      )}
      <Checkbox
        label={t('models.accept.agree')}
        checked={isAgreed}
        onChange={(event) => setIsAgreed(event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={props.onClose}>
          {t('app.cancel')}
        </Button>
        <Button disabled={!isAgreed} onClick={props.onAccept}>
          {props.confirmLabel}
        </Button>
      </Group>
    </Stack>
  );
}
