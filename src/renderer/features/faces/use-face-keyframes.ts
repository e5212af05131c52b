// A face's rendered fidelities: asked for once per look, kept while the window is open.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { CommandOutput } from '#shared/contract/commands.ts';
import type { FaceId } from '#shared/domain/ids.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { queryKeys } from '../../bridge/query-keys.ts';
import { useStudioClient } from '../../bridge/StudioClientProvider.tsx';
import { useModels } from '../../bridge/use-answers.ts';
import { useEditedPhoto } from '../edits/use-edited-photo.ts';
import { restorerOf } from '../models/model-lookup.ts';
import { type FaceFrames, loadFaceFrames } from './face-frames.ts';
import { useLiveFaces } from './LiveFacesProvider.tsx';

/** Between these a slider's look is blended. */
export const sliderFidelities: readonly number[] = [0, 0.5, 1];
/** What is chosen from by eye. */
export const stripFidelities: readonly number[] = [0, 0.25, 0.5, 0.75, 1];

/** Nothing is rendered while `enabled` is false. */
export function useFaceKeyframes(
  photo: Photo,
  faceId: FaceId,
  fidelities: readonly number[],
  enabled: boolean,
): UseQueryResult<CommandOutput<'faces.keyframes'>> {
  const client = useStudioClient();
  const look = useLook(photo, faceId);
  return useQuery({
    queryKey: [...queryKeys.faceKeyframes, photo.id, faceId, look, fidelities],
    queryFn: () =>
      client.invoke('faces.keyframes', { photoId: photo.id, faceId, fidelities: [...fidelities] }),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** The slider's keyframes as samples; null until somebody is about to move it and they are there. */
export function useFaceFrames(photo: Photo, faceId: FaceId): FaceFrames | null {
  const live = useLiveFaces();
  const isPrepared = useSyncExternalStore(live.subscribe, live.prepared).includes(faceId);
  const { data: rendered } = useFaceKeyframes(photo, faceId, sliderFidelities, isPrepared);
  const addresses = rendered?.keyframes.map(({ address }) => address) ?? null;
  const { data } = useQuery({
    queryKey: ['face-frames', addresses],
    queryFn: () => loadFaceFrames(rendered?.keyframes ?? []),
    enabled: rendered?.hasFidelity === true,
    staleTime: Number.POSITIVE_INFINITY,
    // Three megabytes a face.
    gcTime: 60_000,
    retry: false,
  });
  return rendered?.hasFidelity === true ? (data ?? null) : null;
}

/** What decides how the face's pictures look, besides the fidelity. */
function useLook(photo: Photo, faceId: FaceId): string {
  const { data: models } = useModels();
  const edited = useEditedPhoto(photo);
  const face = edited.faces.find((each) => each.face.id === faceId);
  const restorer = restorerOf(models, face?.restorerId ?? edited.restorerId);
  const matchesColour = face?.paste?.matchesColour ?? false;
  return JSON.stringify([restorer?.entry.id, edited.monochrome, matchesColour, face?.face.landmarksInPhoto]);
}
