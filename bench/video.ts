// npm run bench -- video: a 1080p film with one face through what ships inside. What everything but the networks costs,
// whether memory stays flat when the film is longer, and how much quicker it is than a script that goes over PNG files.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadedModel, ModelLoader } from '../src/engine/onnx/loaded-model.ts';
import { restoreFile } from '../src/engine/pipelines/restore-file.ts';
import { restoreVideo } from '../src/engine/pipelines/video/restore-video.ts';
import { cutFace, hasFfmpeg, makeFaceClip } from '../test/helpers/make-clips.ts';
import { contextWith, models, taskFor } from '../test/helpers/restore-clip.ts';
import { reportRow, rowAtMost, rowShown } from './report-row.ts';

const bench = 'video';
if (!hasFfmpeg) throw new Error('ffmpeg is needed: apt-get install ffmpeg');
const folder = mkdtempSync(join(tmpdir(), 'heirloom-bench-video-'));
const at = (name: string): string => join(folder, name);
const encoding = { container: 'mp4', codec: 'h264', quality: 'good', encoder: 'software' } as const;

let networkMs = 0;
/** Counts the time inside the networks. */
const timedModels: ModelLoader = {
  async load(file, part) {
    const model = await models.load(file, part);
    const run: LoadedModel['run'] = async (feeds) => {
      const startedMs = performance.now();
      const outputs = await model.run(feeds);
      networkMs += performance.now() - startedMs;
      return outputs;
    };
    return { ...model, run };
  },
};

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

interface Run {
  readonly msPerFrame: number;
  readonly otherMsPerFrame: number;
  readonly peakMb: number;
}

async function restore(path: string): Promise<Run> {
  networkMs = 0;
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 50);
  const startedMs = performance.now();
  const task = taskFor(path, `${path}.restored.mp4`, { encoding, segmentFrames: 48 });
  const { frameCount } = await restoreVideo(task, contextWith({ models: timedModels }));
  const totalMs = performance.now() - startedMs;
  clearInterval(watch);
  return {
    msPerFrame: totalMs / frameCount,
    otherMsPerFrame: (totalMs - networkMs) / frameCount,
    peakMb: peakBytes / 1e6,
  };
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
  const args = ['-v', 'error', '-framerate', '25', '-i', at('done/%06d.png'), '-pix_fmt', 'yuv420p'];
  execFileSync('ffmpeg', [...args, '-c:v', 'libx264', '-preset', 'fast', '-crf', '20', at('script.mp4')]);
  return (performance.now() - startedMs) / names.length;
}

try {
  await cutFace(at('face.png'), 480);
  await restore(makeFilm('warm.mp4', 0.4));
  const short = await restore(makeFilm('short.mp4', 4));
  const long = await restore(makeFilm('long.mp4', 16));
  const script = await overPngFiles(makeFilm('script.mov', 0.4));
  const shown = (metric: string, value: number, unit: string): void =>
    reportRow(rowShown(bench, metric, value, unit));
  shown('a 1080p frame with one face', long.msPerFrame, 'ms');
  shown('everything but the networks, a frame', long.otherMsPerFrame, 'ms');
  const share = (100 * long.otherMsPerFrame) / long.msPerFrame;
  reportRow(rowAtMost(bench, 'share of everything but the networks, Lite', share, '%', 15));
  // What CodeFormer takes for a face on two cores: computed, not run.
  const codeFormerMs = 2000;
  shown(
    'the same share with a restorer of two seconds',
    (100 * long.otherMsPerFrame) / (long.otherMsPerFrame + codeFormerMs),
    '%',
  );
  reportRow(rowAtMost(bench, 'peak memory, four times the length', long.peakMb / short.peakMb, '×', 1.1));
  shown('a script over PNG files, a frame', script, 'ms');
  const quicker = script / long.msPerFrame;
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
