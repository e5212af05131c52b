// What can be set for one face: how it looks now, what was seen of it, fidelity by slider or by eye, strength, the rest.
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '#shared/domain/edit.ts';
import type { Photo } from '#shared/domain/photo.ts';
import type { Result } from '#shared/domain/result.ts';
import { LabelledSlider } from '../../components/LabelledSlider.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import { PaintFaceSettings } from '../painting/PaintFaceSettings.tsx';
import { CopyFaceSettings } from './CopyFaceSettings.tsx';
import { FaceAdviceWords } from './FaceAdviceWords.tsx';
import { FaceLooks } from './FaceLooks.tsx';
import { FacePasteSettings } from './FacePasteSettings.tsx';
import styles from './Faces.module.css';
import { FidelityStrip } from './FidelityStrip.tsx';
import type { FaceState } from './face-states.ts';
import { useLiveFaces } from './LiveFacesProvider.tsx';
import { useExactRefresh } from './use-exact-refresh.ts';

export interface FaceSettingsProps {
  readonly photo: Photo;
  readonly state: FaceState;
  readonly result: Result | null;
  readonly isReadOnly: boolean;
  readonly restorerName: string;
  /** What a face without a restorer of its own is restored with. */
  readonly photoRestorerName: string;
  /** Whether the restorer in use can be told how faithful to be. */
  readonly hasFidelity: boolean;
  readonly onEdit: (edit: Edit) => void;
}

export function FaceSettings(props: FaceSettingsProps): ReactNode {
  const { photo, state, isReadOnly, hasFidelity, onEdit } = props;
  const { t } = useTranslation(['studio', 'faces']);
  const formats = useFormats();
  const { face, number, isEnabled } = state;
  const refresh = useExactRefresh(photo);
  const [isStripOpen, setStripOpen] = useState(false);
  const [isPasteOpen, setPasteOpen] = useState(false);
  const [isPaintOpen, setPaintOpen] = useState(false);
  const live = useLiveFaces();
  const isFixed = !isEnabled || isReadOnly;
  const change = (edit: Edit): void => void refresh(edit);
  const setFidelity = (fidelity: number): void => {
    live.settle();
    void refresh({ kind: 'face.set-fidelity', faceId: face.id, fidelity });
  };
  return (
    <div className={styles['controls']}>
      <FaceLooks photo={photo} edited={state.edited} result={props.result} />
      <FaceAdviceWords state={state} hasFidelity={hasFidelity} isReadOnly={isReadOnly} onEdit={change} />
      {hasFidelity && (
        <LabelledSlider
          label={t('faces.fidelity')}
          accessibleLabel={t('faces.fidelityOf', { number })}
          value={state.fidelity}
          min={0}
          max={1}
          step={0.05}
          lowLabel={t('faces.sharper')}
          highLabel={t('faces.faithful')}
          format={formats.decimal}
          disabled={isFixed}
          onIntent={() => live.prepare([face.id])}
          onDraft={(fidelity) => live.show([face.id], fidelity)}
          onUnchanged={live.hide}
          onCommit={setFidelity}
        />
      )}
      <Button
        size="compact-sm"
        variant="default"
        aria-expanded={isStripOpen}
        disabled={isFixed}
        onClick={() => setStripOpen(!isStripOpen)}
      >
        {isStripOpen ? t('faces:strip.close') : t('faces:strip.open')}
      </Button>
      {isStripOpen && !isFixed && (
        <FidelityStrip
          photo={photo}
          state={state}
          restorerName={props.restorerName}
          isReadOnly={isReadOnly}
          onChoose={setFidelity}
        />
      )}
      <LabelledSlider
        label={t('faces.strength')}
        accessibleLabel={t('faces.strengthOf', { number })}
        value={state.strength}
        min={0}
        max={1}
        step={0.05}
        lowLabel={t('faces.strengthLow')}
        highLabel={t('faces.strengthHigh')}
        format={formats.percent}
        disabled={isFixed}
        onCommit={(strength) => change({ kind: 'face.set-strength', faceId: face.id, strength })}
      />
      <Button
        size="compact-sm"
        variant="default"
        aria-expanded={isPasteOpen}
        onClick={() => setPasteOpen(!isPasteOpen)}
      >
        {isPasteOpen ? t('faces:paste.close') : t('faces:paste.open')}
      </Button>
      {isPasteOpen && (
        <FacePasteSettings
          state={state}
          photoRestorerName={props.photoRestorerName}
          isFixed={isFixed}
          onEdit={change}
        />
      )}
      <Button
        size="compact-sm"
        variant="default"
        aria-expanded={isPaintOpen}
        onClick={() => setPaintOpen(!isPaintOpen)}
      >
        {isPaintOpen ? t('faces:paint.close') : t('faces:paint.open')}
      </Button>
      {isPaintOpen && (
        <PaintFaceSettings
          state={state}
          isFixed={isFixed}
          hasResult={props.result !== null}
          onEdit={change}
        />
      )}
      <div className={styles['more']}>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          disabled={isReadOnly}
          onClick={() => change({ kind: 'face.reset', faceId: face.id })}
        >
          {t('faces:reset')}
        </Button>
        <CopyFaceSettings state={state} isReadOnly={isReadOnly} onEdit={change} />
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          disabled={isReadOnly}
          onClick={() => onEdit({ kind: 'face.remove', faceId: face.id })}
        >
          {t('faces.notAFace')}
        </Button>
      </div>
    </div>
  );
}
