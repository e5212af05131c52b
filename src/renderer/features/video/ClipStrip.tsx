// The films of the project in a row. A list box: arrow keys choose, Delete removes.
import { Loader, Menu } from '@mantine/core';
import { IconMovie, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clipFrameAddress } from '#shared/contract/films.ts';
import type { ClipId } from '#shared/domain/ids.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useJobs, useProject } from '../../bridge/use-answers.ts';
import { IconAction } from '../../components/IconAction.tsx';
import { useFormats } from '../../formatting/use-formats.ts';
import { isActive } from '../jobs/job-lookup.ts';
import styles from './ClipStrip.module.css';
import { durationOf, posterSeconds, timeCode } from './player/time-code.ts';
import { SequenceDialog } from './SequenceDialog.tsx';
import { useIsImportingClips } from './use-clip-import.ts';
import { useOpenClips } from './use-open-clips.ts';
import { useRemoveClip } from './use-remove-clip.ts';

interface Props {
  readonly clips: readonly Clip[];
  readonly selectedId: ClipId;
  readonly onSelect: (clipId: ClipId) => void;
}

export function ClipStrip({ clips, selectedId, onSelect }: Props): ReactNode {
  const { t } = useTranslation('video');
  const { data: project } = useProject();
  const isReadOnly = project?.isReadOnly ?? true;
  const remove = useRemoveClip();
  const list = useRef<HTMLDivElement | null>(null);
  const selectedIndex = clips.findIndex(({ id }) => id === selectedId);
  useEffect(() => {
    list.current?.children[selectedIndex]?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selectedIndex]);

  const choose = (index: number): void => {
    const clip = clips[Math.min(clips.length - 1, Math.max(0, index))];
    if (clip !== undefined) onSelect(clip.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const selected = clips[selectedIndex];
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => choose(selectedIndex - 1),
      ArrowRight: () => choose(selectedIndex + 1),
      Home: () => choose(0),
      End: () => choose(clips.length - 1),
      Delete: () => selected !== undefined && !isReadOnly && remove(selected),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  return (
    <div className={styles['strip']}>
      <div
        ref={list}
        className={styles['list']}
        role="listbox"
        aria-orientation="horizontal"
        aria-label={t('strip.label')}
        aria-activedescendant={`clip-${selectedId}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {clips.map((clip) => (
          <ClipCard key={clip.id} clip={clip} isSelected={clip.id === selectedId} onSelect={onSelect} />
        ))}
      </div>
      <AddMenu isReadOnly={isReadOnly} />
    </div>
  );
}

function ClipCard(props: { clip: Clip; isSelected: boolean; onSelect: Props['onSelect'] }): ReactNode {
  const { clip, isSelected, onSelect } = props;
  const { t } = useTranslation('video');
  const formats = useFormats();
  const { data: jobs } = useJobs();
  const [hasPoster, setHasPoster] = useState(true);
  const isBusy = jobs?.some((job) => job.clipId === clip.id && isActive(job)) ?? false;
  const isPaused = clip.keptParts > 0 && clip.result?.isCurrent !== true && clip.state !== 'failed';
  const standing = clip.problem ?? (isPaused ? 'paused' : clip.state);
  const state = t(`states.${isBusy ? 'busy' : standing}`);
  const duration = durationOf(clip.facts);
  const facts = [
    ...(duration > 0 ? [timeCode(duration)] : []),
    t('strip.size', { width: clip.facts.video.widthPx, height: clip.facts.video.heightPx }),
    formats.bytes(clip.facts.byteSize),
  ].join(' · ');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list box around it has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the list box keeps the focus (aria-activedescendant)
    <div
      id={`clip-${clip.id}`}
      role="option"
      aria-selected={isSelected}
      className={styles['card']}
      title={clip.fileName}
      onClick={() => onSelect(clip.id)}
    >
      <span className={styles['poster']} aria-hidden>
        <IconMovie size={22} stroke={1.4} />
        {hasPoster && clip.problem === null && (
          <img
            src={clipFrameAddress(clip.id, posterSeconds(clip.facts))}
            alt=""
            draggable={false}
            onError={() => setHasPoster(false)}
          />
        )}
      </span>
      <span className={styles['words']}>
        <span className={styles['name']}>{clip.fileName}</span>
        <span className={styles['facts']}>{facts}</span>
        <span className={styles['state']} data-state={standing}>
          {isBusy ? <Loader size={10} /> : <span className={styles['dot']} />}
          {state}
        </span>
      </span>
    </div>
  );
}

function AddMenu({ isReadOnly }: { isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation('video');
  const openClips = useOpenClips();
  const isImporting = useIsImportingClips();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Menu position="top-end" withinPortal>
        <Menu.Target>
          <IconAction
            label={t('adding.add')}
            variant="default"
            className={styles['add']}
            loading={isImporting}
            disabled={isReadOnly}
          >
            <IconPlus size={20} aria-hidden />
          </IconAction>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={openClips}>{t('adding.choose')}</Menu.Item>
          <Menu.Item onClick={() => setIsAsking(true)}>{t('sequence.choose')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SequenceDialog isOpen={isAsking} onClose={() => setIsAsking(false)} />
    </>
  );
}
