// Listens to one kind of event while a component is mounted.
import { useEffect, useEffectEvent } from 'react';
import type { EventOf, EventType, HeirloomEvent } from '#shared/contract/events.ts';
import { useStudioClient } from './StudioClientProvider.tsx';

export function useEvent<T extends EventType>(type: T, listener: (event: EventOf<T>) => void): void {
  const client = useStudioClient();
  const onEvent = useEffectEvent((event: HeirloomEvent) => {
    if (isOfType(event, type)) listener(event);
  });
  useEffect(() => client.subscribe((event) => onEvent(event)), [client]);
}

function isOfType<T extends EventType>(event: HeirloomEvent, type: T): event is EventOf<T> {
  return event.type === type;
}
