// Whatever is dropped, pasted or handed over by the system: films become clips, everything else photos.
import { useStudioState } from '../studio/studio-state.tsx';
import { useClipImport } from '../video/use-clip-import.ts';
import { sortFilms } from './film-names.ts';
import { usePhotoImport } from './use-photo-import.ts';

export interface AnyImport {
  importFiles(files: readonly File[]): void;
  importPaths(paths: readonly string[]): void;
}

export function useImport(): AnyImport {
  const { page } = useStudioState();
  const photoImport = usePhotoImport();
  const { importFilms } = useClipImport();
  const isOnFilmsPage = page === 'films';
  return {
    importFiles(files) {
      const { films, photos } = sortFilms(files, ({ name }) => name, isOnFilmsPage);
      photoImport.importFiles(photos);
      importFilms({ files: films, paths: [] });
    },
    importPaths(paths) {
      const { films, photos } = sortFilms(paths, (path) => path, isOnFilmsPage);
      photoImport.importPaths(photos);
      importFilms({ files: [], paths: films });
    },
  };
}
