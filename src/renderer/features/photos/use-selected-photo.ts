// The photo in the viewer: the selected one, or the first when none is selected or it is gone.
import type { Photo } from '#shared/domain/photo.ts';
import { usePhotos } from '../../bridge/use-answers.ts';
import { useStudioState } from '../studio/studio-state.tsx';

export function useSelectedPhoto(): Photo | null {
  const { data: photos } = usePhotos();
  const { selectedPhotoId } = useStudioState();
  return photos?.find(({ id }) => id === selectedPhotoId) ?? photos?.[0] ?? null;
}
