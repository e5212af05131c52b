// The bar on top: project, pages, tasks, settings.
import { Button } from '@mantine/core';
import {
  IconBox,
  IconCommand,
  IconKeyboard,
  IconLayoutGrid,
  IconMovie,
  IconPhoto,
  IconSettings,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProject } from '../../bridge/use-answers.ts';
import { BrandMark } from '../../components/BrandMark.tsx';
import { IconAction } from '../../components/IconAction.tsx';
import { JobsButton } from '../jobs/JobsButton.tsx';
import { ProjectMenu } from '../projects/ProjectMenu.tsx';
import { keyWords } from '../shortcuts/key-words.ts';
import styles from './Studio.module.css';
import { type StudioPage, useStudioState } from './studio-state.tsx';

const pages = [
  { page: 'gallery', words: 'gallery:page', Icon: IconLayoutGrid },
  { page: 'photos', words: 'studio:app.photos', Icon: IconPhoto },
  { page: 'films', words: 'video:page', Icon: IconMovie },
  { page: 'models', words: 'studio:app.models', Icon: IconBox },
] as const satisfies readonly { readonly page: StudioPage; readonly [part: string]: unknown }[];

export function TopBar(): ReactNode {
  const { t } = useTranslation(['studio', 'gallery', 'palette', 'video']);
  const { page: current, setPage, openDialog } = useStudioState();
  const { data: project } = useProject();
  return (
    <header className={styles['bar']}>
      <div className={styles['barStart']}>
        <span className={styles['brand']}>
          <BrandMark size={26} />
          <span className="wideOnly">{t('app.name')}</span>
        </span>
        {project !== null && project !== undefined && <ProjectMenu />}
      </div>
      <nav className={styles['pages']} aria-label={t('app.pages')}>
        {pages.map(({ page, words, Icon }) => (
          <Button
            key={page}
            variant={page === current ? 'light' : 'subtle'}
            color={page === current ? 'verdigris' : 'gray'}
            size="compact-md"
            leftSection={<Icon size={18} aria-hidden />}
            aria-label={t(words)}
            aria-current={page === current ? 'page' : undefined}
            onClick={() => setPage(page)}
          >
            <span className="wideOnly">{t(words)}</span>
          </Button>
        ))}
      </nav>
      <div className={styles['barEnd']}>
        <JobsButton />
        <IconAction
          label={t('palette:key')}
          keys={keyWords(t).palette}
          className="wideOnly"
          onClick={() => openDialog('palette')}
        >
          <IconCommand size={20} aria-hidden />
        </IconAction>
        <IconAction
          label={t('app.shortcuts')}
          keys="?"
          className="wideOnly"
          onClick={() => openDialog('shortcuts')}
        >
          <IconKeyboard size={20} aria-hidden />
        </IconAction>
        <IconAction
          label={t('app.settings')}
          keys={keyWords(t).settings}
          onClick={() => openDialog('settings')}
        >
          <IconSettings size={20} aria-hidden />
        </IconAction>
      </div>
    </header>
  );
}
