// results.*: from the contract to the service. Main process.
import type { PhotoId } from '#shared/domain/ids.ts';
import type { Job } from '#shared/domain/job.ts';
import type { SomeHandlers } from '../dispatch.ts';
import type { ResultsService } from './results-service.ts';

export interface ResultsCommandsOptions {
  /** Errors: project.none-open. */
  readonly results: () => ResultsService;
  /** Errors: project.none-open, project.read-only. */
  readonly writableResults: () => ResultsService;
  /** Faces first, then the restore. Errors: project.none-open, project.read-only. */
  readonly renderWithFaces: (photoId: PhotoId) => Promise<Job>;
}

export function resultsCommands({
  results,
  writableResults,
  renderWithFaces,
}: ResultsCommandsOptions): SomeHandlers {
  return {
    'results.render': ({ photoId, at, findsFacesFirst }) =>
      findsFacesFirst === true && at === undefined
        ? renderWithFaces(photoId)
        : writableResults().render(photoId, at),
    'results.list-rendered': ({ photoId }) => results().listRendered(photoId),
    'results.latest': ({ photoId }) => results().latest(photoId),
  };
}
