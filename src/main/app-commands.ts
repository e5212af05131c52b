// app.*, dialogs.* and engine.*: what belongs to the studio as a whole. Main process.
import type { ModelFile } from '#shared/contract/model-file.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { SomeHandlers } from './dispatch.ts';
import type { EnginePort } from './engine-host/engine-port.ts';
import type { HostAbilities } from './studio.ts';

export interface AppCommandsOptions {
  readonly version: string;
  readonly dataFolder: string;
  readonly abilities: HostAbilities;
  readonly engine: EnginePort;
  /** Paths given at start, once. Asked for by a window that can hear events. */
  readonly takeOpenedPaths: () => string[];
  readonly selfTestModel: () => Promise<ModelFile | null>;
}

export function appCommands(options: AppCommandsOptions): SomeHandlers {
  const { version, dataFolder, abilities, engine } = options;
  return {
    'app.describe': () => ({
      version,
      host: abilities.host,
      platform: process.platform,
      hasNativeDialogs: abilities.chooseFiles !== null,
      dataFolder,
    }),
    'app.take-opened-paths': () => options.takeOpenedPaths(),
    'dialogs.choose': ({ purpose, suggestedName }) => {
      if (abilities.chooseFiles === null) throw new HeirloomError('command.not-available-here');
      return abilities.chooseFiles({ purpose, suggestedName });
    },
    'engine.status': () => engine.status(),
    'engine.self-test': async () => {
      const model = await options.selfTestModel();
      if (model === null) throw new HeirloomError('model.not-installed', { name: 'face-restoration' });
      return engine.run({ kind: 'self-test', model });
    },
  };
}
