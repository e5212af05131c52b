// Walks every import of src/ and holds it against the house's table of who may import whom.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = resolve(import.meta.dirname, '../../src');

/** Folder of src -> other folders of src it may import. */
const layers: Record<string, readonly string[]> = {
  shared: [],
  preload: ['shared'],
  engine: ['shared'],
  main: ['shared'],
  renderer: ['shared'],
  cli: ['shared', 'main'],
};
/** Folder -> packages it may import; `node:` stands for Node's own modules. */
const packages: Record<string, readonly RegExp[]> = {
  shared: [/^zod$/],
  preload: [/^electron$/],
  engine: [/^node:/, /^zod$/, /^sharp$/, /^onnxruntime-node$/, /^fluent-ffmpeg$/],
  main: [/^node:/, /^zod$/, /^better-sqlite3$/, /^ws$/],
  renderer: [/^react/, /^@mantine\//, /^@tanstack\//, /^i18next$/, /^react-i18next$/, /^@tabler\//, /^zod$/],
  cli: [/^node:/, /^zod$/],
};
/** Later nouns of main may read earlier ones, never the reverse. */
const nounsInOrder = [
  'settings',
  'models',
  'projects',
  'photos',
  'faces',
  'edits',
  'jobs',
  'results',
  'exports',
];
const engineInOrder = ['pixels', 'codec|onnx', 'steps', 'pipelines'];

interface Import {
  readonly from: string;
  readonly specifier: string;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesUnder(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].map((match) => ({
    from: relative(source, path),
    specifier: match[1] ?? match[2] ?? match[3] ?? '',
  }));
}

/** Path inside src that an import leads to, or null for a package. */
function targetOf({ from, specifier }: Import): string | null {
  if (specifier.startsWith('#shared/')) return `shared/${specifier.slice('#shared/'.length)}`;
  if (!specifier.startsWith('.')) return null;
  return relative(source, resolve(join(source, dirname(from)), specifier));
}

const allImports = filesUnder(source).flatMap(importsOf);
const firstFolder = (path: string): string => path.split(/[\\/]/)[0] ?? '';
const secondFolder = (path: string): string => path.split(/[\\/]/)[1] ?? '';
const say = ({ from, specifier }: Import): string => `${from} imports ${specifier}`;

describe('imports', () => {
  it('finds imports at all', () => {
    expect(allImports.length).toBeGreaterThan(100);
  });

  it('go only to the folders a layer may know', () => {
    const wrong = allImports.filter((one) => {
      const target = targetOf(one);
      if (target === null) return false;
      const layer = firstFolder(one.from);
      const other = firstFolder(target);
      return layer !== other && !(layers[layer] ?? []).includes(other);
    });
    expect(wrong.map(say)).toEqual([]);
  });

  it('take only the packages a layer may know; Electron only in its host and the preload', () => {
    const wrong = allImports.filter((one) => {
      if (targetOf(one) !== null) return false;
      if (one.specifier === 'electron' && /^(main[\\/]hosts[\\/]electron|preload)/.test(one.from))
        return false;
      if (one.specifier.endsWith('.css') || one.specifier.endsWith('.module.css')) return false;
      return !(packages[firstFolder(one.from)] ?? []).some((allowed) => allowed.test(one.specifier));
    });
    expect(wrong.map(say)).toEqual([]);
  });

  it('inside main go from later nouns to earlier ones', () => {
    const wrong = allImports.filter((one) => {
      const target = targetOf(one);
      if (target === null || firstFolder(one.from) !== 'main' || firstFolder(target) !== 'main') return false;
      const from = nounsInOrder.indexOf(secondFolder(one.from));
      const to = nounsInOrder.indexOf(secondFolder(target));
      return from >= 0 && to > from;
    });
    expect(wrong.map(say)).toEqual([]);
  });

  it('inside the engine go pixels <- codec, onnx <- steps <- pipelines', () => {
    const rank = (path: string): number =>
      engineInOrder.findIndex((names) => names.split('|').includes(secondFolder(path)));
    const wrong = allImports.filter((one) => {
      const target = targetOf(one);
      if (target === null || firstFolder(one.from) !== 'engine') return false;
      return rank(one.from) >= 0 && rank(target) > rank(one.from);
    });
    expect(wrong.map(say)).toEqual([]);
  });

  it('reach sharp only from the codec and onnxruntime only from onnx', () => {
    const wrong = allImports.filter(
      ({ from, specifier }) =>
        (specifier === 'sharp' && !from.startsWith(join('engine', 'codec'))) ||
        (specifier === 'onnxruntime-node' && !from.startsWith(join('engine', 'onnx'))),
    );
    expect(wrong.map(say)).toEqual([]);
  });
});
