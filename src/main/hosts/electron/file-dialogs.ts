// Native dialogs for choosing files and places. Runs in Electron's main process.
import { filmEndings } from '#shared/domain/clip.ts';
import type { MenuMessages } from '#shared/messages/en/menu.ts';
import type { HostAbilities } from '../../studio.ts';
import type { ElectronApi, StudioWindow } from './electron-api.ts';

const pictureExtensions = [
  'jpg',
  'jpeg',
  'jfif',
  'png',
  'tif',
  'tiff',
  'webp',
  'avif',
  'gif',
  'bmp',
  'heic',
  'heif',
  'dng',
  'cr2',
  'cr3',
  'nef',
  'arw',
];

type ChooseFiles = NonNullable<HostAbilities['chooseFiles']>;
type OpenOptions = Parameters<ElectronApi['dialog']['showOpenDialog']>[0];
type SaveOptions = Parameters<ElectronApi['dialog']['showSaveDialog']>[0];

/** Returns chosen absolute paths; empty when the person cancelled or the window is gone. */
export function createFileDialogs(
  electron: Pick<ElectronApi, 'dialog'>,
  currentWindow: () => StudioWindow | null,
  messages: () => MenuMessages,
): ChooseFiles {
  return async ({ purpose, suggestedName }) => {
    const window = currentWindow();
    if (window === null) return [];
    const { open, save } = optionsFor(purpose, suggestedName, messages().dialogs);
    if (open !== undefined) {
      const { canceled, filePaths } = await electron.dialog.showOpenDialog(window, open);
      return canceled ? [] : filePaths;
    }
    if (save !== undefined) {
      const { canceled, filePath } = await electron.dialog.showSaveDialog(window, save);
      return canceled || filePath === '' ? [] : [filePath];
    }
    return [];
  };
}

function optionsFor(
  purpose: string,
  suggestedName: string | undefined,
  words: MenuMessages['dialogs'],
): { open?: OpenOptions; save?: SaveOptions } {
  const all = { name: words.allFiles, extensions: ['*'] };
  const projects = { name: words.projects, extensions: ['heirloom'] };
  switch (purpose) {
    case 'open-photos':
      return {
        open: {
          title: words.openPhotos,
          properties: ['openFile', 'multiSelections'],
          filters: [{ name: words.pictures, extensions: pictureExtensions }, all],
        },
      };
    case 'open-folder':
      return { open: { title: words.openFolder, properties: ['openDirectory', 'createDirectory'] } };
    case 'open-clips':
      return {
        open: {
          title: words.openClips,
          properties: ['openFile', 'multiSelections'],
          filters: [{ name: words.films, extensions: [...filmEndings, 'gif'] }, all],
        },
      };
    case 'open-project':
      return { open: { title: words.openProject, properties: ['openFile'], filters: [projects] } };
    case 'import-model':
      return {
        open: {
          title: words.importModel,
          properties: ['openFile'],
          filters: [{ name: words.models, extensions: ['onnx', 'pth'] }, all],
        },
      };
    case 'new-project':
      return {
        save: {
          title: words.newProject,
          defaultPath: suggestedName ?? `${words.untitled}.heirloom`,
          filters: [projects],
        },
      };
    case 'save-clip':
    case 'save-export':
      return {
        save: {
          title: words.saveExport,
          ...(suggestedName === undefined ? {} : { defaultPath: suggestedName }),
          properties: ['showOverwriteConfirmation'],
        },
      };
    default:
      return {};
  }
}
