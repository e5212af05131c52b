// The contract over Electron's message channels: commands in, replies and events out, each sender checked.
// Runs in Electron's main process. Errors travel as values, because invoke keeps only a message.

import { eventChannel, invokeChannel } from '#shared/contract/channels.ts';
import type { Reply } from '#shared/contract/commands.ts';
import type { HeirloomEvent } from '#shared/contract/events.ts';
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';
import type { Studio } from '../../studio.ts';
import type { ElectronApi, StudioWindow } from './electron-api.ts';
import { isOwnFrame } from './lock-down.ts';

/** Answers commands of the window that `currentWindow` names, and of no other sender. */
export function carryCommands(
  electron: Pick<ElectronApi, 'ipcMain'>,
  studio: Pick<Studio, 'dispatch'>,
  currentWindow: () => StudioWindow | null,
): void {
  electron.ipcMain.handle(invokeChannel, async (event, name: unknown, input: unknown): Promise<Reply> => {
    const isOwn = event.sender === currentWindow()?.webContents && isOwnFrame(event.senderFrame);
    if (!isOwn) return { ok: false, error: toWire(new HeirloomError('command.not-available-here')) };
    if (typeof name !== 'string') {
      return { ok: false, error: toWire(new HeirloomError('command.unknown', { name: typeof name })) };
    }
    return studio.dispatch(name, input);
  });
}

/** Sends an event to the window, if there is one. */
export function sendEvent(window: StudioWindow | null, event: HeirloomEvent): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(eventChannel, event);
}
