// Five fidelities of one face as pictures, and the face as it is: to choose from by eye. A radio group: arrow keys try
// (shown live on the picture), Enter or leaving takes, a click takes at once. One choice is one edit.
import { Loader, Text } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Photo } from '#shared/domain/photo.ts';
import { useFormats } from '../../formatting/use-formats.ts';
import type { FaceState } from './face-states.ts';
import styles from './LiveFaces.module.css';
import { useLiveFaces } from './LiveFacesProvider.tsx';
import { stripFidelities, useFaceKeyframes } from './use-face-keyframes.ts';

interface Props {
  readonly photo: Photo;
  readonly state: FaceState;
  readonly restorerName: string;
  readonly isReadOnly: boolean;
  readonly onChoose: (fidelity: number) => void;
}

export function FidelityStrip({ photo, state, restorerName, isReadOnly, onChoose }: Props): ReactNode {
  const { t } = useTranslation('faces');
  const formats = useFormats();
  const live = useLiveFaces();
  const group = useId();
  const [tried, setTried] = useState<number | null>(null);
  const isByPointer = useRef(false);
  const strip = useRef<HTMLFieldSetElement | null>(null);
  const { data, isError } = useFaceKeyframes(photo, state.face.id, stripFidelities, true);
  const isThere = data !== undefined;
  useEffect(() => {
    if (isThere) strip.current?.scrollIntoView({ block: 'nearest' });
  }, [isThere]);
  if (isError) return <Text size="sm">{t('strip.failed')}</Text>;
  if (data === undefined) {
    return (
      <div className={styles['waiting']} role="status">
        <Loader size="xs" />
        {t('strip.rendering')}
      </div>
    );
  }
  if (!data.hasFidelity) return <Text size="sm">{t('strip.oneLook', { name: restorerName })}</Text>;

  const take = (fidelity: number): void => {
    setTried(null);
    if (fidelity === state.fidelity) live.hide();
    else onChoose(fidelity);
  };
  const choose = (fidelity: number): void => {
    live.show([state.face.id], fidelity);
    if (isByPointer.current) take(fidelity);
    else setTried(fidelity);
  };
  return (
    <fieldset
      ref={strip}
      className={styles['strip']}
      disabled={isReadOnly}
      onPointerDown={() => {
        isByPointer.current = true;
      }}
      onKeyDown={(event) => {
        isByPointer.current = false;
        if (event.key !== 'Enter' || tried === null) return;
        event.preventDefault();
        take(tried);
      }}
      onBlur={(event) => {
        if (tried !== null && !event.currentTarget.contains(event.relatedTarget)) take(tried);
      }}
    >
      <legend>{t('strip.title', { number: state.number })}</legend>
      <div className={styles['options']}>
        <figure>
          <img src={data.originalAddress} alt={t('strip.original')} />
          <figcaption aria-hidden>{t('strip.original')}</figcaption>
        </figure>
        {data.keyframes.map(({ fidelity, address }) => (
          <label key={address} className={styles['option']}>
            <input
              type="radio"
              name={group}
              aria-label={t('strip.option', { value: formats.decimal(fidelity) })}
              checked={fidelity === (tried ?? state.fidelity)}
              onChange={() => choose(fidelity)}
            />
            <img src={address} alt="" />
            <span className={styles['optionName']} aria-hidden>
              {formats.decimal(fidelity)}
            </span>
          </label>
        ))}
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {t('strip.hint')}
      </Text>
    </fieldset>
  );
}
