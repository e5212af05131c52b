// An opened person: one fidelity for all scenes, and the scenes one by one where there are several.
import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipTrack, TrackChoice } from '#shared/domain/clip.ts';
import type { ClipEdit } from '#shared/domain/clip-edit.ts';
import type { ClipPerson } from '#shared/domain/clip-people.ts';
import type { ClipId } from '#shared/domain/ids.ts';
import { LabelledSlider } from '../../../components/LabelledSlider.tsx';
import { useFormats } from '../../../formatting/use-formats.ts';
import faces from '../../faces/Faces.module.css';
import styles from './ClipPanel.module.css';
import { SceneRow } from './SceneRow.tsx';

export interface PersonSettingsProps {
  readonly clipId: ClipId;
  readonly person: ClipPerson;
  readonly others: readonly ClipPerson[];
  /** Of all people of the film. */
  readonly choices: readonly TrackChoice[];
  readonly fidelityOfAll: number;
  readonly hasFidelity: boolean;
  readonly isReadOnly: boolean;
  readonly onJump: (track: ClipTrack) => void;
  /** `to` null: somebody not listed yet. */
  readonly onRegroup: (tracks: readonly ClipTrack[], to: number | null) => void;
  readonly onEdit: (edit: ClipEdit) => void;
}

export function PersonSettings(props: PersonSettingsProps): ReactNode {
  const { person, fidelityOfAll, isReadOnly, onEdit } = props;
  const { personId, tracks, fidelity } = person;
  const { t } = useTranslation(['video', 'studio']);
  const formats = useFormats();
  const number = formats.whole(personId);
  const setFidelity = (value: number | null): void =>
    onEdit({
      kind: 'person.set-fidelity',
      personId,
      trackIds: tracks.map(({ trackId }) => trackId),
      fidelity: value,
    });
  return (
    <div className={faces['controls']}>
      {props.hasFidelity && (
        <LabelledSlider
          label={t('studio:faces.fidelity')}
          accessibleLabel={t('people.fidelityOf', { number })}
          value={fidelity ?? fidelityOfAll}
          min={0}
          max={1}
          step={0.05}
          lowLabel={t('studio:faces.sharper')}
          highLabel={t('options.faithful')}
          format={formats.decimal}
          disabled={person.enabled === 'none' || isReadOnly}
          onCommit={setFidelity}
        />
      )}
      {props.hasFidelity && fidelity === undefined && (
        <Text size="xs" c="dimmed">
          {t('people.mixedHint')}
        </Text>
      )}
      {props.hasFidelity && fidelity !== null && (
        <Button
          className={styles['start'] ?? ''}
          size="compact-xs"
          variant="subtle"
          color="gray"
          disabled={isReadOnly}
          onClick={() => setFidelity(null)}
        >
          {t('people.asAll')}
        </Button>
      )}
      {tracks.length > 1 && (
        <ul className={styles['scenes']} aria-label={t('people.scenesOf', { number })}>
          {tracks.map((track) => {
            const choice = props.choices.find(({ trackId }) => trackId === track.trackId);
            return (
              <SceneRow
                key={track.trackId}
                clipId={props.clipId}
                personId={personId}
                track={track}
                others={props.others}
                isEnabled={choice?.enabled ?? true}
                fidelity={
                  props.hasFidelity && fidelity === undefined ? (choice?.fidelity ?? fidelityOfAll) : null
                }
                isReadOnly={isReadOnly}
                onJump={() => props.onJump(track)}
                onRegroup={(to) => props.onRegroup([track], to)}
                onEdit={onEdit}
              />
            );
          })}
        </ul>
      )}
    </div>
  );
}
