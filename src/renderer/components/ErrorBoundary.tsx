// Catches a broken part of the window and offers a way back; nothing is lost, main holds all state.
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toWire } from '#shared/errors/heirloom-error.ts';
import styles from './FailureWords.module.css';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly error: unknown;
  readonly isBroken: boolean;
}

export class ErrorBoundary extends Component<Props, State> {
  override readonly state: State = { error: null, isBroken: false };

  static getDerivedStateFromError(error: unknown): State {
    return { error, isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <BrokenPart error={this.state.error} onRetry={() => this.setState({ error: null, isBroken: false })} />
    );
  }
}

function BrokenPart({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack role="alert" p="xl" maw={560} mx="auto" gap="sm">
      <Title order={2} size="h3">
        {t('app.broken')}
      </Title>
      <Text>{t('app.brokenNext')}</Text>
      <Group>
        <Button onClick={onRetry}>{t('app.tryAgain')}</Button>
        <Button variant="default" onClick={() => location.reload()}>
          {t('app.reload')}
        </Button>
      </Group>
      <details className={styles['details']}>
        <summary>{t('app.technicalDetails')}</summary>
        <pre>{toWire(error).detail}</pre>
      </details>
    </Stack>
  );
}
