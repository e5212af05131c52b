// The projects opened before, newest first; one that is gone is shown as such.
import type { ReactNode } from 'react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecentProjects } from '../../bridge/use-answers.ts';
import { useFormats } from '../../formatting/use-formats.ts';
import { useProjectActions } from '../projects/use-project-actions.ts';
import styles from './Welcome.module.css';

export function RecentProjects(): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: recent } = useRecentProjects();
  const { openAt } = useProjectActions();
  const headingId = useId();
  if (recent === undefined || recent.length === 0) return null;
  return (
    <section className={styles['recent']} aria-labelledby={headingId}>
      <h2 id={headingId}>{t('welcome.recent')}</h2>
      <ul>
        {recent.map(({ name, documentPath, openedAt, exists }) => (
          <li key={documentPath}>
            <button
              type="button"
              disabled={!exists}
              title={documentPath}
              onClick={() => openAt(documentPath)}
            >
              <span className={styles['recentName']}>{name}</span>
              <span className={styles['recentWhen']}>
                {exists ? t('welcome.openedAt', { when: formats.day(openedAt) }) : t('welcome.missing')}
              </span>
              <span className={styles['recentPath']}>{documentPath}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
