// npm run bench -- video: a 1080p film with one face through what ships inside. What everything but the networks costs,
// whether memory stays flat when the film is longer, and how much quicker it is than a script that goes over PNG files.
// node bench/video.ts [--short]: films of 4 and 16 seconds for the memory instead of 10 and 120.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelFile } from '#shared/contract/model-file.ts';
import { encoderArguments } from '../src/engine/codec/video/encode-arguments.ts';
import { restoreFile } from '../src/engine/pipelines/restore-file.ts';
import { cutFace, hasFfmpeg, makeFaceClip } from '../test/helpers/make-clips.ts';
import { contextWith, taskFor } from '../test/helpers/restore-clip.ts';
import { writeRandomCodeFormer } from './codeformer/random-model.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';
import { type FilmRun, filmEncoding, filmSegmentFrames } from './video/film-run.ts';

const bench = 'video';
const args = process.argv.slice(2);
if (!hasFfmpeg) throw new Error('ffmpeg is needed: apt-get install ffmpeg');
const folder = mkdtempSync(join(tmpdir(), 'heirloom-bench-video-'));
const at = (name: string): string => join(folder, name);

function makeFilm(name: string, seconds: number): string {
  makeFaceClip({
    facePath: at('face.png'),
    path: at(name),
    widthPx: 1920,
    heightPx: 1080,
    seconds,
    x: '300+20*mod(t,20)',
    y: '200',
    noise: 6,
    output: ['-c:v', 'libx264', '-preset', 'fast', '-crf', '20'],
  });
  return at(name);
}

function restore(path: string, restorer?: ModelFile): FilmRun {
  const program = join(import.meta.dirname, 'video', 'restore-run.ts');
  const given = restorer === undefined ? [] : [JSON.stringify(restorer)];
  const output = execFileSync(process.execPath, [program, path, ...given], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as FilmRun;
}

/** What the film costs without us: decoded twice, as both passes do, and encoded once. Milliseconds a frame. */
function ffmpegAlone(path: string, frameCount: number): number {
  const startedMs = performance.now();
  execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-']);
  const encoding = encoderArguments('libx264', filmEncoding, filmSegmentFrames, 4);
  execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-an', ...encoding, at('alone.mp4')]);
  return (performance.now() - startedMs) / frameCount;
}

/** The same frames over and over: what grows is the length alone. */
function repeatFilm(from: string, name: string, times: number): string {
  const input = ['-v', 'error', '-stream_loop', String(times - 1), '-i', at(from)];
  execFileSync('ffmpeg', [...input, '-c', 'copy', at(name)]);
  return at(name);
}

/** Decodes to PNG files, restores each as a photo, encodes the folder: as scripts do it. */
async function overPngFiles(path: string): Promise<number> {
  const startedMs = performance.now();
  mkdirSync(at('frames'));
  mkdirSync(at('done'));
  execFileSync('ffmpeg', ['-v', 'error', '-i', path, at('frames/%06d.png')]);
  const { detection, restorer } = taskFor(path, '');
  const names = readdirSync(at('frames'));
  for (const name of names) {
    await restoreFile(
      {
        kind: 'restore-file',
        path: at(`frames/${name}`),
        pageIndex: 0,
        detection,
        restorer,
        parser: null,
        upscaler: null,
        backgroundStrength: 1,
        fidelity: 0.5,
        strength: 1,
        scale: 1,
        monochrome: 'colour',
        software: 'bench',
        target: {
          path: at(`done/${name}`),
          overwrite: false,
          settings: {
            format: 'png',
            quality: 95,
            bitDepth: 'same',
            metadata: 'none',
            restorationRecord: false,
          },
        },
      },
      contextWith(),
    );
  }
  const input = ['-v', 'error', '-framerate', '25', '-i', at('done/%06d.png'), '-pix_fmt', 'yuv420p'];
  execFileSync('ffmpeg', [...input, '-c:v', 'libx264', '-preset', 'fast', '-crf', '20', at('script.mp4')]);
  return (performance.now() - startedMs) / names.length;
}

try {
  await cutFace(at('face.png'), 480);
  const seconds = args.includes('--short') ? ([4, 16] as const) : ([10, 120] as const);
  const short = restore(makeFilm('short.mp4', seconds[0]));
  const long = restore(repeatFilm('short.mp4', 'long.mp4', seconds[1] / seconds[0]));
  const alone = ffmpegAlone(at('short.mp4'), short.frameCount);
  const script = await overPngFiles(makeFilm('script.mov', 0.4));
  const codeFormer = restore(makeFilm('codeformer.mp4', 2), await writeRandomCodeFormer(at('codeformer')));

  const shown = (metric: string, value: number, unit: string): void =>
    reportRow(rowShown(bench, metric, value, unit));
  const perFrame = ({ totalMs, frameCount }: FilmRun): number => totalMs / frameCount;
  const otherPerFrame = ({ totalMs, networkMs, frameCount }: FilmRun): number =>
    (totalMs - networkMs) / frameCount;
  const otherShare = (run: FilmRun): number => (100 * otherPerFrame(run)) / perFrame(run);
  shown('a 1080p frame with one face, CodeFormer', perFrame(codeFormer), 'ms');
  shown('everything but the networks, a frame, CodeFormer', otherPerFrame(codeFormer), 'ms');
  const share = 'share of everything but the networks';
  reportRow(rowAtMost(bench, `${share}, CodeFormer`, otherShare(codeFormer), '%', 15));
  shown('a 1080p frame with one face, Lite', perFrame(long), 'ms');
  shown('everything but the networks, a frame, Lite', otherPerFrame(long), 'ms');
  shown('of that ffmpeg by itself: decoding twice, encoding once', alone, 'ms');
  shown(`${share}, Lite`, otherShare(long), '%');
  shown(`peak memory, ${seconds[0]} s`, short.peakMb, 'MB');
  shown(`peak memory, ${seconds[1]} s`, long.peakMb, 'MB');
  const ratio = long.peakMb / short.peakMb;
  reportRow(rowAtMost(bench, `peak memory, ${seconds[1]} s to ${seconds[0]} s`, ratio, '×', 1.1));
  shown('a script over PNG files, a frame', script, 'ms');
  const quicker = script / perFrame(long);
  reportRow({
    bench,
    metric: 'quicker than the script',
    value: quicker,
    unit: '×',
    target: 3,
    pass: quicker >= 3,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
