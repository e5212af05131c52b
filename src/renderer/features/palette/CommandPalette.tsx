// Everything by typing: a field, and below it what fits. The arrow keys choose, Enter does.
import { Kbd, Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudioState } from '../studio/studio-state.tsx';
import styles from './CommandPalette.module.css';
import { fittingEntries, type PaletteEntry, usePaletteEntries } from './use-palette-entries.ts';

export function CommandPalette(): ReactNode {
  const { t } = useTranslation(['palette', 'studio']);
  const { dialog, openDialog } = useStudioState();
  return (
    <Modal
      opened={dialog === 'palette'}
      onClose={() => openDialog(null)}
      title={t('palette:title')}
      size="lg"
      yOffset="10vh"
      // The first letter is typed at once.
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('studio:app.close') }}
    >
      <Palette onDone={() => openDialog(null)} />
    </Modal>
  );
}

function Palette({ onDone }: { onDone: () => void }): ReactNode {
  const { t } = useTranslation('palette');
  const [typed, setTyped] = useState('');
  const [wanted, setWanted] = useState(0);
  const list = useRef<HTMLDivElement | null>(null);
  const listId = useId();
  const entries = fittingEntries(usePaletteEntries(), typed);
  const at = Math.min(wanted, entries.length - 1);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const run = (entry: PaletteEntry | undefined): void => {
    if (entry === undefined) return;
    // Closed first: what is run may open another dialog.
    onDone();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % Math.max(1, entries.length),
      ArrowUp: (at - 1 + entries.length) % Math.max(1, entries.length),
      PageDown: Math.min(at + 8, entries.length - 1),
      PageUp: Math.max(at - 8, 0),
    };
    const next = steps[event.key];
    if (next !== undefined) setWanted(next);
    else if (event.key === 'Enter') run(entries[at]);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles['palette']}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={t('field')}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={entries.length === 0 ? undefined : `${listId}-${at}`}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={t('placeholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={typed}
        onChange={({ currentTarget: { value } }) => {
          setTyped(value);
          setWanted(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} className={styles['list']} id={listId} role="listbox" aria-label={t('found')}>
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys choose among the options
          <div
            key={entry.id}
            id={`${listId}-${index}`}
            role="option"
            // The field keeps the focus and names the one that is meant.
            tabIndex={-1}
            aria-selected={index === at}
            className={styles['entry']}
            onPointerMove={() => setWanted(index)}
            onClick={() => run(entry)}
          >
            <span className={styles['label']}>{entry.label}</span>
            <span className={styles['group']}>{t(`groups.${entry.group}`)}</span>
            {entry.keys !== undefined && <Kbd>{entry.keys}</Kbd>}
          </div>
        ))}
      </div>
      {entries.length === 0 && <p role="status">{t('nothing')}</p>}
    </div>
  );
}
