// The only code between the page and main: invoke, subscribe, path of a dropped file. Runs in the sandboxed preload.
// Hands over plain functions; never Electron's own objects.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '#shared/contract/bridge.ts';
import { eventChannel, invokeChannel } from '#shared/contract/channels.ts';

const bridge: Bridge = {
  host: 'electron',
  invoke(name, input) {
    return ipcRenderer.invoke(invokeChannel, name, input);
  },
  subscribe(listener) {
    const forward = (_sender: unknown, event: unknown): void => listener(event);
    ipcRenderer.on(eventChannel, forward);
    return () => ipcRenderer.off(eventChannel, forward);
  },
  pathOfFile(file) {
    return file instanceof File ? webUtils.getPathForFile(file) || null : null;
  },
};

contextBridge.exposeInMainWorld('heirloom', bridge);
