// The people of the film: found once, then each with a portrait, when they are seen, on or off, and a fidelity.
import { Button, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useJobs, useModels } from '../../../bridge/use-answers.ts';
import { useCommand } from '../../../bridge/use-command.ts';
import { PanelSection } from '../../../components/PanelSection.tsx';
import faces from '../../faces/Faces.module.css';
import { hasFidelity, restorerOf } from '../../models/model-lookup.ts';
import { activeClipJob } from '../clip-jobs.ts';
import { useIsFfmpegMissing } from '../FfmpegHint.tsx';
import type { PairedPlayback } from '../player/paired-playback.ts';
import { durationOf, frameAt, frameRateOf, middleOfFrame } from '../player/time-code.ts';
import { useClipEdits } from '../use-clip-edits.ts';
import { useEditedClip } from '../use-clips.ts';
import styles from './ClipPanel.module.css';
import { PersonRow } from './PersonRow.tsx';
import { RunProgress } from './RunProgress.tsx';

interface Props {
  readonly clip: Clip;
  readonly playback: PairedPlayback;
  readonly isReadOnly: boolean;
}

export function PeopleSection({ clip, playback, isReadOnly }: Props): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  const { data: jobs } = useJobs();
  const { data: models } = useModels();
  const { restorerId, options } = useEditedClip(clip.id);
  const { apply } = useClipEdits(clip.id);
  const find = useCommand('clips.follow-faces');
  const cancel = useCommand('jobs.cancel');
  const isMissing = useIsFfmpegMissing();
  const [openId, setOpenId] = useState<number | null>(null);
  const job = activeClipJob(jobs, clip.id, 'follow-clip-faces');
  const restorer = restorerOf(models, restorerId);
  const { tracks } = clip;
  const findButton = (isAgain: boolean): ReactNode => (
    <Button
      size={isAgain ? 'compact-xs' : 'sm'}
      variant={isAgain ? 'subtle' : 'default'}
      color="gray"
      leftSection={isAgain ? undefined : <IconUsers size={18} aria-hidden />}
      disabled={isReadOnly || isMissing || clip.problem !== null}
      loading={find.isPending}
      onClick={() => find.mutate({ clipId: clip.id })}
    >
      {isAgain ? t('people.findAgain') : t('people.find')}
    </Button>
  );

  if (job !== undefined) {
    return (
      <PanelSection title={t('people.title')}>
        <RunProgress clip={clip} job={job} label={t('people.progress')} />
        <Button
          size="compact-sm"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ jobId: job.id })}
        >
          {t('studio:app.cancel')}
        </Button>
      </PanelSection>
    );
  }
  if (tracks === null) {
    return (
      <PanelSection title={t('people.title')}>
        <Text size="sm" c="dimmed">
          {t('people.hint')}
        </Text>
        {findButton(false)}
      </PanelSection>
    );
  }
  if (tracks.length === 0) {
    return (
      <PanelSection title={t('people.title')} aside={findButton(true)}>
        <div className={faces['hint']} role="status">
          <p>
            <strong>{t('people.none')}</strong>
          </p>
          <p>{t('people.noneHint')}</p>
        </div>
      </PanelSection>
    );
  }
  const rate = frameRateOf(clip.facts);
  return (
    <PanelSection title={t('people.count', { count: tracks.length })} aside={findButton(true)}>
      <ul className={styles['people']}>
        {tracks.map((track) => {
          const choice = options.tracks.find(({ trackId }) => trackId === track.trackId);
          return (
            <PersonRow
              key={track.trackId}
              clipId={clip.id}
              track={track}
              duration={durationOf(clip.facts)}
              isEnabled={choice?.enabled ?? true}
              fidelity={choice?.fidelity ?? null}
              fidelityOfAll={options.fidelity}
              hasFidelity={restorer === null || hasFidelity(restorer)}
              isOpen={openId === track.trackId}
              isReadOnly={isReadOnly}
              onToggle={() => setOpenId(openId === track.trackId ? null : track.trackId)}
              onJump={() => {
                playback.pause();
                playback.seek(middleOfFrame(frameAt(track.firstSeconds, rate), rate));
              }}
              onEdit={apply}
            />
          );
        })}
      </ul>
      <Text size="xs" c="dimmed">
        {t('people.anew')}
      </Text>
    </PanelSection>
  );
}
