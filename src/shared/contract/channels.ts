// Names of the two channels between preload and the Electron host.

/** Renderer -> main, answered: (name, input) -> Reply. */
export const invokeChannel = 'heirloom:invoke';
/** Main -> renderer: one event. */
export const eventChannel = 'heirloom:event';
