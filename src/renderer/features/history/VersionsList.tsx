// Versions with a name: keep the current position, go back to one, forget one.
import { Button, Text, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoId } from '#shared/domain/ids.ts';
import { IconAction } from '../../components/IconAction.tsx';
import styles from './History.module.css';
import { useVersions } from './use-versions.ts';

const longestName = 80;

export function VersionsList({ photoId, isReadOnly }: { photoId: PhotoId; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation('history');
  const { versions, save, open, remove } = useVersions(photoId);
  const [name, setName] = useState('');

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    save.mutate({ photoId, name: name.trim() }, { onSuccess: () => setName('') });
  };
  return (
    <>
      {versions.length > 0 && (
        <ul className={styles['versions']} aria-label={t('versions')}>
          {versions.map((version) => (
            <li key={version.id} className={styles['version']}>
              <button
                type="button"
                className={styles['step']}
                aria-label={`${t('open', { name: version.name })}${version.resultId === null ? '' : ` · ${t('restored')}`}`}
                disabled={isReadOnly || open.isPending}
                onClick={() =>
                  open.mutate({
                    photoId,
                    versionId: version.id,
                    keepAs: t('keptBefore', { name: version.name }).slice(0, longestName),
                  })
                }
              >
                {version.name}
                {version.resultId !== null && (
                  <Text span size="xs" c="dimmed">
                    {` · ${t('restored')}`}
                  </Text>
                )}
              </button>
              <IconAction
                label={t('remove', { name: version.name })}
                disabled={isReadOnly}
                onClick={() => remove.mutate({ photoId, versionId: version.id })}
              >
                <IconX size={16} aria-hidden />
              </IconAction>
            </li>
          ))}
        </ul>
      )}
      <form className={styles['keep']} onSubmit={onSubmit}>
        <TextInput
          size="xs"
          aria-label={t('name')}
          placeholder={t('name')}
          maxLength={longestName}
          disabled={isReadOnly}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="xs"
          variant="default"
          disabled={isReadOnly || name.trim() === ''}
          loading={save.isPending}
        >
          {t('save')}
        </Button>
      </form>
    </>
  );
}
