// Says who somebody is: one of the other people, or somebody not listed yet.
import { Menu } from '@mantine/core';
import { IconDotsVertical, IconUserPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipPerson } from '#shared/domain/clip-people.ts';
import type { ClipId } from '#shared/domain/ids.ts';
import { IconAction } from '../../../components/IconAction.tsx';
import { useFormats } from '../../../formatting/use-formats.ts';
import styles from './ClipPanel.module.css';
import { TrackPortrait } from './TrackPortrait.tsx';

interface Props {
  readonly clipId: ClipId;
  readonly label: string;
  readonly others: readonly ClipPerson[];
  readonly canBeNew: boolean;
  readonly isReadOnly: boolean;
  /** null: somebody not listed yet. */
  readonly onChoose: (personId: number | null) => void;
}

export function WhoMenu(props: Props): ReactNode {
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <IconAction size="md" label={props.label} disabled={props.isReadOnly}>
          <IconDotsVertical size={18} aria-hidden />
        </IconAction>
      </Menu.Target>
      <Menu.Dropdown className={styles['who'] ?? ''}>
        <WhoItems {...props} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** A component of its own, so that a closed menu costs nothing: there is one for each scene. */
function WhoItems({ clipId, others, canBeNew, onChoose }: Props): ReactNode {
  const { t } = useTranslation('video');
  const formats = useFormats();
  return (
    <>
      {others.map(({ personId, portrait }) => (
        <Menu.Item
          key={personId}
          leftSection={<TrackPortrait clipId={clipId} track={portrait} isSmall />}
          onClick={() => onChoose(personId)}
        >
          {t('people.isPerson', { number: formats.whole(personId) })}
        </Menu.Item>
      ))}
      {canBeNew && others.length > 0 && <Menu.Divider />}
      {canBeNew && (
        <Menu.Item leftSection={<IconUserPlus size={18} aria-hidden />} onClick={() => onChoose(null)}>
          {t('people.isNew')}
        </Menu.Item>
      )}
    </>
  );
}
