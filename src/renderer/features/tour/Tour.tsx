// A look around for people who are here for the first time: a card of four steps that leaves the window usable. Shown
// once, and again whenever it is asked for.
import { Button, CloseButton, Text } from '@mantine/core';
import { IconArrowsHorizontal, IconFaceId, IconHelpCircle, IconPhotoHeart } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../../bridge/use-answers.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { keyWords } from '../shortcuts/key-words.ts';
import { useStudioState } from '../studio/studio-state.tsx';
import styles from './Tour.module.css';

const steps = [
  { step: 'welcome', Icon: IconPhotoHeart },
  { step: 'faces', Icon: IconFaceId },
  { step: 'compare', Icon: IconArrowsHorizontal },
  { step: 'help', Icon: IconHelpCircle },
] as const;

export function Tour(): ReactNode {
  const { dialog, isTourWanted, wantTour } = useStudioState();
  const { data: settings } = useSettings();
  const change = useCommand('settings.change');
  const isFirstTime = settings?.hasSeenTour === false;
  // A dialog has the floor; the tour waits behind it.
  if (dialog !== null || !(isFirstTime || isTourWanted)) return null;
  return (
    <TourCard
      hasFocus={isTourWanted}
      onDone={() => {
        wantTour(false);
        if (isFirstTime) change.mutate({ hasSeenTour: true });
      }}
    />
  );
}

/** `hasFocus`: somebody asked for it just now. */
function TourCard({ hasFocus, onDone }: { hasFocus: boolean; onDone: () => void }): ReactNode {
  const { t } = useTranslation(['studio', 'palette']);
  const [at, setAt] = useState(0);
  const card = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (hasFocus) card.current?.focus();
  }, [hasFocus]);
  const { step, Icon } = steps[at] ?? steps[0];
  const isLast = at === steps.length - 1;
  return (
    <section
      ref={card}
      className={styles['card']}
      aria-label={t('palette:steps.label', { step: at + 1, count: steps.length })}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <Icon size={32} aria-hidden className={styles['icon'] ?? ''} />
      <div aria-live="polite" className={styles['words']}>
        <h2>{t(`palette:steps.${step}.title`)}</h2>
        <Text size="sm">{t(`palette:steps.${step}.text`, { key: keyWords(t).palette })}</Text>
      </div>
      <CloseButton aria-label={t('app.close')} onClick={onDone} className={styles['close'] ?? ''} />
      <div className={styles['buttons']}>
        <span className={styles['dots']} aria-hidden>
          {steps.map((each, index) => (
            <i key={each.step} data-here={index === at || undefined} />
          ))}
        </span>
        {at > 0 ? (
          <Button size="compact-sm" variant="default" onClick={() => setAt(at - 1)}>
            {t('palette:steps.back')}
          </Button>
        ) : (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={onDone}>
            {t('palette:steps.skip')}
          </Button>
        )}
        <Button size="compact-sm" onClick={() => (isLast ? onDone() : setAt(at + 1))}>
          {t(isLast ? 'palette:steps.done' : 'palette:steps.next')}
        </Button>
      </div>
    </section>
  );
}
