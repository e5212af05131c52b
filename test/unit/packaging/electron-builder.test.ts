// electron-builder.yml as electron-builder itself reads it: valid, locked down, and with the native files of one system only.
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..', '..');
// Its inner modules have no entry of their own in the package; the packager loads the same files.
const load = createRequire(import.meta.url);

const configSchema = z.looseObject({
  // Read by electron-builder into file sets.
  files: z
    .array(z.looseObject({ filter: z.array(z.string()) }))
    .transform((sets) => sets.flatMap((set) => set.filter)),
  asarUnpack: z.array(z.string()),
  electronFuses: z.record(z.string(), z.boolean()),
  extraResources: z.array(z.looseObject({ from: z.string(), to: z.string() })),
  fileAssociations: z.array(z.looseObject({ ext: z.string() })),
  nsis: z.looseObject({ perMachine: z.boolean() }),
  mac: z.looseObject({ hardenedRuntime: z.boolean(), entitlements: z.string() }),
});

let raw: unknown;
let config: z.infer<typeof configSchema>;

beforeAll(async () => {
  const { getConfig } = load('app-builder-lib/out/util/config/config.js');
  raw = await getConfig(root, 'electron-builder.yml', null);
  config = configSchema.parse(raw);
});

async function validate(candidate: unknown): Promise<void> {
  const { validateConfiguration } = load('app-builder-lib/out/util/config/config.js');
  await validateConfiguration(candidate, { isEnabled: false });
}

describe('electron-builder.yml', () => {
  it("follows electron-builder's own schema", async () => {
    await validate(raw);
    await expect(
      validate({ ...structuredClone(Object(raw)), electronFuses: { runAsNod: false } }),
    ).rejects.toThrow('configuration.electronFuses');
  });

  it('closes every door the fuses know', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config.mac.hardenedRuntime).toBe(true);
  });

  it('opens .heirloom documents, also on Windows', () => {
    expect(config.fileAssociations.map((association) => association.ext)).toEqual(['heirloom']);
    expect(config.nsis.perMachine).toBe(true);
  });

  it('names only files that exist', () => {
    expect(statSync(join(root, config.mac.entitlements)).isFile()).toBe(true);
    expect(statSync(join(root, 'resources', 'icon.png')).isFile()).toBe(true);
    for (const { from } of config.extraResources.filter((resource) => !resource.from.startsWith('out/'))) {
      expect(statSync(join(root, from)).isDirectory() || from === 'LICENSE', from).toBe(true);
    }
  });
});

describe('the packed native files', () => {
  const systems = [
    { platform: 'linux', arch: 'x64' },
    { platform: 'linux', arch: 'arm64' },
    { platform: 'win32', arch: 'x64' },
    { platform: 'win32', arch: 'arm64' },
    { platform: 'darwin', arch: 'arm64' },
  ];

  /** Paths under `folder` that electron-builder's own matcher lets through, folders on the way included. */
  function packed(folder: string, patterns: string[], system: { platform: string; arch: string }): string[] {
    const { FileMatcher } = load('app-builder-lib/out/fileMatcher.js');
    const expand = (pattern: string): string =>
      pattern.replace(/\$\{platform\}/g, system.platform).replace(/\$\{arch\}/g, system.arch);
    const filter: (path: string, facts: unknown) => boolean = new FileMatcher(root, root, expand, [
      '**/*',
      ...patterns,
    ]).createFilter();
    const walk = (path: string): string[] => {
      const facts = Object.assign(statSync(path), { moduleName: undefined });
      if (!filter(path, facts)) return [];
      if (!facts.isDirectory()) return [path.slice(root.length + 1).replaceAll('\\', '/')];
      return readdirSync(path).flatMap((name) => walk(join(path, name)));
    };
    return walk(join(root, folder));
  }

  for (const system of systems) {
    it(`are those of ${system.platform} ${system.arch}, and all of them`, () => {
      const excluding = config.files.filter((pattern) => pattern.startsWith('!node_modules'));
      const runtime = packed('node_modules/onnxruntime-node', excluding, system);
      const own = `node_modules/onnxruntime-node/bin/napi-v6/${system.platform}/${system.arch}/`;
      const inBin = runtime.filter((path) => path.includes('/bin/napi-v6/'));
      expect(inBin.filter((path) => !path.startsWith(own))).toEqual([]);
      expect(inBin.length).toBe(readdirSync(join(root, own)).length);
      expect(runtime).toContain('node_modules/onnxruntime-node/package.json');

      const database = packed('node_modules/better-sqlite3', excluding, system);
      expect(database.filter((path) => path.endsWith('.node'))).toEqual([
        `node_modules/better-sqlite3/prebuilds/${system.platform}-${system.arch}.node`,
      ]);
      expect(database.filter((path) => path.endsWith('.c'))).toEqual([]);
      expect(database.some((path) => path.includes('/lib/'))).toBe(true);
    });
  }

  it('lie outside the archive, every one', () => {
    const natives = [
      ...packed('node_modules/onnxruntime-node/bin', [], { platform: '', arch: '' }),
      ...packed('node_modules/better-sqlite3/prebuilds', [], { platform: '', arch: '' }),
      ...packed('node_modules/@img', [], { platform: '', arch: '' }),
    ].filter((path) => /\.(node|dll|dylib|so(\.[\d.]+)?)$/.test(path));
    expect(natives.length).toBeGreaterThan(10);
    const { FileMatcher } = load('app-builder-lib/out/fileMatcher.js');
    const isUnpacked = new FileMatcher(root, root, (text: string) => text, config.asarUnpack).createFilter();
    for (const path of natives) {
      expect(isUnpacked(join(root, path), statSync(join(root, path))), path).toBe(true);
    }
  });
});
