// The cached answers about clips, one hook each. Data is undefined until the first answer.
import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type EditedClip, foldClipEdits } from '#shared/domain/clip-edit.ts';
import type { ClipId } from '#shared/domain/ids.ts';
import type { Clip, ClipJobProgress } from '#shared/domain/project-clip.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useProject } from '../../bridge/use-answers.ts';
import { useStudioState } from '../studio/studio-state.tsx';

/** Not asked for while no project is open. */
export function useClips() {
  const client = useStudioClient();
  const { data: project } = useProject();
  return useQuery({
    queryKey: queryKeys.clips,
    queryFn: () => client.invoke('clips.list', {}),
    enabled: project !== null && project !== undefined,
    meta: { isShownByPage: true },
  });
}

/** The clip on the page: the selected one, or the first when none is selected or it is gone. */
export function useSelectedClip(): Clip | null {
  const { data: clips } = useClips();
  const { selectedClipId } = useStudioState();
  return clips?.find(({ id }) => id === selectedClipId) ?? clips?.[0] ?? null;
}

/** Nothing is asked for while no clip is given. */
export function useClipHistory(clipId: ClipId | null) {
  const client = useStudioClient();
  return useQuery({
    queryKey: clipId === null ? ['clip-history', null] : queryKeys.clipHistory(clipId),
    queryFn: clipId === null ? skipToken : () => client.invoke('clips.history', { clipId }),
  });
}

/** The clip as edited, folded here: the same fold main restores from. */
export function useEditedClip(clipId: ClipId): EditedClip {
  const { data: history } = useClipHistory(clipId);
  return useMemo(() => foldClipEdits(history?.steps ?? [], history?.cursor ?? 0), [history]);
}

/** What is kept and what changes; asked anew with every edit, the answer before stays until then. */
export function useClipPlan(clipId: ClipId) {
  const client = useStudioClient();
  return useQuery({
    queryKey: queryKeys.clipPlan(clipId),
    queryFn: () => client.invoke('clips.plan', { clipId }),
    meta: { isShownByPage: true },
  });
}

/** Fails with video.ffmpeg-missing where there is no ffmpeg: the page says how to get one. */
export function useClipEncoders() {
  const client = useStudioClient();
  return useQuery({
    queryKey: queryKeys.clipEncoders,
    queryFn: () => client.invoke('clips.encoders', {}),
    meta: { isShownByPage: true },
  });
}

/** Filled by events only; of the run that goes on, or of the last one. */
export function useClipProgress(clipId: ClipId): ClipJobProgress | undefined {
  const { data } = useQuery<ClipJobProgress>({
    queryKey: queryKeys.clipProgress(clipId),
    queryFn: () => Promise.reject(new Error('progress comes by events')),
    enabled: false,
  });
  return data;
}
