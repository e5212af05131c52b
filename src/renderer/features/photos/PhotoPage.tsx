// The page of one photo: picture, filmstrip, panel.
import { Loader, Text } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FaceId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useLatestResult, usePhotos, useProject } from '../../bridge/use-answers.ts';
import type { FaceWish } from '../../viewer/use-framed-face.ts';
import { Viewer } from '../../viewer/Viewer.tsx';
import { useEditedPhoto } from '../edits/use-edited-photo.ts';
import { faceStates } from '../faces/face-states.ts';
import { LiveFacesOnStage } from '../faces/LiveFacesOnStage.tsx';
import { LiveFacesProvider } from '../faces/LiveFacesProvider.tsx';
import { MarkFace } from '../faces/MarkFace.tsx';
import { ComparePicker } from '../history/ComparePicker.tsx';
import { useCompared } from '../history/use-compared.ts';
import { KeepOriginalLayer } from '../painting/KeepOriginalLayer.tsx';
import { PaintFaceLayer } from '../painting/PaintFaceLayer.tsx';
import { PaintToolProvider, usePaintTool } from '../painting/paint-tool.tsx';
import { RestorePanel } from '../restore/RestorePanel.tsx';
import { useStudioState } from '../studio/studio-state.tsx';
import { WelcomePage } from '../welcome/WelcomePage.tsx';
import { Filmstrip } from './Filmstrip.tsx';
import styles from './PhotoPage.module.css';
import { useRemovePhoto } from './use-remove-photo.ts';
import { useSelectedPhoto } from './use-selected-photo.ts';

export function PhotoPage(): ReactNode {
  const { t } = useTranslation();
  const { data: photos } = usePhotos();
  const { selectPhoto } = useStudioState();
  const photo = useSelectedPhoto();
  const remove = useRemovePhoto();
  if (photos === undefined) {
    return (
      <div className={styles['waiting']} role="status">
        <Loader />
        <Text size="sm">{t('app.starting')}</Text>
      </div>
    );
  }
  if (photo === null) return <WelcomePage />;
  return (
    <div className={styles['page']}>
      <PaintToolProvider key={photo.id}>
        <OpenPhoto photo={photo} />
      </PaintToolProvider>
      <div className={styles['strip']}>
        <Filmstrip photos={photos} selectedId={photo.id} onSelect={selectPhoto} onRemove={remove} />
      </div>
    </div>
  );
}

function OpenPhoto({ photo }: { photo: Photo }): ReactNode {
  const { data: project } = useProject();
  const { shown, show, faceMarks, setFaceMarks } = useStudioState();
  const { data: latest } = useLatestResult(photo.id);
  const states = faceStates(useEditedPhoto(photo));
  const [openFaceId, setOpenFaceId] = useState<FaceId | null>(null);
  const { tool, choose } = usePaintTool();
  const [shownResult, setShownResult] = useState<string | null>(null);
  const [faceWish, setFaceWish] = useState<FaceWish | null>(null);
  const onDone = useCallback(() => choose(null), [choose]);
  const result = latest?.result ?? null;
  const compared = useCompared(photo);
  return (
    <LiveFacesProvider photo={photo} shownResult={shownResult}>
      <div className={styles['viewer']}>
        <Viewer
          photo={photo}
          sides={compared.sides}
          comparePicker={
            result !== null && (
              <ComparePicker
                photoId={photo.id}
                compared={compared}
                isReadOnly={project?.isReadOnly ?? true}
              />
            )
          }
          marks={states.map(({ face, number, isEnabled }) => ({
            faceId: face.id,
            number,
            boxInPhoto: face.boxInPhoto,
            isEnabled,
          }))}
          areMarksVisible={faceMarks ?? result === null}
          onMarks={setFaceMarks}
          chosenFaceId={openFaceId}
          onChooseFace={setOpenFaceId}
          faceWish={faceWish}
          shown={shown}
          onShow={show}
          onResultShown={setShownResult}
          onBoard={(view) => <LiveFacesOnStage photo={photo} view={view} />}
          {...(tool === null
            ? {}
            : {
                overlay: (view, size, place) => {
                  const common = { photo, view, size, place, onDone };
                  if (tool.kind === 'mark-face') return <MarkFace {...common} />;
                  if (tool.kind === 'keep-original') return <KeepOriginalLayer {...common} />;
                  const { faceId, layer } = tool;
                  return <PaintFaceLayer {...common} key={layer} faceId={faceId} layer={layer} />;
                },
              })}
        />
      </div>
      <div className={styles['panel']}>
        <RestorePanel
          photo={photo}
          openFaceId={openFaceId}
          onOpenFace={setOpenFaceId}
          onFrameFace={(faceId) => setFaceWish({ faceId })}
          onMarkFace={() => choose({ kind: 'mark-face' })}
          onPaint={() => {
            // What is painted shows the original: the rest must show the result.
            if (result !== null) show('restored');
            choose({ kind: 'keep-original' });
          }}
        />
      </div>
    </LiveFacesProvider>
  );
}
