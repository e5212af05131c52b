// The providers every component stands on, from the outside in: theme, query cache, bridge, events.
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { hearsNewsWhileAsking } from './bridge/news-while-asking.ts';
import { StudioClientProvider } from './bridge/StudioClientProvider.tsx';
import type { StudioClient } from './bridge/studio-client.ts';
import { ErrorBoundary } from './components/ErrorBoundary.tsx';
import { reportFailure } from './components/report-failure.tsx';
import { StudioShell } from './features/studio/StudioShell.tsx';
import { StudioStateProvider } from './features/studio/studio-state.tsx';
import { studioTheme, studioVariables } from './theme.ts';

/** State comes by events, so answers never grow old by themselves and failures are not asked again. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      // Answers whose failure the page itself shows say so: a notice as well would say it twice.
      onError: (error, query) => query.meta?.['isShownByPage'] !== true && reportFailure(error),
    }),
    mutationCache: new MutationCache({ onError: (error) => reportFailure(error) }),
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        networkMode: 'always',
        behavior: hearsNewsWhileAsking,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

export function App({ client }: { client: StudioClient }): ReactNode {
  const [queryClient] = useState(createQueryClient);
  return (
    <MantineProvider theme={studioTheme} cssVariablesResolver={studioVariables} defaultColorScheme="auto">
      <Notifications position="bottom-right" limit={4} zIndex={400} />
      <ErrorBoundary>
        <QueryClientProvider client={queryClient}>
          <StudioClientProvider client={client}>
            <StudioStateProvider>
              <StudioShell />
            </StudioStateProvider>
          </StudioClientProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}
