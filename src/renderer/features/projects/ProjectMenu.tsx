// The bar's menu of the project: its name, the recent ones, new, open, close.
import { Badge, Button, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconFolderOpen, IconFolderPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useProject, useRecentProjects } from '../../bridge/use-answers.ts';
import styles from './Projects.module.css';
import { useProjectActions } from './use-project-actions.ts';

const shownRecent = 6;

export function ProjectMenu(): ReactNode {
  const { t } = useTranslation();
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
          {app?.hasNativeDialogs && (
            <Menu.Item leftSection={<IconFolderOpen size={16} aria-hidden />} onClick={actions.open}>
              {t('project.open')}
            </Menu.Item>
          )}
          {project !== null && project !== undefined && (
            <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={actions.close}>
              {t('project.close')}
            </Menu.Item>
          )}
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
