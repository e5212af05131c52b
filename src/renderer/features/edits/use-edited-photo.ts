// The photo as edited, folded here from faces and history: the same fold main renders from.
import { useMemo } from 'react';
import { type EditedPhoto, foldEdits } from '#shared/domain/fold-edits.ts';
import type { Photo } from '#shared/domain/photo.ts';
import { useFaces, useHistory } from '../../bridge/use-answers.ts';

export function useEditedPhoto(photo: Photo): EditedPhoto {
  const { data: faces } = useFaces(photo.id);
  const { data: history } = useHistory(photo.id);
  return useMemo(
    () => foldEdits(photo, faces ?? [], history?.steps ?? [], history?.cursor ?? 0),
    [photo, faces, history],
  );
}
