// Devices worth offering on a system. Pure. The engine has the last word: it tests a device before it trusts it.
import type { Settings } from '#shared/domain/settings.ts';

type Device = Settings['device'];

const offered: Readonly<Record<string, readonly Device[]>> = {
  win32: ['auto', 'cpu', 'dml', 'webgpu', 'cuda'],
  darwin: ['auto', 'cpu', 'coreml', 'webgpu'],
  linux: ['auto', 'cpu', 'webgpu', 'cuda'],
};

/** A chosen device of another system stays in the list, so that it can be seen and changed. */
export function devicesOfPlatform(platform: string, chosen: Device): readonly Device[] {
  const devices = offered[platform] ?? (['auto', 'cpu'] as const);
  return devices.includes(chosen) ? devices : [...devices, chosen];
}
