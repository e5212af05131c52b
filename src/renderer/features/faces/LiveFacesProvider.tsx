// Gives the panel's sliders and the picture's canvases one store, and takes the live faces away when the exact picture
// has taken their place.
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import type { Photo } from '#shared/domain/photo.ts';
import { useJobs, useLatestResult } from '../../bridge/use-answers.ts';
import { activeJob } from '../jobs/job-lookup.ts';
import { createLiveFaces, type LiveFaces } from './live-faces.ts';

const LiveFacesContext = createContext<LiveFaces | null>(null);

/** Longest time a live face stays when no restore of the photo is under way: the picture takes a moment to load. */
const longestWaitMs = 3000;

export function LiveFacesProvider(props: {
  photo: Photo;
  /** Address of the restored picture on the stage. */
  shownResult: string | null;
  children: ReactNode;
}): ReactNode {
  const live = useMemo(createLiveFaces, []);
  return (
    <LiveFacesContext.Provider value={live}>
      <Ending live={live} photo={props.photo} shownResult={props.shownResult} />
      {props.children}
    </LiveFacesContext.Provider>
  );
}

export function useLiveFaces(): LiveFaces {
  const live = useContext(LiveFacesContext);
  if (live === null) throw new Error('LiveFacesProvider is missing');
  return live;
}

function Ending(props: { live: LiveFaces; photo: Photo; shownResult: string | null }): ReactNode {
  const { live, photo, shownResult } = props;
  const { data: jobs } = useJobs();
  const { data: latest } = useLatestResult(photo.id);
  const isSettling = useSyncExternalStore(live.subscribe, live.isSettling);
  const isRestoring = activeJob(jobs, photo.id, 'restore-photo') !== undefined;
  const resultId = latest?.result.id ?? null;
  // The result of before the change still counts as current until main has heard of the change.
  const resultBefore = useRef<string | null>(null);
  useEffect(() => {
    if (!isSettling) resultBefore.current = resultId;
  }, [isSettling, resultId]);
  const isCurrent = latest?.isCurrent === true;
  useEffect(() => {
    if (!isSettling || isRestoring) return;
    const isNew = resultId !== null && resultId !== resultBefore.current;
    const isExactShown = isCurrent && isNew && shownResult?.includes(resultId) === true;
    const timer = setTimeout(live.hide, isExactShown ? 0 : longestWaitMs);
    return () => clearTimeout(timer);
  }, [live, isSettling, isRestoring, isCurrent, resultId, shownResult]);
  return null;
}
