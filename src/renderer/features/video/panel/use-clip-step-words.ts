// A step of a film's history as a sentence in the language of the window.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipTrack } from '#shared/domain/clip.ts';
import type { ClipHistoryStep } from '#shared/domain/clip-edit.ts';
import type { ModelId } from '#shared/domain/ids.ts';
import { useModels } from '../../../bridge/use-answers.ts';
import { useFormats } from '../../../formatting/use-formats.ts';
import { timeCode } from '../player/time-code.ts';
import { scenesOfSteps } from './scenes-of-steps.ts';

/** `steps` are the whole history: what a step about a scene means depends on those before it. */
export function useClipStepWords(
  tracks: readonly ClipTrack[] | null,
  steps: readonly ClipHistoryStep[],
): (step: ClipHistoryStep) => string {
  const { t } = useTranslation(['video', 'history', 'studio']);
  const formats = useFormats();
  const { data: models } = useModels();
  const nameOf = (id: ModelId): string => models?.find(({ entry }) => entry.id === id)?.entry.name ?? id;
  const scenes = useMemo(() => scenesOfSteps(tracks ?? [], steps), [tracks, steps]);
  const sceneOf = (sequence: number): string => {
    const scene = scenes.get(sequence);
    if (scene === undefined) return t('step.scene');
    return t('step.sceneOf', {
      number: formats.whole(scene.personId),
      time: timeCode(scene.firstSeconds),
    });
  };

  return ({ edit, sequence }) => {
    switch (edit.kind) {
      case 'clip.set-range': {
        const { fromSeconds, toSeconds } = edit.range;
        if (fromSeconds === null && toSeconds === null) return t('step.whole');
        if (toSeconds === null) return t('step.rangeFrom', { from: timeCode(fromSeconds ?? 0) });
        if (fromSeconds === null) return t('step.rangeTo', { to: timeCode(toSeconds) });
        return t('step.range', { from: timeCode(fromSeconds), to: timeCode(toSeconds) });
      }
      case 'clip.set-scale':
        return t('history:step.scale', { value: edit.scale });
      case 'clip.set-fidelity':
        return t('history:step.fidelity', { value: formats.decimal(edit.fidelity) });
      case 'clip.set-strength':
        return t('step.strength', { value: formats.percent(edit.strength) });
      case 'clip.set-steadiness':
        return t('step.steadiness', { value: formats.percent(edit.steadiness) });
      case 'clip.set-grain':
        return t('history:step.grain', { value: formats.percent(edit.strength) });
      case 'clip.set-background':
        return edit.upscalerId === null
          ? t('history:step.plainBackground')
          : t('history:step.background', {
              model: nameOf(edit.upscalerId),
              value: formats.percent(edit.strength),
            });
      case 'clip.set-restorer':
        return edit.modelId === null
          ? t('step.bestRestorer')
          : t('history:step.restorer', { model: nameOf(edit.modelId) });
      case 'clip.set-monochrome':
        return t('history:step.monochrome', { mode: t(`studio:picture.monochromeModes.${edit.mode}`) });
      case 'clip.set-deinterlace':
        return edit.deinterlace ? t('step.deinterlace') : t('step.interlaced');
      case 'clip.set-hdr':
        return t('step.hdr', { mode: t(`options.hdrModes.${edit.hdr}`) });
      case 'clip.set-encoding': {
        const { container, codec, quality, encoder } = edit.encoding;
        const parts = [
          t(`file.containers.${container}`),
          t(`file.codecs.${codec}`),
          t(`file.qualities.${quality}`),
          ...(encoder === 'hardware' ? [t('file.hardware')] : []),
        ];
        return t('step.encoding', { parts: parts.join(', ') });
      }
      case 'track.set-enabled':
        return t(edit.enabled ? 'step.sceneOn' : 'step.sceneOff', { scene: sceneOf(sequence) });
      case 'track.set-fidelity':
        return edit.fidelity === null
          ? t('step.sceneAsAll', { scene: sceneOf(sequence) })
          : t('step.sceneFidelity', { scene: sceneOf(sequence), value: formats.decimal(edit.fidelity) });
      case 'person.set-enabled':
        return t(edit.enabled ? 'step.personOn' : 'step.personOff', { number: formats.whole(edit.personId) });
      case 'person.set-fidelity': {
        const number = formats.whole(edit.personId);
        return edit.fidelity === null
          ? t('step.personAsAll', { number })
          : t('step.personFidelity', { number, value: formats.decimal(edit.fidelity) });
      }
      case 'person.regroup': {
        const values = { count: edit.trackIds.length, number: formats.whole(edit.personId) };
        return edit.isNew ? t('step.newPerson', values) : t('step.samePerson', values);
      }
    }
  };
}
