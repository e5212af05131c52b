// The one window: sandboxed, isolated, without Node. Runs in Electron's main process.
import { studioPageAddress } from './app-protocol.ts';
import type { ElectronApi, StudioWindow } from './electron-api.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

export interface StudioWindowOptions {
  readonly title: string;
  readonly preloadPath: string;
  readonly iconPath: string;
  /** Where the place of the window is remembered. */
  readonly stateFile: string;
  /** Asked on each attempt to close; false keeps the window. */
  readonly mayClose: () => Promise<boolean>;
}

export function openStudioWindow(
  electron: Pick<ElectronApi, 'BrowserWindow' | 'screen' | 'nativeTheme'>,
  options: StudioWindowOptions,
): StudioWindow {
  const state = readWindowState(
    options.stateFile,
    electron.screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new electron.BrowserWindow({
    ...(state === null
      ? { width: 1400, height: 900 }
      : { x: state.x, y: state.y, width: state.width, height: state.height }),
    minWidth: 800,
    minHeight: 560,
    show: false,
    title: options.title,
    icon: options.iconPath,
    backgroundColor: electron.nativeTheme.shouldUseDarkColors ? '#1b1917' : '#f7f4ef',
    webPreferences: {
      preload: options.preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (state?.isMaximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  askBeforeClosing(window, options.mayClose, () => {
    const { x, y, width, height } = window.getNormalBounds();
    writeWindowState(options.stateFile, { x, y, width, height, isMaximised: window.isMaximized() });
  });
  void window.loadURL(studioPageAddress);
  return window;
}

function askBeforeClosing(
  window: StudioWindow,
  mayClose: () => Promise<boolean>,
  remember: () => void,
): void {
  let isAllowed = false;
  let isAsking = false;
  window.on('close', (event) => {
    remember();
    if (isAllowed) return;
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    void mayClose().then((answer) => {
      isAsking = false;
      isAllowed = answer;
      if (answer && !window.isDestroyed()) window.close();
    });
  });
}
