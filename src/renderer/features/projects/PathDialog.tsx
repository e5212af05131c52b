// Asks for a place on this computer where no native dialog can: in a browser window.
import { Button, Modal, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Projects.module.css';

interface Props {
  readonly isOpen: boolean;
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly action: string;
  readonly initialPath: string;
  readonly onClose: () => void;
  readonly onChosen: (path: string) => void;
}

export function PathDialog(props: Props): ReactNode {
  const { isOpen, initialPath, onClose, onChosen } = props;
  const { t } = useTranslation();
  const [path, setPath] = useState(initialPath);
  useEffect(() => {
    if (isOpen) setPath(initialPath);
  }, [isOpen, initialPath]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (path.trim() === '') return;
    onClose();
    onChosen(path.trim());
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form onSubmit={submit} className={styles['pathForm']}>
        <TextInput
          label={props.label}
          description={props.hint}
          value={path}
          data-autofocus
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => setPath(value)}
        />
        <div className={styles['pathButtons']}>
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" disabled={path.trim() === ''}>
            {props.action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
