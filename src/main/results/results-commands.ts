// results.*: from the contract to the service. Main process.
import type { SomeHandlers } from '../dispatch.ts';
import type { ResultsService } from './results-service.ts';

export interface ResultsCommandsOptions {
  /** Errors: project.none-open. */
  readonly results: () => ResultsService;
  /** Errors: project.none-open, project.read-only. */
  readonly writableResults: () => ResultsService;
}

export function resultsCommands({ results, writableResults }: ResultsCommandsOptions): SomeHandlers {
  return {
    'results.render': ({ photoId, at }) => writableResults().render(photoId, at),
    'results.list-rendered': ({ photoId }) => results().listRendered(photoId),
    'results.latest': ({ photoId }) => results().latest(photoId),
  };
}
