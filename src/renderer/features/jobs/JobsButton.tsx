// The bar's button that tells how many tasks run and opens their list.
import { Button, Popover, ScrollArea, Text, Title } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useJobs } from '../../bridge/use-answers.ts';
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
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={360} trapFocus returnFocus>
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
        <Title order={2} size="h5" mb={4}>
          {t('jobs.title')}
        </Title>
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
