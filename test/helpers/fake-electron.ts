// Electron's main module as a recorder: what the host asked for can be read back, what the system does can be acted out.
// For tests of the Electron host only.
import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions } from 'electron';
import type { ElectronApi } from '../../src/main/hosts/electron/electron-api.ts';

type WindowOpenHandler = (details: { url: string }) => { action: string };

export class FakeContents extends EventEmitter {
  readonly sent: { channel: string; event: unknown }[] = [];
  windowOpenHandler: WindowOpenHandler | null = null;
  reloads = 0;
  readonly mainFrame = { origin: 'heirloom://studio', parent: null };
  send(channel: string, event: unknown): void {
    this.sent.push({ channel, event });
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler;
  }
  reload(): void {
    this.reloads += 1;
  }
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: Record<string, unknown>;
  readonly bars: number[] = [];
  loadedUrl = '';
  isGone = false;
  isMini = false;
  focusCount = 0;
  bounds = { x: 10, y: 20, width: 1200, height: 800 };
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
  }
  async loadURL(url: string): Promise<void> {
    this.loadedUrl = url;
  }
  show(): void {}
  maximize(): void {}
  restore(): void {
    this.isMini = false;
  }
  focus(): void {
    this.focusCount += 1;
  }
  isMinimized(): boolean {
    return this.isMini;
  }
  isMaximized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.isGone;
  }
  getNormalBounds(): object {
    return this.bounds;
  }
  setProgressBar(fraction: number): void {
    this.bars.push(fraction);
  }
  /** As a person or the system closes it: asks by event, then is gone. */
  close(): boolean {
    const event = cancellable();
    this.emit('close', event);
    if (event.isPrevented) return false;
    this.isGone = true;
    this.emit('closed');
    return true;
  }
}

export interface Cancellable {
  isPrevented: boolean;
  preventDefault(): void;
}

export function cancellable(): Cancellable {
  return {
    isPrevented: false,
    preventDefault() {
      this.isPrevented = true;
    },
  };
}

export interface FakeElectronOptions {
  readonly userData: string;
  readonly hasLock?: boolean;
  readonly systemLanguages?: string[];
}

export interface FakeElectron {
  readonly api: ElectronApi;
  /** What was asked before and after `ready`, in order. */
  readonly calls: string[];
  readonly app: EventEmitter;
  readonly windows: FakeWindow[];
  readonly privilegedSchemes: { scheme: string; privileges: Record<string, boolean> }[];
  readonly protocols: Map<string, (request: Request) => Promise<Response>>;
  readonly ipcHandlers: Map<string, (event: object, ...args: unknown[]) => Promise<unknown>>;
  readonly session: {
    answerPermission: (permission: string) => boolean;
    checkPermission: (permission: string) => boolean;
    checkDevice: () => boolean;
    answerRequest: (url: string) => boolean;
    events: EventEmitter;
  };
  readonly openedOutside: string[];
  readonly recentDocuments: string[];
  readonly menus: MenuItemConstructorOptions[][];
  readonly blockers: Set<number>;
  readonly lockData: unknown[];
  readonly theme: { themeSource: string; shouldUseDarkColors: boolean };
  quits: number;
  /** What the next dialogs answer. */
  readonly dialogs: {
    shown: Record<string, unknown>[];
    response: number;
    filePaths: string[];
    filePath: string;
  };
  becomeReady(): void;
}

/** A cast is needed once, here: the recorder has only the members the host uses. */
export function createFakeElectron(options: FakeElectronOptions): FakeElectron {
  const calls: string[] = [];
  const windows: FakeWindow[] = [];
  let markReady = (): void => {};
  const ready = new Promise<void>((resolve) => {
    markReady = resolve;
  });
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    paths: new Map([['userData', options.userData]]),
    setPath(name: string, path: string) {
      calls.push(`setPath ${name}`);
      app.paths.set(name, path);
    },
    getPath: (name: string) => app.paths.get(name) ?? '',
    enableSandbox: () => void calls.push('enableSandbox'),
    requestSingleInstanceLock(data: unknown) {
      calls.push('requestSingleInstanceLock');
      fake.lockData.push(data);
      return options.hasLock ?? true;
    },
    whenReady: () => ready,
    getPreferredSystemLanguages: () => options.systemLanguages ?? ['en-GB'],
    addRecentDocument: (path: string) => void fake.recentDocuments.push(path),
    quit() {
      fake.quits += 1;
      const event = cancellable();
      app.emit('will-quit', event);
      if (!event.isPrevented) calls.push('gone');
    },
    exit: (code: number) => void calls.push(`exit ${code}`),
  });
  const sessionEvents = new EventEmitter();
  const handlers: {
    permission?: (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;
    check?: (contents: unknown, permission: string) => boolean;
    device?: () => boolean;
    request?: (details: { url: string }, answer: (result: { cancel: boolean }) => void) => void;
  } = {};
  const defaultSession = Object.assign(sessionEvents, {
    setPermissionRequestHandler: (handler: typeof handlers.permission) =>
      Object.assign(handlers, { permission: handler }),
    setPermissionCheckHandler: (handler: typeof handlers.check) =>
      Object.assign(handlers, { check: handler }),
    setDevicePermissionHandler: (handler: typeof handlers.device) =>
      Object.assign(handlers, { device: handler }),
    setSpellCheckerEnabled: (isEnabled: boolean) => void calls.push(`spellChecker ${isEnabled}`),
    webRequest: {
      onBeforeRequest: (handler: typeof handlers.request) => Object.assign(handlers, { request: handler }),
    },
  });
  let nextBlockerId = 1;
  const fake: FakeElectron = {
    api: undefined as unknown as ElectronApi,
    calls,
    app,
    windows,
    privilegedSchemes: [],
    protocols: new Map(),
    ipcHandlers: new Map(),
    session: {
      answerPermission: (permission) => {
        let granted = true;
        handlers.permission?.({}, permission, (answer) => {
          granted = answer;
        });
        return granted;
      },
      checkPermission: (permission) => handlers.check?.({}, permission) ?? true,
      checkDevice: () => handlers.device?.() ?? true,
      answerRequest: (url) => {
        let isLoaded = true;
        handlers.request?.({ url }, ({ cancel }) => {
          isLoaded = !cancel;
        });
        return isLoaded;
      },
      events: sessionEvents,
    },
    openedOutside: [],
    recentDocuments: [],
    menus: [],
    blockers: new Set(),
    lockData: [],
    theme: { themeSource: 'system', shouldUseDarkColors: false },
    quits: 0,
    dialogs: { shown: [], response: 0, filePaths: [], filePath: '' },
    becomeReady: () => {
      calls.push('ready');
      markReady();
    },
  };
  const answerDialog = async (_window: unknown, shown: Record<string, unknown>): Promise<object> => {
    fake.dialogs.shown.push(shown);
    const { response, filePaths, filePath } = fake.dialogs;
    return { response, filePaths, filePath, canceled: filePaths.length === 0 && filePath === '' };
  };
  class WindowOfThisFake extends FakeWindow {
    constructor(windowOptions: Record<string, unknown>) {
      super(windowOptions);
      windows.push(this);
      calls.push('window');
      app.emit('web-contents-created', {}, this.webContents);
    }
  }
  const api = {
    app,
    BrowserWindow: WindowOfThisFake,
    crashReporter: {
      start: (given: { uploadToServer: boolean }) => void calls.push(`crashReporter ${given.uploadToServer}`),
    },
    dialog: {
      showOpenDialog: answerDialog,
      showSaveDialog: answerDialog,
      showMessageBox: answerDialog,
      showErrorBox: (title: string) => void calls.push(`errorBox ${title}`),
    },
    ipcMain: {
      handle: (channel: string, handler: (event: object, ...args: unknown[]) => Promise<unknown>) =>
        void fake.ipcHandlers.set(channel, handler),
    },
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (template: MenuItemConstructorOptions[]) => void fake.menus.push(template),
    },
    nativeTheme: fake.theme,
    powerSaveBlocker: {
      start: () => {
        const id = nextBlockerId++;
        fake.blockers.add(id);
        return id;
      },
      stop: (id: number) => fake.blockers.delete(id),
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: FakeElectron['privilegedSchemes']) => {
        calls.push('registerSchemes');
        fake.privilegedSchemes.push(...schemes);
      },
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
        void fake.protocols.set(scheme, handler),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: { defaultSession },
    shell: { openExternal: async (url: string) => void fake.openedOutside.push(url) },
    utilityProcess: { fork: () => new EventEmitter() },
  };
  return Object.assign(fake, { api: api as unknown as ElectronApi });
}
