// For all faces of a photo at once: take every suggestion, leave small or blurred ones alone.
import { Button, Collapse, Select, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeaveAlone } from '#shared/domain/face-advice.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useFormats } from '../../formatting/use-formats.ts';
import { useEditedPhoto } from '../edits/use-edited-photo.ts';
import styles from './Faces.module.css';
import type { FaceState } from './face-states.ts';
import { suggestionFor, takingEdit } from './face-suggestions.ts';
import { useExactRefresh } from './use-exact-refresh.ts';

interface Props {
  readonly photo: Photo;
  readonly states: readonly FaceState[];
  readonly isReadOnly: boolean;
}

/** Sides of a face's box, from a speck in a crowd to a face in a group, in photo pixels. */
const sizeLimits = [24, 48, 96, 160] as const;
/** Detail left, as the side of a square that would hold it. */
const detailLimits = [40, 64, 128, 256] as const;
const off = 'off';

export function PhotoAdvice({ photo, states, isReadOnly }: Props): ReactNode {
  const { t } = useTranslation('faces');
  const formats = useFormats();
  const refresh = useExactRefresh(photo);
  const { leaveAlone } = useEditedPhoto(photo);
  const [isOpen, setOpen] = useState(leaveAlone !== undefined);
  const isKnown = states.some((state) => suggestionFor(state) !== null);
  const edit = takingEdit(states);
  const limits: LeaveAlone = leaveAlone ?? { smallerThanPx: null, lessDetailThanPx: null };
  const set = (change: Partial<LeaveAlone>): void =>
    void refresh({ kind: 'photo.leave-alone', faces: { ...limits, ...change } });
  const numberOf = (value: string | null): number | null =>
    value === null || value === off ? null : Number(value);
  const choices = (values: readonly number[], key: 'advice.belowPx' | 'advice.detailBelowPx') => [
    { value: off, label: t('advice.off') },
    ...values.map((value) => ({ value: String(value), label: t(key, { value: formats.whole(value) }) })),
  ];
  return (
    <div className={styles['more']}>
      {isKnown &&
        (edit === null ? (
          <Text size="xs" c="dimmed">
            {t('advice.allTaken')}
          </Text>
        ) : (
          <Button size="compact-xs" variant="light" disabled={isReadOnly} onClick={() => void refresh(edit)}>
            {t('advice.takeAll')}
          </Button>
        ))}
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('advice.options')}
      </Button>
      <Collapse expanded={isOpen} className={styles['wide']}>
        <div className={styles['pair']}>
          <Select
            size="xs"
            label={t('advice.leaveSmall')}
            disabled={isReadOnly}
            allowDeselect={false}
            value={String(limits.smallerThanPx ?? off)}
            data={choices(sizeLimits, 'advice.belowPx')}
            onChange={(value) => set({ smallerThanPx: numberOf(value) })}
          />
          <Select
            size="xs"
            label={t('advice.leaveBlurred')}
            disabled={isReadOnly}
            allowDeselect={false}
            value={String(limits.lessDetailThanPx ?? off)}
            data={choices(detailLimits, 'advice.detailBelowPx')}
            onChange={(value) => set({ lessDetailThanPx: numberOf(value) })}
          />
        </div>
      </Collapse>
    </div>
  );
}
