// Short good or neutral news, gone after some seconds; with an action it stays a little longer.
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconInfoCircle } from '@tabler/icons-react';
import i18next from 'i18next';

export interface Notice {
  readonly id?: string;
  readonly kind: 'success' | 'information';
  readonly title?: string;
  readonly message: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export function showNotice(notice: Notice): void {
  const { action } = notice;
  const id = notifications.show({
    ...(notice.id === undefined ? {} : { id: notice.id }),
    title: notice.title,
    message:
      action === undefined ? (
        notice.message
      ) : (
        <>
          {notice.message}{' '}
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              action.run();
              notifications.hide(id);
            }}
          >
            {action.label}
          </Button>
        </>
      ),
    color: notice.kind === 'success' ? 'verdigris' : 'gray',
    icon:
      notice.kind === 'success' ? (
        <IconCheck size={18} aria-hidden />
      ) : (
        <IconInfoCircle size={18} aria-hidden />
      ),
    autoClose: action === undefined ? 6000 : 10_000,
    closeButtonProps: { 'aria-label': i18next.t('app.close') },
    role: 'status',
  });
}
