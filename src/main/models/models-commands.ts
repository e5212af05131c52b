// models.*: from the contract to the model manager. Main process.
import path from 'node:path';
import type { SomeHandlers } from '../dispatch.ts';
import type { Uploads } from '../file-system/uploads.ts';
import type { ModelsPort } from './models-port.ts';

export function modelsCommands(models: ModelsPort, uploads: Uploads): SomeHandlers {
  return {
    'models.list': () => models.list(),
    'models.folder': () => models.folder(),
    'models.move-folder': async ({ path: folder }) => {
      await models.moveFolder(path.resolve(folder));
      return null;
    },
    'models.download': ({ modelId, acceptLicence }) => models.download(modelId, acceptLicence),
    'models.cancel-download': ({ modelId }) => models.cancelDownload(modelId),
    'models.import': async ({ source, acceptLicence }) => {
      if (source.kind === 'path') return models.importFile(path.resolve(source.path), acceptLicence);
      const status = await models.importFile(uploads.find(source.uploadId).path, acceptLicence);
      // Kept after a failure: accepting the licence must not mean sending hundreds of megabytes again.
      await uploads.forget(source.uploadId);
      return status;
    },
    'models.verify': ({ modelId }) => models.verify(modelId),
    'models.remove': ({ modelId }) => models.remove(modelId),
  };
}
