// The people found, in the order of their first appearance; one is open at a time. Says who is who when somebody corrects it.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ClipTrack } from '#shared/domain/clip.ts';
import { adoptedBy, type ClipPerson, newPersonId } from '#shared/domain/clip-people.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useModels } from '../../../bridge/use-answers.ts';
import { hasFidelity, restorerOf } from '../../models/model-lookup.ts';
import type { PairedPlayback } from '../player/paired-playback.ts';
import { durationOf, frameAt, frameRateOf, middleOfFrame } from '../player/time-code.ts';
import { useClipEdits } from '../use-clip-edits.ts';
import { useEditedClip } from '../use-clips.ts';
import styles from './ClipPanel.module.css';
import { nextScene } from './next-scene.ts';
import { PersonRow } from './PersonRow.tsx';

interface Props {
  readonly clip: Clip;
  readonly people: readonly ClipPerson[];
  readonly playback: PairedPlayback;
  readonly isReadOnly: boolean;
}

export function PeopleList({ clip, people, playback, isReadOnly }: Props): ReactNode {
  const { data: models } = useModels();
  const { restorerId, options } = useEditedClip(clip.id);
  const { apply } = useClipEdits(clip.id);
  const [openId, setOpenId] = useState<number | null>(null);
  const list = useRef<HTMLUListElement | null>(null);
  const personToFocus = useRef<number | null>(null);
  const restorer = restorerOf(models, restorerId);
  const rate = frameRateOf(clip.facts);

  // The menu that was used goes with its scene, and would take the focus with it.
  useEffect(() => {
    const personId = personToFocus.current;
    if (personId === null || !people.some((person) => person.personId === personId)) return;
    personToFocus.current = null;
    list.current?.querySelector<HTMLButtonElement>(`[data-person="${personId}"] button`)?.focus();
  }, [people]);

  const jump = ({ firstSeconds }: ClipTrack): void => {
    playback.pause();
    playback.seek(middleOfFrame(frameAt(firstSeconds, rate), rate));
  };
  const regroup = (from: ClipPerson, tracks: readonly ClipTrack[], to: number | null): void => {
    const personId = to ?? newPersonId(people);
    personToFocus.current = tracks.length < from.tracks.length ? from.personId : personId;
    const trackIds = tracks.map(({ trackId }) => trackId);
    const person = people.find((other) => other.personId === to);
    const adopts = person === undefined ? undefined : adoptedBy(tracks, person, options.tracks);
    apply({ kind: 'person.regroup', trackIds, personId, isNew: to === null, adopts });
  };
  return (
    <ul ref={list} className={styles['people']}>
      {people.map((person) => (
        <PersonRow
          key={person.personId}
          clipId={clip.id}
          person={person}
          others={people.filter((other) => other !== person)}
          choices={options.tracks}
          duration={durationOf(clip.facts)}
          fidelityOfAll={options.fidelity}
          hasFidelity={restorer === null || hasFidelity(restorer)}
          isOpen={openId === person.personId}
          isReadOnly={isReadOnly}
          onToggle={() => setOpenId(openId === person.personId ? null : person.personId)}
          onJump={jump}
          onJumpToNext={() => jump(nextScene(person.tracks, playback.seconds(), rate) ?? person.portrait)}
          onRegroup={(tracks, to) => regroup(person, tracks, to)}
          onEdit={apply}
        />
      ))}
    </ul>
  );
}
