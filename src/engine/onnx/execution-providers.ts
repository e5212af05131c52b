// The one table of execution providers: which exist on which system, in which order they are tried.
// Runs in the engine process. Decides nothing about trust: see choose-device.ts.
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ExecutionProvider } from '#shared/domain/settings.ts';

/** What the decision looks at; injected so that every system can be tested on one. */
export interface ProviderSurroundings {
  readonly platform: string;
  readonly arch: string;
  /** Is this file in onnxruntime's folder of native libraries? */
  hasLibrary(fileName: string): boolean;
  /** False: the system shows no graphics device at all, so that asking the drivers would be wasted time. */
  hasGraphicsDevice(): boolean;
}

interface ProviderRow {
  readonly provider: ExecutionProvider;
  /** `platform-arch` or `platform`, as Node names them; what onnxruntime-node 1.30 ships. */
  readonly systems: readonly string[];
  /** Not in the package by default: usable once this library lies beside onnxruntime's own. */
  readonly needsLibrary?: string;
}

/** Order of trying under `auto`: vendor paths first, WebGPU after them, the processor last. */
const providerTable: readonly ProviderRow[] = [
  {
    provider: 'cuda',
    systems: ['linux-x64'],
    needsLibrary: 'libonnxruntime_providers_cuda.so',
  },
  { provider: 'dml', systems: ['win32'] },
  { provider: 'coreml', systems: ['darwin'] },
  { provider: 'webgpu', systems: ['linux-x64', 'win32', 'darwin'] },
  { provider: 'cpu', systems: ['linux', 'win32', 'darwin'] },
];

/** Providers this build has on this system, in the order of trying; `cpu` is always there and always last. */
export function providersOf(surroundings: ProviderSurroundings): ExecutionProvider[] {
  const { platform, arch } = surroundings;
  const present = providerTable
    .filter(({ systems }) => systems.includes(platform) || systems.includes(`${platform}-${arch}`))
    .filter(({ needsLibrary }) => needsLibrary === undefined || surroundings.hasLibrary(needsLibrary))
    .map(({ provider }) => provider);
  return present.includes('cpu') ? present : [...present, 'cpu'];
}

/** The computer the engine runs on. Costs a few file look-ups, loads nothing. */
export function thisComputer(): ProviderSurroundings {
  const { platform, arch } = process;
  return {
    platform,
    arch,
    hasLibrary(fileName) {
      const packageFolder = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
      return existsSync(join(packageFolder, 'bin', 'napi-v6', platform, arch, fileName));
    },
    hasGraphicsDevice: () => platform !== 'linux' || hasLinuxGraphicsDevice(),
  };
}

/** Render nodes of the kernel's graphics drivers, NVIDIA's own nodes, or the one of the Windows subsystem. */
function hasLinuxGraphicsDevice(): boolean {
  if (existsSync('/dev/nvidia0') || existsSync('/dev/dxg')) return true;
  try {
    return readdirSync('/dev/dri').some((name) => name.startsWith('renderD'));
  } catch {
    return false;
  }
}
