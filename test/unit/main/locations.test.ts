import path from 'node:path';
import { expect, it } from 'vitest';
import { applicationLocations, defaultDataFolder } from '../../../src/main/locations.ts';

it.each([
  [{ HEIRLOOM_DATA_DIR: '/chosen', XDG_DATA_HOME: '/xdg' }, 'linux', '/chosen'],
  [{ XDG_DATA_HOME: '/xdg' }, 'linux', '/xdg/heirloom'],
  [{ XDG_DATA_HOME: 'relative' }, 'linux', '/home/ada/.local/share/heirloom'],
  [{}, 'freebsd', '/home/ada/.local/share/heirloom'],
  [{ XDG_DATA_HOME: '/xdg' }, 'darwin', '/home/ada/Library/Application Support/Heirloom'],
  [{ APPDATA: '/roaming' }, 'win32', '/roaming/Heirloom'],
  [{}, 'win32', '/home/ada/AppData/Roaming/Heirloom'],
])('%j on %s keeps data in %s', (environment, platform, folder) => {
  expect(defaultDataFolder(environment, platform, '/home/ada')).toBe(path.normalize(folder));
});

it('finds the parts of the application from its root', () => {
  const { engineEntry, bundledModelFolders } = applicationLocations('/app');
  expect(engineEntry).toBe(path.normalize('/app/out/main/engine.js'));
  expect(bundledModelFolders).toHaveLength(2);
});
