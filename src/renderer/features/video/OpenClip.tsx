// One open film: its player, what can be tried at this moment, and its panel.
import type { ReactNode } from 'react';
import { liveFrameAddress } from '#shared/contract/films.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useJobs, useProject } from '../../bridge/use-answers.ts';
import { ClipProblem } from './ClipProblem.tsx';
import { activeClipJob } from './clip-jobs.ts';
import { PreviewActions } from './PreviewActions.tsx';
import { ClipPanel } from './panel/ClipPanel.tsx';
import { ClipPlayer } from './player/ClipPlayer.tsx';
import { usePlayback } from './player/use-playback.ts';
import { useClipEdits } from './use-clip-edits.ts';
import { useClipProgress, useEditedClip } from './use-clips.ts';
import { usePreview } from './use-preview.ts';
import styles from './Video.module.css';

export function OpenClip({ clip }: { clip: Clip }): ReactNode {
  const { data: project } = useProject();
  const { data: jobs } = useJobs();
  const isReadOnly = project?.isReadOnly ?? true;
  const playback = usePlayback();
  const { options } = useEditedClip(clip.id);
  const { apply } = useClipEdits(clip.id);
  const running = activeClipJob(jobs, clip.id, 'restore-clip');
  const preview = usePreview(clip, running?.id ?? null, playback.pause);
  const told = useClipProgress(clip.id);
  const revision = told !== undefined && told.jobId === running?.id ? told.progress.previewRevision : 0;
  return (
    <>
      <div className={styles['player']}>
        <div>{clip.problem !== null && <ClipProblem clip={clip} isReadOnly={isReadOnly} />}</div>
        <ClipPlayer
          clip={clip}
          playback={playback}
          preview={preview.preview}
          onLeavePreview={preview.leave}
          range={options.range}
          onRange={(range) => apply({ kind: 'clip.set-range', range })}
          isReadOnly={isReadOnly}
          liveAddress={revision === 0 ? null : liveFrameAddress(clip.id, revision)}
          actions={
            <PreviewActions clip={clip} preview={preview} playback={playback} isReadOnly={isReadOnly} />
          }
        />
      </div>
      <div className={styles['panel']}>
        <ClipPanel clip={clip} playback={playback} isReadOnly={isReadOnly} />
      </div>
    </>
  );
}
