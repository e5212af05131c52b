// Hands the client to every component and keeps the query cache in step with main's events.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { applyEvent } from './apply-event.ts';
import type { StudioClient } from './studio-client.ts';

const StudioClientContext = createContext<StudioClient | null>(null);

export function StudioClientProvider(props: { client: StudioClient; children: ReactNode }): ReactNode {
  const { client, children } = props;
  const cache = useQueryClient();
  useEffect(() => client.subscribe((event) => applyEvent(cache, event)), [client, cache]);
  return <StudioClientContext value={client}>{children}</StudioClientContext>;
}

export function useStudioClient(): StudioClient {
  const client = useContext(StudioClientContext);
  if (client === null) throw new Error('StudioClientProvider is missing');
  return client;
}
