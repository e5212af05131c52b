// The panel on the right: what will be done to the photo, and doing it.
import { Text } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FaceId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useProject } from '../../bridge/use-answers.ts';
import { IconAction } from '../../components/IconAction.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import { useEdits } from '../edits/use-edits.ts';
import { FacesSection } from '../faces/FacesSection.tsx';
import { HistorySection } from '../history/HistorySection.tsx';
import { KeepOriginalSection } from '../painting/KeepOriginalSection.tsx';
import { keyWords } from '../shortcuts/key-words.ts';
import { PictureSection } from './PictureSection.tsx';
import styles from './Restore.module.css';
import { RestoreAction } from './RestoreAction.tsx';

interface Props {
  readonly photo: Photo;
  readonly openFaceId: FaceId | null;
  readonly onOpenFace: (faceId: FaceId | null) => void;
  readonly onFrameFace: (faceId: FaceId) => void;
  readonly onMarkFace: () => void;
  readonly onPaint: () => void;
}

export function RestorePanel(props: Props): ReactNode {
  const { photo, openFaceId, onOpenFace, onFrameFace, onMarkFace } = props;
  const { t } = useTranslation();
  const { data: project } = useProject();
  const isReadOnly = project?.isReadOnly ?? false;
  return (
    <aside className={styles['panel']} aria-label={t('restore.panel')}>
      <PanelHeading photo={photo} isReadOnly={isReadOnly} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={styles['settings']} tabIndex={0} aria-label={t('restore.panel')}>
        <FacesSection
          photo={photo}
          isReadOnly={isReadOnly}
          openFaceId={openFaceId}
          onOpenFace={onOpenFace}
          onFrameFace={onFrameFace}
          onMarkFace={onMarkFace}
        />
        <KeepOriginalSection photo={photo} isReadOnly={isReadOnly} onPaint={props.onPaint} />
        <PictureSection photo={photo} isReadOnly={isReadOnly} />
        <HistorySection photo={photo} isReadOnly={isReadOnly} />
      </section>
      <RestoreAction photo={photo} isReadOnly={isReadOnly} />
    </aside>
  );
}

function PanelHeading({ photo, isReadOnly }: { photo: Photo; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { canUndo, canRedo, undo, redo } = useEdits(photo.id);
  const keys = keyWords(t);
  const facts = [
    t('photos.size', { width: formats.whole(photo.widthPx), height: formats.whole(photo.heightPx) }),
    photo.format.toUpperCase(),
    ...(photo.pageCount > 1 ? [t('photos.page', { page: photo.pageIndex + 1 })] : []),
  ];
  return (
    <div className={styles['heading']}>
      <div className={styles['facts']}>
        <Text component="h1" size="sm" fw={600} truncate title={photo.fileName}>
          {photo.fileName}
        </Text>
        <Text size="xs" c="dimmed">
          {facts.join(' · ')}
        </Text>
      </div>
      <IconAction label={t('restore.undo')} keys={keys.undo} disabled={!canUndo || isReadOnly} onClick={undo}>
        <IconArrowBackUp size={20} aria-hidden />
      </IconAction>
      <IconAction label={t('restore.redo')} keys={keys.redo} disabled={!canRedo || isReadOnly} onClick={redo}>
        <IconArrowForwardUp size={20} aria-hidden />
      </IconAction>
    </div>
  );
}
