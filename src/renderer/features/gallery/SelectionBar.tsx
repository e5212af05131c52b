// What can be done with the selected photos: a preset into the queue, open, remove.
import { Button, NativeSelect } from '@mantine/core';
import { IconFileExport, IconSparkles, IconTrash, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { IconAction } from '../../components/IconAction.tsx';
import { useStudioState } from '../studio/studio-state.tsx';
import styles from './Gallery.module.css';
import { type PresetName, presetNames } from './presets.ts';
import { emptySelection } from './selection.ts';
import { useBatch } from './use-batch.ts';

interface Props {
  readonly chosen: readonly Photo[];
  readonly isReadOnly: boolean;
  readonly onOpen: (photoId: PhotoId) => void;
  readonly onRemove: () => void;
}

export function SelectionBar({ chosen, isReadOnly, onOpen, onRemove }: Props): ReactNode {
  const { t } = useTranslation('gallery');
  const { setSelection, openDialog } = useStudioState();
  const [preset, setPreset] = useState<PresetName>('own');
  const batch = useBatch();
  const [first] = chosen;
  return (
    <section className={styles['selection']} aria-label={t('selection')}>
      <IconAction label={t('clear')} onClick={() => setSelection(emptySelection)}>
        <IconX size={18} aria-hidden />
      </IconAction>
      <p className={styles['selectionCount']} role="status">
        {t('selected', { count: chosen.length })}
      </p>
      {chosen.length === 1 && first !== undefined && (
        <Button variant="default" onClick={() => onOpen(first.id)}>
          {t('open')}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconTrash size={18} aria-hidden />}
        aria-label={t('remove')}
        disabled={isReadOnly}
        onClick={onRemove}
      >
        <span className="wideOnly">{t('remove')}</span>
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileExport size={18} aria-hidden />}
        aria-label={t('export')}
        disabled={isReadOnly}
        onClick={() => openDialog('export-selection')}
      >
        <span className="wideOnly">{t('export')}</span>
      </Button>
      <NativeSelect
        className={styles['preset'] ?? ''}
        aria-label={t('preset')}
        value={preset}
        data={presetNames.map((name) => ({ value: name, label: t(`presets.${name}`) }))}
        onChange={({ currentTarget: { value } }) =>
          setPreset(presetNames.find((name) => name === value) ?? 'own')
        }
      />
      <Button
        leftSection={<IconSparkles size={18} aria-hidden />}
        disabled={isReadOnly}
        loading={batch.isPending}
        onClick={() => batch.start(chosen, preset)}
      >
        {t('restore')}
      </Button>
    </section>
  );
}
