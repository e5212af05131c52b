// Which two pictures are compared, behind a button in the viewer's toolbar. What has no picture yet can be restored here.
import {
  ActionIcon,
  Button,
  type ComboboxStringGroupData,
  NativeSelect,
  Popover,
  Text,
  Tooltip,
} from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '#shared/domain/ids.ts';
import { useJobs } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { activeJob } from '../jobs/job-lookup.ts';
import styles from './History.module.css';
import type { Compared, ComparedChoice } from './use-compared.ts';

interface Props {
  readonly photoId: PhotoId;
  readonly compared: Compared;
  readonly isReadOnly: boolean;
}

export function ComparePicker(props: Props): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="top-start" width={300} trapFocus withArrow>
      <Popover.Target>
        <Tooltip label={t('viewer.compared.choose')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('viewer.compared.choose')}
            onClick={() => setIsOpen(!isOpen)}
          >
            <IconGitCompare size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={styles['compare']} aria-label={t('viewer.compared.choose')}>
        <BothSides {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Drawn while it is open only: each list holds every step of the history. */
function BothSides({ photoId, compared, isReadOnly }: Props): ReactNode {
  const { t } = useTranslation();
  const options = useOptions(compared.choices);
  const side = (label: string, choice: ComparedChoice, choose: (value: string) => void): ReactNode => (
    <>
      <NativeSelect
        size="xs"
        label={label}
        value={choice.value}
        data={options}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {choice.side === null && choice.place !== null && (
        <NotRendered photoId={photoId} choice={choice} isReadOnly={isReadOnly} />
      )}
    </>
  );
  return (
    <>
      {side(t('viewer.compared.before'), compared.before, compared.chooseBefore)}
      {side(t('viewer.compared.after'), compared.after, compared.chooseAfter)}
    </>
  );
}

/** The choices in groups, those without a picture marked as such. */
function useOptions(choices: readonly ComparedChoice[]): ComboboxStringGroupData {
  const { t } = useTranslation();
  const items = (kind: ComparedChoice['kind']): { value: string; label: string }[] =>
    choices
      .filter((choice) => choice.kind === kind)
      .map(({ value, label, side }) => ({
        value,
        label: side === null ? t('viewer.compared.notRendered', { name: label }) : label,
      }));
  const versions = items('version');
  return [
    ...items('fixed'),
    ...(versions.length === 0 ? [] : [{ group: t('viewer.compared.versions'), items: versions }]),
    { group: t('viewer.compared.steps'), items: items('step') },
  ];
}

function NotRendered(props: { photoId: PhotoId; choice: ComparedChoice; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation();
  const { data: jobs } = useJobs();
  const render = useCommand('results.render');
  const isBusy = render.isPending || activeJob(jobs, props.photoId, 'restore-photo') !== undefined;
  const { place } = props.choice;
  return (
    <div className={styles['notRendered']} role="status">
      <Text size="xs">{t('viewer.compared.hint')}</Text>
      <Button
        size="compact-xs"
        variant="default"
        loading={isBusy}
        disabled={props.isReadOnly || place === null}
        onClick={() => place !== null && render.mutate({ photoId: props.photoId, at: place })}
      >
        {t('viewer.compared.restore')}
      </Button>
    </div>
  );
}
