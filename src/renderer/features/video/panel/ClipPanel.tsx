// The panel on the right: what will be done to the film, and doing it.
import { Text } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip } from '#shared/domain/project-clip.ts';
import { IconAction } from '../../../components/IconAction.tsx';
import restore from '../../restore/Restore.module.css';
import { keyWords } from '../../shortcuts/key-words.ts';
import type { PairedPlayback } from '../player/paired-playback.ts';
import { useClipEdits } from '../use-clip-edits.ts';
import { useRemoveClip } from '../use-remove-clip.ts';
import { ClipHistorySection } from './ClipHistorySection.tsx';
import styles from './ClipPanel.module.css';
import { FacesOptions } from './FacesOptions.tsx';
import { FactsSection } from './FactsSection.tsx';
import { FileOptions } from './FileOptions.tsx';
import { PeopleSection } from './PeopleSection.tsx';
import { PictureOptions } from './PictureOptions.tsx';
import { RunAction } from './RunAction.tsx';

interface Props {
  readonly clip: Clip;
  readonly playback: PairedPlayback;
  readonly isReadOnly: boolean;
}

export function ClipPanel({ clip, playback, isReadOnly }: Props): ReactNode {
  const { t } = useTranslation('video');
  return (
    <aside className={restore['panel']} aria-label={t('panel.label')}>
      <PanelHeading clip={clip} isReadOnly={isReadOnly} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={restore['settings']} tabIndex={0} aria-label={t('panel.options')}>
        <FacesOptions clip={clip} isReadOnly={isReadOnly} />
        <PeopleSection clip={clip} playback={playback} isReadOnly={isReadOnly} />
        <PictureOptions clip={clip} isReadOnly={isReadOnly} />
        <FileOptions clip={clip} isReadOnly={isReadOnly} />
        <FactsSection clip={clip} />
        <ClipHistorySection clip={clip} isReadOnly={isReadOnly} />
      </section>
      <RunAction clip={clip} isReadOnly={isReadOnly} />
    </aside>
  );
}

function PanelHeading({ clip, isReadOnly }: { clip: Clip; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation(['studio', 'video']);
  const { canUndo, canRedo, undo, redo } = useClipEdits(clip.id);
  const remove = useRemoveClip();
  const keys = keyWords(t);
  return (
    <div className={styles['heading']}>
      <Text component="h1" size="sm" fw={600} truncate title={clip.fileName}>
        {clip.fileName}
      </Text>
      <IconAction label={t('video:panel.remove')} disabled={isReadOnly} onClick={() => remove(clip)}>
        <IconTrash size={18} aria-hidden />
      </IconAction>
      <IconAction label={t('restore.undo')} keys={keys.undo} disabled={!canUndo || isReadOnly} onClick={undo}>
        <IconArrowBackUp size={20} aria-hidden />
      </IconAction>
      <IconAction label={t('restore.redo')} keys={keys.redo} disabled={!canRedo || isReadOnly} onClick={redo}>
        <IconArrowForwardUp size={20} aria-hidden />
      </IconAction>
    </div>
  );
}
