// A paired playback of a mounted page, and what components read of it.
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createPairedPlayback, type PairedPlayback, type PlaybackStatus } from './paired-playback.ts';

function nextFrame(callback: () => void): () => void {
  const request = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(request);
}

export function usePlayback(): PairedPlayback {
  const [playback] = useState(() => createPairedPlayback(nextFrame));
  useEffect(() => () => playback.pause(), [playback]);
  return playback;
}

export function usePlaybackStatus(playback: PairedPlayback): PlaybackStatus {
  return useSyncExternalStore(playback.subscribe, playback.status);
}

/** Changes with every picture while it plays: only for small components. */
export function usePlaybackSeconds(playback: PairedPlayback): number {
  return useSyncExternalStore(playback.subscribe, playback.seconds);
}
