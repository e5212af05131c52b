// The order in which the Electron host comes up and goes down. Runs in Electron's main process.
// Electron is handed in: index.ts gives the real one, tests a recording one.
import { join } from 'node:path';
import type { HeirloomEvent } from '#shared/contract/events.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import type { HostAbilities, SpawnEngine, Studio } from '../../studio.ts';
import { listRendererFiles } from '../renderer-files.ts';
import { createStudioProtocol, registerStudioScheme, studioScheme } from './app-protocol.ts';
import { carryCommands, sendEvent } from './command-channel.ts';
import { createCrashLog } from './crash-log.ts';
import type { ElectronApi, StudioWindow } from './electron-api.ts';
import { createFileDialogs } from './file-dialogs.ts';
import { menuWords, readLicenceAddresses, readRecentProjects, readSettings } from './host-words.ts';
import { createJobIndicators } from './job-indicators.ts';
import { lockDownPages, lockDownSession, mayOpenOutside } from './lock-down.ts';
import { nativeMenuTemplate } from './native-menu.ts';
import { pathsOfArguments, pathsOfSecondInstance } from './opened-paths.ts';
import { createUtilityEngineSpawner } from './spawn-utility-engine.ts';
import { openStudioWindow } from './studio-window.ts';

export interface ElectronHostOptions {
  readonly createStudio: (given: {
    abilities: HostAbilities;
    dataFolder: string;
    spawnEngine: SpawnEngine;
    openPaths: readonly string[];
  }) => Promise<Studio>;
  readonly rendererFolder: string;
  readonly preloadPath: string;
  readonly iconPath: string;
  /** The person's data, the same for every host. Chromium's own files go into a folder inside it. */
  readonly dataFolder: string;
  /** Arguments after the program and, unpackaged, after the app folder. */
  readonly args: readonly string[];
  readonly workingFolder: string;
  readonly platform: NodeJS.Platform;
}

/** A page that crashes at once after each load is not loaded for ever. */
const reloadsAfterCrash = 3;

/** Resolves when the window is open; false when another instance has taken over the paths. */
export async function createElectronHost(
  electron: ElectronApi,
  options: ElectronHostOptions,
): Promise<boolean> {
  const { app } = electron;
  const { dataFolder } = options;
  app.setPath('userData', join(dataFolder, 'window'));

  // Before the app is ready.
  app.enableSandbox();
  registerStudioScheme(electron);
  electron.crashReporter.start({ uploadToServer: false });
  const openPaths = pathsOfArguments(options.args, options.workingFolder);
  if (!app.requestSingleInstanceLock({ paths: openPaths })) {
    app.quit();
    return false;
  }
  let studio: Studio | null = null;
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (studio === null) openPaths.push(path);
    else studio.openPaths([path]);
  });

  let window: StudioWindow | null = null;
  const currentWindow = (): StudioWindow | null => window;
  const crashLog = createCrashLog(join(dataFolder, 'logs', 'crashes.log'));
  lockDownPages(electron, (address) => {
    if (studio === null) return;
    void readLicenceAddresses(studio).then((known) => {
      if (mayOpenOutside(address, known)) void electron.shell.openExternal(address);
    });
  });

  await app.whenReady();
  lockDownSession(electron);
  let words = menuWords('system', app.getPreferredSystemLanguages());
  studio = await options.createStudio({
    abilities: {
      host: 'electron',
      chooseFiles: createFileDialogs(electron, currentWindow, () => words),
      offerDownload: null,
      noteRecentDocument: (path) => app.addRecentDocument(path),
    },
    dataFolder,
    spawnEngine: createUtilityEngineSpawner(electron, crashLog.write),
    openPaths,
  });
  const openStudio = studio;

  electron.protocol.handle(
    studioScheme,
    createStudioProtocol(openStudio, listRendererFiles(options.rendererFolder)),
  );
  carryCommands(electron, openStudio, currentWindow);

  async function followSettings(): Promise<void> {
    const settings = await readSettings(openStudio);
    electron.nativeTheme.themeSource = settings.theme;
    words = menuWords(settings.language, app.getPreferredSystemLanguages());
    const template = nativeMenuTemplate({
      messages: words,
      platform: options.platform,
      isPackaged: app.isPackaged,
      recentProjects: await readRecentProjects(openStudio),
      choose: (item) => sendEvent(window, { type: 'menu.chosen', item }),
      openProject: (path) => openStudio.openPaths([path]),
    });
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));
  }

  async function mayClose(): Promise<boolean> {
    if (window === null || !openStudio.hasRunningJobs()) return true;
    const { message, detail, stop, stay } = words.closing;
    const buttons = [stay, stop];
    const asked = {
      type: 'warning' as const,
      message,
      detail,
      buttons,
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    };
    const { response } = await electron.dialog.showMessageBox(window, asked);
    return response === 1;
  }

  let reloads = 0;
  function openWindow(): void {
    const opened = openStudioWindow(electron, {
      title: words.appName,
      preloadPath: options.preloadPath,
      iconPath: options.iconPath,
      stateFile: join(dataFolder, 'window', 'window-state.json'),
      mayClose,
    });
    window = opened;
    opened.on('closed', () => {
      window = null;
    });
    opened.webContents.on('render-process-gone', (_event, details) => {
      crashLog.write(`window ${details.reason} (${details.exitCode})`);
      if (details.reason === 'clean-exit' || opened.isDestroyed()) return;
      reloads += 1;
      if (reloads <= reloadsAfterCrash) {
        opened.webContents.reload();
        return;
      }
      electron.dialog.showErrorBox(
        words.crashed.message,
        interpolate(words.crashed.detail, { path: crashLog.path }),
      );
      app.exit(1);
    });
  }

  const indicators = createJobIndicators(electron, () => openStudio.hasRunningJobs(), currentWindow);
  openStudio.onEvent((event: HeirloomEvent) => {
    sendEvent(window, event);
    indicators.notice(event);
    if (event.type === 'settings.changed' || event.type === 'project.changed') void followSettings();
  });

  app.on('second-instance', (_event, _args, _folder, additionalData) => {
    const paths = pathsOfSecondInstance(additionalData);
    if (paths.length > 0) openStudio.openPaths(paths);
    if (window === null) openWindow();
    else {
      if (window.isMinimized()) window.restore();
      window.focus();
    }
  });
  app.on('activate', () => {
    if (window === null) openWindow();
  });
  app.on('window-all-closed', () => {
    if (options.platform !== 'darwin') app.quit();
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (reason !== 'clean-exit') crashLog.write(`${type} ${name ?? ''} ${reason} (${exitCode})`);
  });

  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    indicators.stop();
    void openStudio
      .close()
      .catch((error: unknown) => crashLog.write(`closing: ${String(error)}`))
      .finally(() => {
        isClosed = true;
        app.quit();
      });
  });

  await followSettings();
  openWindow();
  return true;
}
