// The people of the film: looked for once, then listed. What stands here until they are found, and while they are looked for.
import { Button, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleOfClip } from '#shared/domain/clip-people.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useJobs } from '../../../bridge/use-answers.ts';
import { useCommand } from '../../../bridge/use-command.ts';
import { PanelSection } from '../../../components/PanelSection.tsx';
import faces from '../../faces/Faces.module.css';
import { activeClipJob } from '../clip-jobs.ts';
import { useIsFfmpegMissing } from '../FfmpegHint.tsx';
import type { PairedPlayback } from '../player/paired-playback.ts';
import { useClipHistory, useEditedClip } from '../use-clips.ts';
import { PeopleList } from './PeopleList.tsx';
import { RunProgress } from './RunProgress.tsx';

interface Props {
  readonly clip: Clip;
  readonly playback: PairedPlayback;
  readonly isReadOnly: boolean;
}

export function PeopleSection({ clip, playback, isReadOnly }: Props): ReactNode {
  const { t } = useTranslation(['video', 'studio']);
  const { data: jobs } = useJobs();
  const { data: history } = useClipHistory(clip.id);
  const { options } = useEditedClip(clip.id);
  const find = useCommand('clips.follow-faces');
  const cancel = useCommand('jobs.cancel');
  const isMissing = useIsFfmpegMissing();
  const job = activeClipJob(jobs, clip.id, 'follow-clip-faces');
  const { tracks } = clip;
  const people = useMemo(
    () => peopleOfClip(tracks ?? [], history ?? { steps: [], cursor: 0 }, options.tracks),
    [tracks, history, options.tracks],
  );
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
  if (people.length === 0) {
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
  return (
    <PanelSection title={t('people.count', { count: people.length })} aside={findButton(true)}>
      <PeopleList clip={clip} people={people} playback={playback} isReadOnly={isReadOnly} />
      {tracks.length > 1 && (
        <Text size="xs" c="dimmed">
          {t('people.toldApart')}
        </Text>
      )}
    </PanelSection>
  );
}
