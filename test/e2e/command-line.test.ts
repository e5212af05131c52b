// The command line as a person uses it: the built program, real files, the bundled models, no network.
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const groupPhoto = join(root, 'resources/samples/album-page.jpg');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function heirloom(args: string[], onStart?: (kill: (signal: NodeJS.Signals) => void) => void): Promise<Run> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'bin/heirloom.mjs'), ...args], {
      cwd: folder,
      env: { ...process.env, HEIRLOOM_DATA_DIR: join(folder, 'data'), LANG: 'en_GB.UTF-8', LC_ALL: '' },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code, out, err }));
    onStart?.((signal) => child.kill(signal));
  });
}

type JsonEvent = Record<string, unknown> & { event: string };
const events = (run: Run): JsonEvent[] =>
  run.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonEvent);

describe('heirloom restore', () => {
  it('restores a group photo with nothing but what ships, and records how', async () => {
    const run = await heirloom(['restore', groupPhoto, '-o', 'out/', '--json']);
    expect(run.code, run.err).toBe(0);
    const restored = events(run).find((event) => event.event === 'file-restored');
    expect(restored?.['faceCount']).toBeGreaterThanOrEqual(3);

    const output = join(folder, 'out/album-page.jpg');
    const before = await sharp(groupPhoto).metadata();
    const after = await sharp(output).metadata();
    expect([after.width, after.height]).toEqual([before.width * 2, before.height * 2]);
    const xmp = after.xmp?.toString() ?? '';
    expect(xmp).toContain('compositeWithTrainedAlgorithmicMedia');
    expect(xmp).toContain('lite-face');

    // Sharper than plain enlarging would be, nearly the same picture: neither untouched nor something else.
    const plain = await sharp(groupPhoto).resize(after.width, after.height).removeAlpha().raw().toBuffer();
    const got = await sharp(output).removeAlpha().raw().toBuffer();
    let difference = 0;
    for (let index = 0; index < plain.length; index++) {
      difference += Math.abs((plain[index] ?? 0) - (got[index] ?? 0));
    }
    expect(difference / plain.length).toBeGreaterThan(0.2);
    expect(difference / plain.length).toBeLessThan(8);
  });

  it('works through a folder, keeps subfolders, names the bad file, resumes, and exits with 3', async () => {
    const scans = join(folder, 'scans');
    mkdirSync(join(scans, 'aunt 😀'), { recursive: true });
    cpSync(groupPhoto, join(scans, 'a.jpg'));
    cpSync(groupPhoto, join(scans, 'aunt 😀', 'b.jpg'));
    writeFileSync(join(scans, 'broken.jpg'), readFileSync(groupPhoto).subarray(0, 3000));
    writeFileSync(join(scans, 'text.png'), 'not a picture');

    const first = await heirloom(['restore', 'scans', '-o', 'out', '--recursive', '--scale', '1']);
    expect(first.code).toBe(3);
    expect(existsSync(join(folder, 'out/a.jpg'))).toBe(true);
    expect(existsSync(join(folder, 'out/aunt 😀/b.jpg'))).toBe(true);
    expect(existsSync(join(folder, 'out/broken.jpg'))).toBe(false);
    expect(first.err).toMatch(/Some photos were not restored:[\s\S]*broken\.jpg[\s\S]*text\.png/);

    const writtenAt = statSync(join(folder, 'out/a.jpg')).mtimeMs;
    const second = await heirloom([
      'restore',
      'scans',
      '-o',
      'out',
      '-r',
      '--scale',
      '1',
      '--resume',
      '--json',
    ]);
    expect(second.code).toBe(3);
    expect(events(second).filter((event) => event.event === 'file-skipped')).toHaveLength(2);
    expect(statSync(join(folder, 'out/a.jpg')).mtimeMs).toBe(writtenAt);
  });

  it('reports progress that never falls and ends with the tally', async () => {
    const run = await heirloom(['restore', groupPhoto, '-o', 'out', '--json']);
    const seen = events(run);
    const fractions = seen
      .filter((event) => event.event === 'progress')
      .map((event) => Number(event['totalFraction']));
    expect(fractions.length).toBeGreaterThan(2);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ event: 'finished', restored: 1, failed: 0 });
  });

  it('never writes over the original unless asked to, and then whole', async () => {
    const photo = join(folder, 'photo.jpg');
    cpSync(groupPhoto, photo);
    const before = readFileSync(photo);
    const refused = await heirloom(['restore', 'photo.jpg', '-o', '.', '--scale', '1']);
    expect(refused.code).toBe(3);
    expect(refused.err).toContain('is the original itself');
    expect(readFileSync(photo).equals(before)).toBe(true);

    const allowed = await heirloom(['restore', 'photo.jpg', '-o', '.', '--scale', '1', '--overwrite']);
    expect(allowed.code, allowed.err).toBe(0);
    expect(readFileSync(photo).equals(before)).toBe(false);
    expect((await sharp(photo).metadata()).width).toBe((await sharp(groupPhoto).metadata()).width);
  });

  it('says plainly that a picture has no faces, and still writes it', async () => {
    const blank = join(folder, 'wall.png');
    await sharp({ create: { width: 300, height: 200, channels: 3, background: '#998877' } })
      .png()
      .toFile(blank);
    const run = await heirloom(['restore', 'wall.png', '-o', 'out']);
    expect(run.code, run.err).toBe(0);
    expect(run.err).toContain('no face found');
    expect((await sharp(join(folder, 'out/wall.png')).metadata()).width).toBe(600);
  });

  it('stops on Ctrl+C, leaves no half file, and says how to go on', async () => {
    const scans = join(folder, 'scans');
    mkdirSync(scans);
    for (let number = 0; number < 30; number++) cpSync(groupPhoto, join(scans, `${number}.jpg`));
    const run = await heirloom(['restore', 'scans', '-o', 'out'], (kill) => {
      const timer = setInterval(() => {
        if (!existsSync(join(folder, 'out', '0.jpg'))) return;
        clearInterval(timer);
        kill('SIGINT');
      }, 20);
    });
    expect(run.code).toBe(130);
    expect(run.err).toContain('--resume');
    const finished = (await import('node:fs')).readdirSync(join(folder, 'out'));
    expect(finished.length).toBeLessThan(30);
    for (const name of finished) {
      expect((await sharp(join(folder, 'out', name)).stats()).isOpaque).toBe(true);
    }
  });

  it.each([
    [['restore'], 'at least one photo'],
    [['restore', 'x.jpg', '--nonsense'], 'nonsense'],
    [['restore', 'x.jpg', '--model', 'no-such-model'], 'no model called'],
    [['paint'], 'Unknown command'],
  ])('exits with 2 for %j', async (args, words) => {
    const run = await heirloom(args);
    expect(run.code).toBe(2);
    expect(run.err).toContain(words);
  });

  it('shows help and version', async () => {
    const help = await heirloom(['--help']);
    expect(help.code).toBe(0);
    expect(help.out).toContain('heirloom restore PHOTO');
    const version = await heirloom(['--version']);
    expect(version.out.trim()).toBe(
      (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
    );
  });

  it('lists the models, the bundled ones as installed', async () => {
    const run = await heirloom(['models', 'list', '--json']);
    expect(run.code, run.err).toBe(0);
    expect(run.out).toContain('lite-face');
  });
});
