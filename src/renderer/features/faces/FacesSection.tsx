// The panel's part about faces: which restorer, how faithful, and each face by itself.
import { Anchor, Button, Loader, Select, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditedFace } from '#shared/domain/fold-edits.ts';
import { type FaceId, modelIdSchema } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useJobs, useLatestResult, useModels } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { LabelledSlider } from '../../components/LabelledSlider.tsx';
import { PanelSection } from '../../components/PanelSection.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import { useEditedPhoto } from '../edits/use-edited-photo.ts';
import { useEdits } from '../edits/use-edits.ts';
import { activeJob } from '../jobs/job-lookup.ts';
import { hasFidelity, installedModels, restorerOf } from '../models/model-lookup.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import { FaceRow } from './FaceRow.tsx';
import styles from './Faces.module.css';
import { type FaceState, faceStates } from './face-states.ts';
import { useLiveFaces } from './LiveFacesProvider.tsx';
import { PhotoAdvice } from './PhotoAdvice.tsx';
import { useExactRefresh } from './use-exact-refresh.ts';

interface Props {
  readonly photo: Photo;
  readonly isReadOnly: boolean;
  readonly openFaceId: FaceId | null;
  readonly onOpenFace: (faceId: FaceId | null) => void;
  /** Zooms the picture to a face. */
  readonly onFrameFace: (faceId: FaceId) => void;
  /** Begins to mark a face by hand, over the picture. */
  readonly onMarkFace: () => void;
}

export function FacesSection(props: Props): ReactNode {
  const { t } = useTranslation();
  const { data: jobs } = useJobs();
  const states = faceStates(useEditedPhoto(props.photo));
  const find = useCommand('faces.find');
  const isFinding = activeJob(jobs, props.photo.id, 'find-faces') !== undefined;
  const wasLookedAt = props.photo.facesFoundAt !== null;

  if (isFinding && states.length === 0) {
    return (
      <PanelSection title={t('faces.title')}>
        <div className={styles['spin']} role="status">
          <Loader size="xs" />
          {t('faces.finding')}
        </div>
      </PanelSection>
    );
  }
  const findAgain = (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      loading={find.isPending || isFinding}
      disabled={props.isReadOnly}
      onClick={() => find.mutate({ photoId: props.photo.id })}
    >
      {wasLookedAt ? t('faces.findAgain') : t('faces.find')}
    </Button>
  );
  const more = (
    <div className={styles['more']}>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        disabled={props.isReadOnly}
        onClick={props.onMarkFace}
      >
        {t('faces.marking.begin')}
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        disabled={props.isReadOnly || find.isPending || isFinding}
        onClick={() => find.mutate({ photoId: props.photo.id, demosaic: true })}
      >
        {t('faces.findPixelated')}
      </Button>
    </div>
  );
  if (states.length === 0) {
    return (
      <PanelSection title={t('faces.title')} aside={findAgain}>
        {wasLookedAt ? <NoFace /> : <Text size="sm">{t('faces.notLooked')}</Text>}
        {more}
      </PanelSection>
    );
  }
  return (
    <PanelSection title={t('faces.count', { count: states.length })} aside={findAgain}>
      <RestorerChoice {...props} />
      <PhotoFidelity {...props} />
      <PhotoAdvice photo={props.photo} states={states} isReadOnly={props.isReadOnly} />
      <ul className={styles['list']}>
        {states.map((state) => (
          <EditedFaceRow key={state.face.id} {...props} state={state} />
        ))}
      </ul>
      {more}
    </PanelSection>
  );
}

function EditedFaceRow(props: Props & { state: FaceState }): ReactNode {
  const { apply } = useEdits(props.photo.id);
  const { data: models } = useModels();
  const { restorerId } = useEditedPhoto(props.photo);
  const { data: latest } = useLatestResult(props.photo.id);
  const restorer = restorerOf(models, props.state.edited.restorerId ?? restorerId);
  const faceId = props.state.face.id;
  const isOpen = props.openFaceId === faceId;
  // A face added, or switched on, since is not restored in it.
  const isInResult = latest?.result.recipe.faces.some((face) => face.faceId === faceId) ?? false;
  return (
    <FaceRow
      photo={props.photo}
      state={props.state}
      isOpen={isOpen}
      isReadOnly={props.isReadOnly}
      result={isInResult ? (latest?.result ?? null) : null}
      restorerName={restorer?.entry.name ?? ''}
      photoRestorerName={restorerOf(models, restorerId)?.entry.name ?? ''}
      hasFidelity={restorer === null || hasFidelity(restorer)}
      onToggle={() => props.onOpenFace(isOpen ? null : faceId)}
      onFrame={() => props.onFrameFace(faceId)}
      onEdit={apply}
    />
  );
}

function NoFace(): ReactNode {
  const { t } = useTranslation();
  const { setPage } = useStudioState();
  return (
    <div className={styles['hint']} role="status">
      <p>
        <strong>{t('faces.none')}</strong>
      </p>
      <p>{t('faces.noneHint')}</p>
      <Anchor component="button" type="button" size="sm" underline="always" onClick={() => setPage('models')}>
        {t('faces.strongerDetector')}
      </Anchor>
    </div>
  );
}

function RestorerChoice({ photo, isReadOnly }: Props): ReactNode {
  const { t } = useTranslation();
  const { setPage } = useStudioState();
  const { data: models } = useModels();
  const edited = useEditedPhoto(photo);
  const { apply } = useEdits(photo.id);
  const installed = installedModels(models, 'face-restoration');
  const current = edited.restorerId ?? installed[0]?.entry.id ?? null;
  const isLite = installed.find(({ entry }) => entry.id === current)?.entry.isBundled === true;
  return (
    <>
      <Select
        label={t('faces.restorer')}
        data={installed.map(({ entry }) => ({ value: entry.id, label: entry.name }))}
        value={current}
        disabled={isReadOnly || installed.length === 0}
        onChange={(value) => {
          if (value !== null) apply({ kind: 'photo.set-restorer', modelId: modelIdSchema.parse(value) });
        }}
      />
      {isLite && (
        <div className={styles['hint']}>
          <p>{t('faces.liteHint')}</p>
          <Anchor
            component="button"
            type="button"
            size="sm"
            underline="always"
            onClick={() => setPage('models')}
          >
            {t('faces.getBetter')}
          </Anchor>
        </div>
      )}
    </>
  );
}

function PhotoFidelity({ photo, isReadOnly }: Props): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { faces, fidelity, restorerId } = useEditedPhoto(photo);
  const refresh = useExactRefresh(photo);
  const live = useLiveFaces();
  const { data: models } = useModels();
  const restorer = restorerOf(models, restorerId);
  if (restorer !== null && !hasFidelity(restorer)) {
    return (
      <Text size="sm" c="dimmed">
        {t('faces.noFidelity', { name: restorer.entry.name })}
      </Text>
    );
  }
  const following = largestFollowing(faces);
  return (
    <LabelledSlider
      label={t('faces.fidelity')}
      value={fidelity}
      min={0}
      max={1}
      step={0.05}
      lowLabel={t('faces.sharper')}
      highLabel={t('faces.faithful')}
      format={formats.decimal}
      disabled={isReadOnly}
      onIntent={() => live.prepare(following)}
      onDraft={(value) => live.show(following, value)}
      onUnchanged={live.hide}
      onCommit={(value) => {
        live.settle();
        void refresh({ kind: 'photo.set-fidelity', fidelity: value });
      }}
    />
  );
}

/** Rendering more faces live than this keeps a large network from the exact picture for too long. */
const mostLiveFaces = 2;

/** The largest faces that go by the photo's fidelity and not by one of their own. */
function largestFollowing(faces: readonly EditedFace[]): FaceId[] {
  return faces
    .filter(({ isEnabled, fidelity }) => isEnabled && fidelity === null)
    .toSorted((a, b) => b.face.boxInPhoto.width - a.face.boxInPhoto.width)
    .slice(0, mostLiveFaces)
    .map(({ face }) => face.id);
}
