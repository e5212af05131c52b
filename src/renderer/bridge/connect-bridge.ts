// Finds the way to main: the preload's bridge in a desktop window, HTTP and WebSocket in a browser.
// Runs in the renderer, once, before the first component.
import type { Bridge } from '#shared/contract/bridge.ts';
import { createBrowserBridge } from './browser-bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload; absent in a browser. */
    readonly heirloom?: Bridge;
  }
}

export function connectBridge(): Bridge {
  return window.heirloom ?? createBrowserBridge();
}
