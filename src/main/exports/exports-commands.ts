// exports.*: from the contract to the service. Main process.
import type { SomeHandlers } from '../dispatch.ts';
import type { ExportsService } from './exports-service.ts';

/** `writableExports` errors: project.none-open, project.read-only. */
export function exportsCommands(writableExports: () => ExportsService): SomeHandlers {
  return {
    'exports.start': (request) => writableExports().start(request),
    'exports.start-many': (request) => writableExports().startMany(request),
  };
}
