// One person of the film: portrait, in which scenes they are seen, on or off in all of them, and who they are; opened,
// a fidelity of their own and each scene.
import { Collapse, Switch, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipTrack } from '#shared/domain/clip.ts';
import { IconAction } from '../../../components/IconAction.tsx';
import { useFormats } from '../../../formatting/use-formats.ts';
import faces from '../../faces/Faces.module.css';
import styles from './ClipPanel.module.css';
import { PersonSettings, type PersonSettingsProps } from './PersonSettings.tsx';
import { SeenLine } from './SeenLine.tsx';
import { TrackPortrait } from './TrackPortrait.tsx';
import { WhoMenu } from './WhoMenu.tsx';

interface Props extends PersonSettingsProps {
  /** Of the whole film, in seconds. */
  readonly duration: number;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onJump: (track: ClipTrack) => void;
  readonly onJumpToNext: () => void;
}

export function PersonRow(props: Props): ReactNode {
  const { clipId, person, others, hasFidelity, isOpen, isReadOnly, onEdit } = props;
  const { personId, tracks, enabled } = person;
  const { t } = useTranslation(['video', 'studio']);
  const formats = useFormats();
  const wordsId = useId();
  const number = formats.whole(personId);
  const canOpen = hasFidelity || tracks.length > 1;
  const isOn = enabled !== 'none';
  const choiceOf = ({ trackId }: ClipTrack) => props.choices.find((choice) => choice.trackId === trackId);
  const onTracks = new Set(tracks.filter((track) => choiceOf(track)?.enabled ?? true));
  return (
    <li
      className={faces['row']}
      data-person={personId}
      data-off={!isOn || undefined}
      data-selected={isOpen || undefined}
    >
      <div className={styles['person']}>
        <TrackPortrait clipId={clipId} track={person.portrait} />
        <Text size="sm" className={faces['name'] ?? ''} id={wordsId}>
          {t('people.person', { number })}
          {stateWords().map((words) => (
            <Fragment key={words}>
              {' · '}
              <span className={styles['unbroken']}>{words}</span>
            </Fragment>
          ))}
        </Text>
        <SeenLine
          person={person}
          onTracks={onTracks}
          duration={props.duration}
          onJumpToNext={props.onJumpToNext}
        />
        <div className={styles['personActions']}>
          <Switch
            size="sm"
            aria-label={t('people.restore', { number })}
            // A switch is on or off; that it is so for some scenes only, the words say.
            aria-describedby={enabled === 'some' ? wordsId : undefined}
            checked={isOn}
            disabled={isReadOnly}
            onChange={(event) =>
              onEdit({
                kind: 'person.set-enabled',
                personId,
                trackIds: tracks.map(({ trackId }) => trackId),
                enabled: event.currentTarget.checked,
              })
            }
          />
          {others.length > 0 && (
            <WhoMenu
              clipId={clipId}
              label={t('people.who', { number })}
              others={others}
              canBeNew={false}
              isReadOnly={isReadOnly}
              onChoose={(to) => props.onRegroup(tracks, to)}
            />
          )}
          {canOpen && (
            <IconAction
              size="md"
              label={t('people.adjust', { number })}
              aria-expanded={isOpen}
              onClick={props.onToggle}
            >
              <IconChevronDown
                size={18}
                className={faces['chevron']}
                data-open={isOpen || undefined}
                aria-hidden
              />
            </IconAction>
          )}
        </div>
      </div>
      {canOpen && <Collapse expanded={isOpen}>{isOpen && <PersonSettings {...props} />}</Collapse>}
    </li>
  );

  function stateWords(): string[] {
    if (!isOn) return [t('studio:faces.off')];
    const some = { on: formats.whole(onTracks.size), all: formats.whole(tracks.length) };
    return [...(enabled === 'some' ? [t('people.someScenes', some)] : []), ...fidelityWords()];
  }

  function fidelityWords(): string[] {
    if (!hasFidelity || person.fidelity === null) return [];
    if (person.fidelity !== undefined) return [formats.decimal(person.fidelity)];
    const all = tracks.map((track) => choiceOf(track)?.fidelity ?? props.fidelityOfAll);
    const [least, most] = [formats.decimal(Math.min(...all)), formats.decimal(Math.max(...all))];
    return [least === most ? least : t('people.between', { least, most })];
  }
}
