// Entry of the desktop application in Electron's main process: gives the host the real Electron and the built files.
// Everything up to the first await runs before the app is ready.
import { join } from 'node:path';
import * as electron from 'electron';
import { applicationLocations, defaultDataFolder } from '../../locations.ts';
import { startStudio } from '../../start-studio.ts';
import { createElectronHost } from './create-electron-host.ts';

const appRoot = electron.app.getAppPath();

createElectronHost(electron, {
  createStudio: (given) => startStudio({ ...given, appRoot }),
  rendererFolder: applicationLocations(appRoot).rendererFolder,
  preloadPath: join(appRoot, 'out', 'preload', 'index.cjs'),
  iconPath: join(appRoot, 'resources', 'icon.png'),
  dataFolder: defaultDataFolder(),
  // Unpackaged, the folder of the application stands before the paths: electron . photo.jpg
  args: process.argv.slice(electron.app.isPackaged ? 1 : 2),
  workingFolder: process.cwd(),
  platform: process.platform,
}).catch((error: unknown) => {
  electron.dialog.showErrorBox(
    'Heirloom',
    error instanceof Error ? (error.stack ?? error.message) : String(error),
  );
  electron.app.exit(1);
});
