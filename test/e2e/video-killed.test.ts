// kill -9 in the middle of a film, at random moments: of the whole program and, separately, of its engine. Nothing is
// left running, and what comes out in the end is the same to the bit as without.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cutFace, hasFfmpeg, makeFaceClip } from '../helpers/make-clips.ts';
import { lastEvent, runVideoCommand, type VideoEvent, type VideoRun } from '../helpers/run-video-command.ts';
import { seededRandom } from '../helpers/seeded-random.ts';

const wantedKills = 10;
const longestMs = 300_000;
let folder: string;
let uninterrupted: string;
let random: () => number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-killed-film-'));
  if (!hasFfmpeg) return;
  const seed = Number(process.env['HEIRLOOM_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`kill moments: HEIRLOOM_SEED=${seed}`);
  random = seededRandom(seed);
  await cutFace(join(folder, 'face.png'));
  const [facePath, path] = [join(folder, 'face.png'), join(folder, 'film.mp4')];
  makeFaceClip({ facePath, path, seconds: 1.28, x: '30+40*t', noise: 8 });
  expect(await restore('whole.mp4')).toMatchObject({ code: 0 });
  uninterrupted = digest('whole.mp4');
}, longestMs);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach((context) => {
  if (!hasFfmpeg) context.skip('needs ffmpeg');
  if (process.platform === 'win32') context.skip('finds processes by ps');
});

function restore(output: string, onEvent?: (event: VideoEvent, pid: number) => void): Promise<VideoRun> {
  const args = ['film.mp4', '-o', output, '--segment-frames', '8', '--json', '--resume', '--overwrite'];
  return runVideoCommand(folder, args, (event, { pid }) => {
    if (pid !== undefined) onEvent?.(event, pid);
  });
}

function digest(name: string): string {
  return createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex');
}

/** Following the faces is the first half, restoring the second. */
function fractionOf({ event, phase, doneFrames }: VideoEvent): number {
  if (event !== 'progress') return -1;
  const half = Number(doneFrames) / 64;
  return phase === 'following-faces' ? half : phase === 'restoring' ? 0.5 + half : 1;
}

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly words: string;
}

function processes(): Running[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid, parent, ...words] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), words: words.join(' ') };
  });
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    // It came to its end in the meantime.
    return false;
  }
}

/** An engine without its program ends itself, and with it the ffmpeg it feeds. */
async function nothingIsLeft(engines: readonly number[]): Promise<void> {
  await expect
    .poll(
      () => processes().filter(({ pid, words }) => engines.includes(pid) || words.includes(basename(folder))),
      { timeout: 20_000 },
    )
    .toEqual([]);
}

const enginesOf = (program: number): number[] =>
  processes()
    .filter(({ parent, words }) => parent === program && words.includes('engine'))
    .map(({ pid }) => pid);

it('the whole program, ten times', { timeout: longestMs }, async () => {
  let kills = 0;
  for (let run = 0; kills < wantedKills && run < 3 * wantedKills; run++) {
    const [moment, thenMs] = [random() * 0.98, 80 * random()];
    const engines: number[] = [];
    const { code } = await restore('program.mp4', (event, pid) => {
      if (engines.length > 0 || fractionOf(event) < moment) return;
      engines.push(...enginesOf(pid));
      void pause(thenMs).then(() => kill(pid));
    });
    if (code === null) {
      kills += 1;
      expect(engines).toHaveLength(1);
    } else expect(code).toBe(0);
    await nothingIsLeft(engines);
  }
  expect(kills).toBe(wantedKills);
  expect(await restore('program.mp4')).toMatchObject({ code: 0 });
  expect(digest('program.mp4')).toBe(uninterrupted);
});

it('the engine alone, ten times and more', { timeout: longestMs }, async () => {
  let kills = 0;
  for (let run = 0; kills < wantedKills && run < 3 * wantedKills; run++) {
    const killed = new Set<number>();
    const result = await restore('engine.mp4', (event, pid) => {
      // The engine that takes over gets a moment of its own: once it is killed too, the program gives up.
      if (killed.size < 2 && fractionOf(event) >= random()) {
        for (const engine of enginesOf(pid)) if (!killed.has(engine) && kill(engine)) killed.add(engine);
      }
    });
    kills += killed.size;
    if (killed.size < 2) expect(result).toMatchObject({ code: 0 });
    else if (result.code !== 0)
      expect(lastEvent(result)).toMatchObject({ error: { code: 'engine.crashed' } });
    await nothingIsLeft([...killed]);
  }
  expect(kills).toBeGreaterThanOrEqual(wantedKills);
  expect(await restore('engine.mp4')).toMatchObject({ code: 0 });
  expect(digest('engine.mp4')).toBe(uninterrupted);
});
