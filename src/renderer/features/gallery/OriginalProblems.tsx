// Says when originals inside the project's folder were moved, deleted or changed by somebody else.
// Looked at when a project opens, when photos are added and when the window comes to the front.
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OriginalProblem } from '#shared/contract/commands.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useProject } from '../../bridge/use-answers.ts';
import { useEvent } from '../../bridge/use-event.ts';
import styles from './Gallery.module.css';

/** Enough to recognise them; the rest are counted. */
const namedProblems = 3;
/** Coming back to the window within this time does not look again. */
const freshMs = 30_000;

export function OriginalProblems(): ReactNode {
  const { t } = useTranslation('projects');
  const client = useStudioClient();
  const { data: project } = useProject();
  const { data, refetch, isFetching } = useQuery({
    queryKey: [...queryKeys.originalProblems, project?.id],
    queryFn: () => client.invoke('photos.check-originals', {}),
    staleTime: freshMs,
    refetchOnWindowFocus: true,
  });
  useEvent('photos.listed-anew', () => void refetch());
  const problems = data ?? [];
  if (problems.length === 0) return null;
  const sentences = (['missing', 'changed'] as const)
    .map((problem) => ({ problem, those: problems.filter((each) => each.problem === problem) }))
    .filter(({ those }) => those.length > 0)
    .map(({ problem, those }) => t(problem, { count: those.length, names: namesOf(those) }));
  return (
    <div className={styles['problems']} role="alert">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p>{t('problemNext')}</p>
      </div>
      <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
        {t('checkAgain')}
      </Button>
    </div>
  );

  function namesOf(those: readonly OriginalProblem[]): string {
    const names = those
      .slice(0, namedProblems)
      .map(({ fileName }) => fileName)
      .join(', ');
    const more = those.length - namedProblems;
    return more > 0 ? t('andMore', { names, count: more }) : names;
  }
}
