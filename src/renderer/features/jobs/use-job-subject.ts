// What a job is about, as a list shows it: the name of the photo or film, and a picture of it.
import { useTranslation } from 'react-i18next';
import { clipFrameAddress } from '#shared/contract/films.ts';
import { photoPictureAddress } from '#shared/contract/pictures.ts';
import type { Job } from '#shared/domain/job.ts';
import { usePhotos } from '../../bridge/use-answers.ts';
import { posterSeconds } from '../video/player/time-code.ts';
import { useClips } from '../video/use-clips.ts';

export interface JobSubject {
  readonly fileName: string;
  /** null: it is no longer in the project. */
  readonly pictureAddress: string | null;
}

export function useJobSubject(): (job: Pick<Job, 'photoId' | 'clipId'>) => JobSubject {
  const { t } = useTranslation();
  const { data: photos } = usePhotos();
  const { data: clips } = useClips();
  return ({ photoId, clipId }) => {
    const photo = photos?.find(({ id }) => id === photoId);
    if (photo !== undefined)
      return { fileName: photo.fileName, pictureAddress: photoPictureAddress(photo.id, 'thumbnail') };
    const clip = clips?.find(({ id }) => id === clipId);
    if (clip !== undefined)
      return {
        fileName: clip.fileName,
        pictureAddress: clipFrameAddress(clip.id, posterSeconds(clip.facts)),
      };
    return { fileName: t(clipId === null ? 'jobs.unknownPhoto' : 'jobs.unknownFilm'), pictureAddress: null };
  };
}
