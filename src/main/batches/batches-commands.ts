// batches.*: from the contract to the service. Main process.
import type { SomeHandlers } from '../dispatch.ts';
import type { BatchesService } from './batches-service.ts';

/** Errors of the given function: project.none-open, project.read-only. */
export function batchesCommands(writableBatches: () => BatchesService): SomeHandlers {
  return {
    'batches.start': ({ photoIds, edits }) => writableBatches().start(photoIds, edits),
  };
}
