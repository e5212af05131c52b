// settings.*: from the contract to the service. Main process.
import type { SomeHandlers } from '../dispatch.ts';
import type { SettingsService } from './settings-service.ts';

export function settingsCommands(settings: SettingsService): SomeHandlers {
  return {
    'settings.read': () => settings.read(),
    'settings.change': (change) => settings.change(change),
  };
}
