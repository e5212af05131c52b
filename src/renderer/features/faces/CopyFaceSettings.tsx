// One face's settings for the other faces of the photo, or, after saying what will happen, for all photos.
import { Button, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '#shared/domain/edit.ts';
import { plainPaste } from '#shared/domain/face-paste.ts';
import { usePhotos } from '../../bridge/use-answers.ts';
import { useBatch } from '../gallery/use-batch.ts';
import type { FaceState } from './face-states.ts';

interface Props {
  readonly state: FaceState;
  readonly isReadOnly: boolean;
  readonly onEdit: (edit: Edit) => void;
}

export function CopyFaceSettings({ state, isReadOnly, onEdit }: Props): ReactNode {
  const { t } = useTranslation(['faces', 'studio']);
  const { data: photos = [] } = usePhotos();
  const batch = useBatch();
  const [isAsking, setAsking] = useState(false);
  const edit = copyingEdit(state);
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        disabled={isReadOnly}
        onClick={() => onEdit(edit)}
      >
        {t('copy.toFaces')}
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        disabled={isReadOnly}
        onClick={() => setAsking(true)}
      >
        {t('copy.toPhotos')}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        closeButtonProps={{ 'aria-label': t('studio:app.close') }}
        title={t('copy.title', { number: state.number })}
      >
        <Text size="sm">{t('copy.what', { count: photos.length })}</Text>
        <Text size="sm" mt="xs">
          {t('copy.after')}
        </Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('studio:app.cancel')}
          </Button>
          <Button
            loading={batch.isPending}
            onClick={() => {
              setAsking(false);
              batch.startWith(photos, [edit]);
            }}
          >
            {t('copy.start', { count: photos.length })}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

/** The settings as they are seen: a fidelity that follows the photo is copied as the number it has here. */
function copyingEdit({ fidelity, strength, edited }: FaceState): Edit {
  const { restorerId, paste = plainPaste } = edited;
  return { kind: 'photo.set-all-faces', settings: { fidelity, strength, restorerId, paste } };
}
