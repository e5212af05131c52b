// A step of the history as a sentence in the language of the window.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryStep } from '#shared/domain/edit.ts';
import type { ModelId } from '#shared/domain/ids.ts';
import { useModels } from '../../bridge/use-answers.ts';
import { useFormats } from '../../formatting/use-formats.ts';

/** `faceNumber`: null for a face that was not there. */
export function useStepWords(): (step: HistoryStep, faceNumber: number | null) => string {
  const { t } = useTranslation(['history', 'studio', 'faces']);
  const formats = useFormats();
  const { data: models } = useModels();

  // The same function while the words are the same: a list of a thousand steps is given it.
  return useCallback(
    ({ edit }: HistoryStep, faceNumber: number | null): string => {
      const nameOf = (id: ModelId): string => models?.find(({ entry }) => entry.id === id)?.entry.name ?? id;
      const number = faceNumber === null ? t('unknownFace') : formats.whole(faceNumber);
      switch (edit.kind) {
        case 'face.set-enabled':
          return edit.enabled ? t('step.enabled', { number }) : t('step.disabled', { number });
        case 'face.set-fidelity':
          return t('step.faceFidelity', { number, value: formats.decimal(edit.fidelity) });
        case 'face.set-strength':
          return t('step.faceStrength', { number, value: formats.percent(edit.strength) });
        case 'face.set-model':
          return edit.modelId === null
            ? t('step.faceModelOfPhoto', { number })
            : t('step.faceModel', { number, model: nameOf(edit.modelId) });
        case 'face.set-mask':
          return t('step.faceMask', { number, mask: t(`faces:paste.masks.${edit.mask}`) });
        case 'face.set-edge':
          return t('step.faceEdge', {
            number,
            expand: formats.whole(edit.expandPx),
            feather: formats.whole(edit.featherPx),
          });
        case 'face.set-upscaler':
          return edit.upscalerId === null
            ? t('step.faceNoUpscaler', { number })
            : t('step.faceUpscaler', { number, model: nameOf(edit.upscalerId) });
        case 'face.set-colour-match':
          return edit.matchesColour
            ? t('step.faceColourMatch', { number })
            : t('step.faceNoColourMatch', { number });
        case 'face.paint':
          return t(`step.facePainted.${edit.layer}.${edit.stroke.mode}`, { number });
        case 'face.clear-painting':
          return t(`step.facePainted.${edit.layer}.clear`, { number });
        case 'face.set-colouring':
          return edit.strength === 0
            ? t('step.faceNoColouring', { number })
            : t('step.faceColouring', { number, value: formats.percent(edit.strength) });
        case 'face.reset':
          return t('step.faceReset', { number });
        case 'photo.set-all-faces':
          return t('step.allFaces');
        case 'photo.use-suggestions':
          return t('step.suggestions', { count: edit.faces.length });
        case 'photo.leave-alone':
          return edit.faces.smallerThanPx === null && edit.faces.lessDetailThanPx === null
            ? t('step.leaveNone')
            : t('step.leaveAlone');
        case 'face.add':
          return t('step.faceAdded', { number });
        case 'face.remove':
          return t('step.faceRemoved', { number });
        case 'photo.set-restorer':
          return t('step.restorer', { model: nameOf(edit.modelId) });
        case 'photo.set-fidelity':
          return t('step.fidelity', { value: formats.decimal(edit.fidelity) });
        case 'photo.set-background': {
          const { upscalerId, strength } = edit.background;
          return upscalerId === null
            ? t('step.plainBackground')
            : t('step.background', { model: nameOf(upscalerId), value: formats.percent(strength) });
        }
        case 'photo.keep-original':
          return t(edit.stroke.mode === 'paint' ? 'step.keepOriginal' : 'step.eraseKept');
        case 'photo.clear-kept':
          return t('step.clearKept');
        case 'photo.set-scale':
          return t('step.scale', { value: edit.scale });
        case 'photo.set-print-size':
          return t('step.printSize', {
            length: formats.decimal(edit.print.longestSideCm),
            density: formats.whole(edit.print.pixelsPerInch),
          });
        case 'photo.set-grain':
          return edit.strength === 0
            ? t('step.noGrain')
            : t('step.grain', { value: formats.percent(edit.strength) });
        case 'photo.set-monochrome':
          return t('step.monochrome', { mode: t(`studio:picture.monochromeModes.${edit.mode}`) });
        default:
          return 'faceId' in edit ? t('step.faceOther', { number }) : t('step.other');
      }
    },
    [t, formats, models],
  );
}
