// photos.*: from the contract to the service. Main process.
import path from 'node:path';
import type { FileSource } from '#shared/contract/commands.ts';
import { toWire } from '#shared/errors/heirloom-error.ts';
import type { SomeHandlers } from '../dispatch.ts';
import type { Uploads } from '../file-system/uploads.ts';
import type { ImportItem, ImportReport, PhotosService } from './photos-service.ts';

export interface PhotosCommandsOptions {
  /** Errors: project.none-open. */
  readonly photos: () => PhotosService;
  /** Errors: project.none-open, project.read-only. */
  readonly writablePhotos: () => PhotosService;
  readonly uploads: Uploads;
  readonly samplePhoto: string;
}

export function photosCommands(options: PhotosCommandsOptions): SomeHandlers {
  const { photos, writablePhotos, uploads, samplePhoto } = options;
  return {
    'photos.import': async ({ sources }) => {
      const service = writablePhotos();
      const failed: ImportReport['failed'] = [];
      const items: ImportItem[] = [];
      for (const source of sources) {
        try {
          items.push(itemOf(source, uploads));
        } catch (error) {
          failed.push({ fileName: '', error: toWire(error) });
        }
      }
      try {
        const report = await service.import(items);
        return { ...report, failed: [...failed, ...report.failed] };
      } finally {
        for (const source of sources) if (source.kind === 'upload') await uploads.forget(source.uploadId);
      }
    },
    'photos.import-sample': () =>
      writablePhotos().import([{ path: samplePhoto, fileName: path.basename(samplePhoto) }]),
    'photos.list': () => photos().list(),
    'photos.check-originals': () => photos().checkOriginals(),
    'photos.remove': ({ photoIds }) => {
      writablePhotos().remove(photoIds);
      return null;
    },
    'photos.put-back': ({ photoIds }) => {
      writablePhotos().putBack(photoIds);
      return null;
    },
  };
}

function itemOf(source: FileSource, uploads: Uploads): ImportItem {
  if (source.kind === 'upload') return uploads.find(source.uploadId);
  return { path: path.resolve(source.path), fileName: path.basename(source.path) };
}
