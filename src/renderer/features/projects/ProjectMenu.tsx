// The bar's menu of the project: its name, the recent ones, new, open, close.
import { Badge, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconChevronDown,
  IconCopy,
  IconFolderOpen,
  IconFolderPlus,
  IconPackage,
  IconX,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useProject, useRecentProjects } from '../../bridge/use-answers.ts';
import { PathDialog } from './PathDialog.tsx';
import styles from './Projects.module.css';
import { useProjectActions } from './use-project-actions.ts';

const shownRecent = 6;

export function ProjectMenu(): ReactNode {
  const { t } = useTranslation(['studio', 'projects']);
  const [asking, setAsking] = useState<'open' | 'copy' | null>(null);
  const { data: app } = useApp();
  const { data: project } = useProject();
  const { data: recent } = useRecentProjects();
  const actions = useProjectActions();
  const name = project?.name ?? t('project.none');
  const others = (recent ?? [])
    .filter(({ documentPath, exists }) => exists && documentPath !== project?.documentPath)
    .slice(0, shownRecent);
  return (
    <div className={styles['menu']}>
      <Menu position="bottom-start" width={280} shadow="md">
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-md"
            rightSection={<IconChevronDown size={16} aria-hidden />}
            aria-label={t('project.menu', { name })}
            classNames={{ label: styles['name'] ?? '' }}
          >
            {name}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFolderPlus size={16} aria-hidden />} onClick={actions.create}>
            {t('project.new')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFolderOpen size={16} aria-hidden />}
            onClick={() => (app?.hasNativeDialogs ? actions.open() : setAsking('open'))}
          >
            {t('studio:project.open')}
          </Menu.Item>
          {project !== null && project !== undefined && (
            <>
              <Menu.Item
                leftSection={<IconCopy size={16} aria-hidden />}
                onClick={() => {
                  if (!actions.saveCopy(project)) setAsking('copy');
                }}
              >
                {t('projects:saveCopy')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconPackage size={16} aria-hidden />}
                disabled={project.isReadOnly}
                title={t('projects:compactHint')}
                onClick={actions.compact}
              >
                {t('projects:compact')}
              </Menu.Item>
            </>
          )}
          {project !== null && project !== undefined && (
            <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={actions.close}>
              {t('project.close')}
            </Menu.Item>
          )}
          <Menu.Label>{t('projects:savedAlways')}</Menu.Label>
          {others.length > 0 && (
            <>
              <Menu.Divider />
              <Menu.Label>{t('project.recent')}</Menu.Label>
              {others.map(({ name: otherName, documentPath }) => (
                <Menu.Item
                  key={documentPath}
                  title={documentPath}
                  onClick={() => actions.openAt(documentPath)}
                >
                  {otherName}
                </Menu.Item>
              ))}
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <PathDialog
        isOpen={asking === 'open'}
        title={t('projects:openTitle')}
        label={t('projects:openPlace')}
        hint={t('projects:openPlaceHint')}
        action={t('projects:openIt')}
        initialPath=""
        onClose={() => setAsking(null)}
        onChosen={actions.openAt}
      />
      {project !== null && project !== undefined && (
        <PathDialog
          isOpen={asking === 'copy'}
          title={t('projects:copyTitle')}
          label={t('projects:copyPlace')}
          hint={t('projects:copyPlaceHint')}
          action={t('projects:copy')}
          initialPath={actions.copyPathOf(project)}
          onClose={() => setAsking(null)}
          onChosen={actions.saveCopyAt}
        />
      )}
      {project?.isReadOnly && (
        <Tooltip label={t('project.readOnlyHint')}>
          <Badge color="gray" variant="outline" tabIndex={0}>
            {t('project.readOnly')}
          </Badge>
        </Tooltip>
      )}
    </div>
  );
}
