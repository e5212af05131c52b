// The list of keys.
import { Kbd, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudioState } from '../studio/studio-state.tsx';
import { keyWords } from './key-words.ts';
import styles from './ShortcutsDialog.module.css';

export function ShortcutsDialog(): ReactNode {
  const { t } = useTranslation(['studio', 'video', 'palette']);
  const { dialog, openDialog } = useStudioState();
  const keys = keyWords(t);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [t('palette:key'), [keys.palette]],
    [t('shortcuts.openPhotos'), [keys.openPhotos]],
    [t('shortcuts.restore'), [keys.restore]],
    [t('shortcuts.export'), [keys.export]],
    [t('shortcuts.undo'), [keys.undo]],
    [t('shortcuts.redo'), [keys.redo]],
    [t('shortcuts.previous'), [t('shortcuts.keys.pageUp')]],
    [t('shortcuts.next'), [t('shortcuts.keys.pageDown')]],
    [t('shortcuts.compare'), ['C']],
    [t('shortcuts.hold'), ['B']],
    [t('shortcuts.faces'), ['F']],
    [t('shortcuts.zoom'), ['+', '−']],
    [t('shortcuts.fit'), ['0']],
    [t('shortcuts.actual'), ['1']],
    [t('shortcuts.double'), ['2']],
    [t('shortcuts.zoomToFace'), ['Z']],
    [t('shortcuts.nextFace'), ['N']],
    [t('shortcuts.previousFace'), ['P']],
    [t('shortcuts.turn'), ['R']],
    [t('shortcuts.turnBack'), [`${t('shortcuts.keys.shift')}+R`]],
    [t('shortcuts.pixelGrid'), ['G']],
    [t('shortcuts.pan'), [t('shortcuts.keys.arrows')]],
    [t('video:keys.films'), ['V']],
    [t('video:keys.play'), [t('video:player.keys.space')]],
    [t('video:keys.frames'), [',', '.']],
    [t('video:keys.marks'), ['I', 'O']],
    [t('shortcuts.settings'), [keys.settings]],
    [t('shortcuts.help'), ['?']],
  ];
  return (
    <Modal
      opened={dialog === 'shortcuts'}
      onClose={() => openDialog(null)}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <dl className={styles['list']}>
        {rows.map(([action, combinations]) => (
          <div key={action} className={styles['row']}>
            <dt>{action}</dt>
            <dd>
              {combinations.map((combination) => (
                <Kbd key={combination}>{combination}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
