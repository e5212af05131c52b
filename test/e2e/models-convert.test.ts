// heirloom models convert as a person uses it: the built program, real checkpoints, no network.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const codeFormer = join(root, 'test/fixtures/codeformer/tiny.pth');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-convert-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `stopAt`: Ctrl+C is pressed once when the output says so. */
function convert(args: string[], stopAt?: string): Promise<Run> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'bin/heirloom.mjs'), 'models', 'convert', ...args], {
      cwd: folder,
      env: { ...process.env, HEIRLOOM_DATA_DIR: join(folder, 'data'), LANG: 'en_GB.UTF-8', LC_ALL: '' },
    });
    const run = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      const isNews = stopAt !== undefined && !run.out.includes(stopAt);
      run.out += chunk.toString();
      if (isNews && run.out.includes(stopAt)) child.kill('SIGINT');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      run.err += chunk.toString();
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code, ...run }));
  });
}

test('a checkpoint becomes graphs in a folder of its own name, and is not converted twice', async () => {
  const first = await convert([codeFormer]);
  expect(first.code, first.err).toBe(0);
  expect(first.out).toContain('tiny.pth is codeformer. Converted to');
  const manifest = JSON.parse(readFileSync(join(folder, 'tiny/network.json'), 'utf8')) as {
    artefacts: { name: string }[];
  };
  expect(manifest.artefacts.map(({ name }) => name)).toEqual(['encode', 'decode', 'decode-without-fusion']);
  const second = await convert([codeFormer, '--json']);
  const events = second.out.trim().split('\n');
  expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({
    event: 'converted',
    architecture: 'codeformer',
    isReused: true,
  });
});

test('half precision goes into the folder that was named', async () => {
  const run = await convert([codeFormer, '--precision', 'fp16', '-o', 'half']);
  expect(run.code, run.err).toBe(0);
  const manifest = JSON.parse(readFileSync(join(folder, 'half/network.json'), 'utf8')) as object;
  expect(manifest).toMatchObject({ precision: 'fp16', purpose: 'face-restoration' });
});

test.each([
  ['code in a checkpoint', ['checkpoints/refused-0.zip.pth'], 3, 'asks for posix.system'],
  ['an unknown network', ['checkpoints/state-dict.zip.pth'], 3, 'is none that Heirloom can convert'],
  ['no checkpoint at all', ['checkpoints/expected.json'], 3, 'is not a whole PyTorch checkpoint'],
  ['a precision that does not exist', ['codeformer/tiny.pth', '--precision', 'fp8'], 2, '--precision fp8'],
  ['a share of one checkpoint', ['codeformer/tiny.pth', '--share', '0.5'], 2, '--share 0.5'],
  ['two files', ['codeformer/tiny.pth', 'codeformer/tiny.pth'], 2, 'Name one file'],
])('%s is refused in words', async (_what, args, code, words) => {
  const paths = args.map((argument) =>
    argument.includes('/') ? join(root, 'test/fixtures', argument) : argument,
  );
  const run = await convert(paths);
  expect(run.code).toBe(code);
  expect(run.err).toContain(words);
  expect(readdirSync(folder).filter((name) => name !== 'data')).toEqual([]);
});

test('Ctrl+C leaves nothing behind', async () => {
  const run = await convert([codeFormer, '--json'], '"step":"converting"');
  expect(run.code, run.out + run.err).toBe(130);
  expect(readdirSync(folder).filter((name) => name !== 'data')).toEqual([]);
});
