// The panel's part about places that stay as they were: opens the brush, says how much is kept.
import { Button, Text } from '@mantine/core';
import { IconBrush } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photo } from '#shared/domain/photo.ts';
import { PanelSection } from '../../components/PanelSection.tsx';
import { useEditedPhoto } from '../edits/use-edited-photo.ts';

interface Props {
  readonly photo: Photo;
  readonly isReadOnly: boolean;
  readonly onPaint: () => void;
}

export function KeepOriginalSection({ photo, isReadOnly, onPaint }: Props): ReactNode {
  const { t } = useTranslation();
  const strokes = useEditedPhoto(photo).keptStrokes ?? [];
  return (
    <PanelSection title={t('painting.title')}>
      <Text size="sm" c="dimmed">
        {strokes.length === 0 ? t('painting.explained') : t('painting.kept', { count: strokes.length })}
      </Text>
      <Button
        variant="default"
        leftSection={<IconBrush size={18} aria-hidden />}
        disabled={isReadOnly}
        onClick={onPaint}
      >
        {t('painting.open')}
      </Button>
    </PanelSection>
  );
}
