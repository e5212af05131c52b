// The native menu. Runs in Electron's main process. Items announce what was chosen; the window acts.
import type { MenuItemConstructorOptions } from 'electron';
import type { EventOf } from '#shared/contract/events.ts';
import type { RecentProject } from '#shared/domain/project.ts';
import type { MenuMessages } from '#shared/messages/en/menu.ts';

export type MenuChoice = EventOf<'menu.chosen'>['item'];
type MenuItem = MenuItemConstructorOptions;

export interface NativeMenuOptions {
  readonly messages: MenuMessages;
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  readonly recentProjects: readonly RecentProject[];
  readonly choose: (item: MenuChoice) => void;
  readonly openProject: (documentPath: string) => void;
}

/** The menu as Electron's template. */
export function nativeMenuTemplate(options: NativeMenuOptions): MenuItem[] {
  const { messages } = options;
  const isMac = options.platform === 'darwin';
  const word = (text: string): string => (isMac ? withoutMnemonic(text) : text);

  const item = (label: string, choice: MenuChoice, accelerator?: string): MenuItem => ({
    label: word(label),
    click: () => options.choose(choice),
    // Shown only: the window has the same shortcuts, and a registered one would act twice.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  /** A shortcut the window does not have. */
  const registered = (label: string, choice: MenuChoice, accelerator: string): MenuItem => ({
    ...item(label, choice),
    accelerator,
  });
  const role = (label: string, role: NonNullable<MenuItem['role']>): MenuItem => ({
    label: word(label),
    role,
  });
  const separator: MenuItem = { type: 'separator' };

  const settings = item(messages.settings, 'settings', 'CmdOrCtrl+,');
  const models = item(messages.models, 'models');

  const applicationMenu: MenuItem = {
    label: messages.appName,
    submenu: [
      role(messages.help.about, 'about'),
      separator,
      settings,
      models,
      separator,
      role(messages.services, 'services'),
      separator,
      role(messages.hide, 'hide'),
      role(messages.hideOthers, 'hideOthers'),
      role(messages.showAll, 'unhide'),
      separator,
      role(messages.file.quit, 'quit'),
    ],
  };

  const file: MenuItem = {
    label: word(messages.file.title),
    submenu: [
      registered(messages.file.newProject, 'new-project', 'CmdOrCtrl+N'),
      registered(messages.file.openProject, 'open-project', 'CmdOrCtrl+Shift+O'),
      {
        label: word(messages.file.recent),
        enabled: options.recentProjects.length > 0,
        submenu: options.recentProjects.map((project) => ({
          label: project.name,
          enabled: project.exists,
          click: () => options.openProject(project.documentPath),
        })),
      },
      separator,
      item(messages.file.openPhotos, 'open-photos', 'CmdOrCtrl+O'),
      item(messages.file.export, 'export', 'CmdOrCtrl+E'),
      separator,
      ...(isMac
        ? [role(messages.file.close, 'close')]
        : [settings, models, separator, role(messages.file.quit, 'quit')]),
    ],
  };

  const edit: MenuItem = {
    label: word(messages.edit.title),
    submenu: [
      item(messages.edit.undo, 'undo', 'CmdOrCtrl+Z'),
      item(messages.edit.redo, 'redo', isMac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
      separator,
      role(messages.edit.cut, 'cut'),
      role(messages.edit.copy, 'copy'),
      role(messages.edit.paste, 'paste'),
      role(messages.edit.selectAll, 'selectAll'),
    ],
  };

  const photo: MenuItem = {
    label: word(messages.photo.title),
    submenu: [
      item(messages.photo.restore, 'restore', 'CmdOrCtrl+Enter'),
      separator,
      item(messages.photo.previous, 'previous-photo', 'PageUp'),
      item(messages.photo.next, 'next-photo', 'PageDown'),
    ],
  };

  const view: MenuItem = {
    label: word(messages.view.title),
    submenu: [
      item(messages.view.gallery, 'gallery'),
      item(messages.view.photos, 'photos'),
      item(messages.view.films, 'films', 'V'),
      separator,
      item(messages.view.compare, 'shown-picture', 'C'),
      item(messages.view.faces, 'face-marks', 'F'),
      separator,
      role(messages.view.fullScreen, 'togglefullscreen'),
      ...(options.isPackaged ? [] : [role(messages.view.developerTools, 'toggleDevTools')]),
    ],
  };

  const window: MenuItem = {
    label: word(messages.window.title),
    role: 'windowMenu',
    submenu: [role(messages.window.minimise, 'minimize'), role(messages.window.zoom, 'zoom')],
  };

  const help: MenuItem = {
    label: word(messages.help.title),
    role: 'help',
    submenu: [
      item(messages.help.palette, 'palette', 'CmdOrCtrl+K'),
      item(messages.help.tour, 'tour'),
      item(messages.help.shortcuts, 'shortcuts'),
      ...(isMac ? [] : [separator, role(messages.help.about, 'about')]),
    ],
  };

  return [...(isMac ? [applicationMenu] : []), file, edit, photo, view, window, help];
}

/** macOS has no letters to press: "&File" is "File", "文件(&F)" is "文件". */
export function withoutMnemonic(text: string): string {
  return text.replace(/\s*\(&\w\)/, '').replace('&', '');
}
