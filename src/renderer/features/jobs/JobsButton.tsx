// The bar's button that tells how many tasks run and opens their list.

import { Button, Popover, ScrollArea, Text, Title } from '@mantine/core';
import { IconListCheck, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useJobs, useJobsPaused, useProject } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { JobRow } from './JobRow.tsx';
import styles from './Jobs.module.css';
import { inReadingOrder, isActive } from './job-lookup.ts';

/** Finished jobs shown below the running ones. */
const shownJobs = 30;

export function JobsButton(): ReactNode {
  const { t } = useTranslation();
  const { data: jobs } = useJobs();
  const [isOpen, setIsOpen] = useState(false);
  const count = jobs?.filter(isActive).length ?? 0;
  const ordered = inReadingOrder(jobs ?? []).slice(0, shownJobs);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={400} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant={count > 0 ? 'light' : 'subtle'}
          color={count > 0 ? 'verdigris' : 'gray'}
          size="compact-md"
          leftSection={<IconListCheck size={18} aria-hidden />}
          aria-label={count > 0 ? t('jobs.openRunning', { count }) : t('jobs.open')}
          onClick={() => setIsOpen(!isOpen)}
        >
          {count > 0 ? count : <span className="wideOnly">{t('jobs.title')}</span>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('jobs.title')} maw="calc(100vw - 24px)">
        <div className={styles['drawerHeading']}>
          <Title order={2} size="h5">
            {t('jobs.title')}
          </Title>
          <PauseButton />
        </div>
        {ordered.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('jobs.none')}
          </Text>
        ) : (
          <ScrollArea.Autosize mah="60vh" type="auto" offsetScrollbars="y">
            <ul className={styles['list']}>
              {ordered.map((job) => (
                <JobRow key={job.id} job={job} />
              ))}
            </ul>
          </ScrollArea.Autosize>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Whatever runs ends; nothing new begins until it is pressed again. */
function PauseButton(): ReactNode {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { data: project } = useProject();
  const { data: isPaused = false } = useJobsPaused();
  const setPaused = useCommand('jobs.set-paused', (paused) =>
    cache.setQueryData(queryKeys.jobsPaused, paused),
  );
  if (project === null || project === undefined || project.isReadOnly) return null;
  return (
    <Button
      size="compact-sm"
      variant={isPaused ? 'filled' : 'default'}
      leftSection={
        isPaused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />
      }
      loading={setPaused.isPending}
      onClick={() => setPaused.mutate({ paused: !isPaused })}
    >
      {isPaused ? t('jobs.resume') : t('jobs.pause')}
    </Button>
  );
}
