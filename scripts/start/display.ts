// Whether a window could be seen. Used by npm start.

/** X11 or Wayland on Linux and the BSDs; Windows and macOS always have a desktop unless reached over SSH. */
export function hasDisplay(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  if (platform === 'win32') return true;
  if (platform === 'darwin') return environment['SSH_CONNECTION'] === undefined;
  return Boolean(environment['DISPLAY']) || Boolean(environment['WAYLAND_DISPLAY']);
}
