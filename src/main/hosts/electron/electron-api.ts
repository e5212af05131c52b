// The part of Electron's main module the host uses. Handed in, so that a test can record what was asked of it.
// Types only: nothing here is loaded at run time.

export type ElectronApi = Pick<
  typeof import('electron'),
  | 'app'
  | 'BrowserWindow'
  | 'crashReporter'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'nativeTheme'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'shell'
  | 'utilityProcess'
>;

export type StudioWindow = InstanceType<ElectronApi['BrowserWindow']>;
