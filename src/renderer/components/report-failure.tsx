// Shows a failure as a notice that stays until it is closed. The same failure twice is one notice.
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import i18next from 'i18next';
import { asErrorWire } from '../translations/error-words.ts';
import { FailureWords } from './FailureWords.tsx';

export function reportFailure(error: unknown, title?: string): void {
  const wire = asErrorWire(error);
  notifications.show({
    id: `${wire.code} ${JSON.stringify(wire.params)}`,
    title: title ?? i18next.t('app.failure'),
    message: <FailureWords error={wire} />,
    color: 'red',
    icon: <IconAlertTriangle size={18} aria-hidden />,
    autoClose: false,
    closeButtonProps: { 'aria-label': i18next.t('app.close') },
    role: 'alert',
  });
}
