// Shows a failure as a notice that stays until it is closed or made good. The same failure twice is one notice.
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import i18next from 'i18next';
import { asErrorWire } from '../translations/error-words.ts';
import { FailureWords } from './FailureWords.tsx';

/** Answers with a function that takes the notice away again. */
export function reportFailure(error: unknown, title?: string): () => void {
  const wire = asErrorWire(error);
  const id = notifications.show({
    id: `${wire.code} ${JSON.stringify(wire.params)}`,
    title: title ?? i18next.t('app.failure'),
    message: <FailureWords error={wire} />,
    color: 'red',
    icon: <IconAlertTriangle size={18} aria-hidden />,
    autoClose: false,
    closeButtonProps: { 'aria-label': i18next.t('app.close') },
    role: 'alert',
  });
  return () => void notifications.hide(id);
}
