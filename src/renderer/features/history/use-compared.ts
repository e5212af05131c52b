// Which two pictures of a photo are compared: original, current result, any version or step that has a picture.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryPlace } from '#shared/contract/commands.ts';
import type { HistoryStep } from '#shared/domain/edit.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useFaces, useHistory, useLatestResult } from '../../bridge/use-answers.ts';
import type { ComparedSides, Side } from '../../viewer/compared-sides.ts';
import { pictureOfPhoto, pictureOfResult, type StoredPicture } from '../../viewer/viewer-picture.ts';
import { faceNumbers } from './face-numbers.ts';
import { useStepWords } from './use-step-words.ts';
import { useVersions } from './use-versions.ts';

/** Something a side can show. `side` null: it has no picture yet; `place` says how one could be made. */
export interface ComparedChoice {
  readonly value: string;
  readonly label: string;
  readonly kind: 'fixed' | 'version' | 'step';
  readonly side: Side | null;
  readonly place: HistoryPlace | null;
}

export interface Compared {
  readonly sides: ComparedSides;
  readonly choices: readonly ComparedChoice[];
  readonly before: ComparedChoice;
  readonly after: ComparedChoice;
  readonly chooseBefore: (value: string) => void;
  readonly chooseAfter: (value: string) => void;
}

export function useCompared(photo: Photo): Compared {
  const { t } = useTranslation(['studio', 'history']);
  const client = useStudioClient();
  const { data: latest } = useLatestResult(photo.id);
  const { data: history } = useHistory(photo.id);
  const { data: faces } = useFaces(photo.id);
  const { versions } = useVersions(photo.id);
  const wordsOf = useStepWords();
  const steps = history?.steps ?? noSteps;
  const shape = useMemo(() => [...steps, ...versions].map(({ id }) => id).join(), [steps, versions]);
  const { data: rendered } = useQuery({
    queryKey: [...queryKeys.rendered(photo.id), shape],
    queryFn: () => client.invoke('results.list-rendered', { photoId: photo.id }),
    // While a new step's answer is under way, the pictures known before stay choosable.
    placeholderData: (before) => before,
  });
  const [beforeValue, chooseBefore] = useState('original');
  const [afterValue, chooseAfter] = useState('current');

  const original: Side = { picture: pictureOfPhoto(photo), label: t('viewer.original') };
  const current: Side | null =
    latest === null || latest === undefined
      ? null
      : { picture: pictureOfResult(latest.result), label: t('viewer.restored') };
  const first: ComparedChoice = {
    value: 'original',
    label: original.label,
    kind: 'fixed',
    side: original,
    place: null,
  };
  const second: ComparedChoice = {
    value: 'current',
    label: t('viewer.compared.current'),
    kind: 'fixed',
    side: current,
    place: null,
  };
  // Of a history with a thousand steps: made again only when the steps change, not where one stands among them.
  const places = useMemo((): readonly ComparedChoice[] => {
    const numbers = faceNumbers(faces ?? [], steps);
    const pictures = new Map(rendered?.positions.map(({ cursor, picture }) => [cursor, picture]));
    return [
      ...versions.map(({ id, name }): ComparedChoice => {
        const picture = rendered?.versions.find(({ versionId }) => versionId === id)?.picture;
        const place = { kind: 'version', versionId: id } as const;
        return { value: `version ${id}`, label: name, kind: 'version', side: sideOf(picture, name), place };
      }),
      ...[null, ...steps].map((step): ComparedChoice => {
        const cursor = step?.sequence ?? 0;
        const words = step === null ? t('history:start') : wordsOf(step, numbers.get(step.id) ?? null);
        const picture = pictures.get(cursor);
        const label = t('viewer.compared.step', { number: cursor, step: words });
        const place = { kind: 'position', cursor } as const;
        return { value: `step ${cursor}`, label, kind: 'step', side: sideOf(picture, words), place };
      }),
    ];
  }, [t, wordsOf, faces, steps, versions, rendered]);
  const choices = [first, second, ...places];
  const before = choices.find(({ value }) => value === beforeValue) ?? first;
  const after = choices.find(({ value }) => value === afterValue) ?? second;
  return {
    sides: { before: before.side ?? original, after: after.side ?? current },
    choices,
    before,
    after,
    chooseBefore,
    chooseAfter,
  };
}

const noSteps: readonly HistoryStep[] = [];

function sideOf(picture: StoredPicture | null | undefined, label: string): Side | null {
  return picture === null || picture === undefined ? null : { picture: pictureOfResult(picture), label };
}
