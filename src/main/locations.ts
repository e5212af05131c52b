// Where the parts of the application and a person's own data lie. Main process and command line; reads nothing.
import os from 'node:os';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ApplicationLocations {
  readonly packageFile: string;
  /** Entry of the engine process. */
  readonly engineEntry: string;
  readonly rendererFolder: string;
  readonly catalogFile: string;
  /** The photo to try the studio with. A real file, also when packaged: the engine reads it. */
  readonly samplePhoto: string;
  /** Models that ship with the application: committed ones, and those built from packages. */
  readonly bundledModelFolders: readonly string[];
}

/**
 * `appRoot` is the folder with package.json, models/ and out/. Packaged, it is an asar archive: native code cannot read
 * model files inside it, so they lie beside it, in the same layout (electron-builder.yml, extraResources).
 */
export function applicationLocations(appRoot: string): ApplicationLocations {
  const filesRoot = appRoot.endsWith('.asar') ? path.dirname(appRoot) : appRoot;
  return {
    packageFile: path.join(appRoot, 'package.json'),
    engineEntry: path.join(appRoot, 'out', 'main', 'engine.js'),
    rendererFolder: path.join(appRoot, 'out', 'renderer'),
    catalogFile: path.join(appRoot, 'models', 'catalog.json'),
    samplePhoto: path.join(filesRoot, 'resources', 'samples', 'album-page.jpg'),
    bundledModelFolders: [path.join(filesRoot, 'models', 'bundled'), path.join(filesRoot, 'out', 'models')],
  };
}

/** HEIRLOOM_DATA_DIR, else where the system keeps the data of applications. Absolute. */
export function defaultDataFolder(
  environment: Environment = process.env,
  platform: string = process.platform,
  homeFolder: string = os.homedir(),
): string {
  const chosen = environment['HEIRLOOM_DATA_DIR'];
  if (chosen) return path.resolve(chosen);
  if (platform === 'win32')
    return path.join(environment['APPDATA'] || path.join(homeFolder, 'AppData', 'Roaming'), 'Heirloom');
  if (platform === 'darwin') return path.join(homeFolder, 'Library', 'Application Support', 'Heirloom');
  // The XDG base directory specification: a relative value is to be ignored.
  const xdg = environment['XDG_DATA_HOME'];
  return path.join(xdg && path.isAbsolute(xdg) ? xdg : path.join(homeFolder, '.local', 'share'), 'heirloom');
}

/** Inside the data folder. */
export interface DataLocations {
  readonly dataFolder: string;
  readonly untitledProjectsFolder: string;
  readonly damagedFolder: string;
  /** Each running studio has a folder of its own in it. */
  readonly stagingFolder: string;
}

export function dataLocations(dataFolder: string): DataLocations {
  return {
    dataFolder,
    untitledProjectsFolder: path.join(dataFolder, 'projects'),
    damagedFolder: path.join(dataFolder, 'damaged'),
    stagingFolder: path.join(dataFolder, 'staging'),
  };
}
