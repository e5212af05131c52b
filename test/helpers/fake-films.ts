// What the fake engine does with films: a film is a line of JSON. Parts of a run stay in its work folder until it is done,
// as those of real runs do.
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EngineOutput, EngineTask } from '#shared/contract/engine.ts';
import type { ClipFacts, ClipTrack } from '#shared/domain/clip.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { RunOptions } from '../../src/main/engine-host/engine-port.ts';

/** The bytes of a film the fake engine understands. */
export function fakeFilm(text: string, codec = 'h264'): string {
  return JSON.stringify({ fake: 'film', text, codec });
}

const framesPerSecond = 25;
const frameCount = 50;

export const fakeTrack: ClipTrack = {
  trackId: 1,
  personId: 1,
  firstSeconds: 0,
  lastSeconds: 2,
  frameCount,
  bestSeconds: 1,
  bestBoxInFrame: { x: 10, y: 10, width: 50, height: 60 },
};

export async function workOnClip(
  task: EngineTask,
  options: RunOptions,
  passGate: () => Promise<void>,
): Promise<unknown> {
  switch (task.kind) {
    case 'probe-video':
      return { facts: await factsOf(task.path), notices: [] };
    case 'follow-clip-faces':
      await factsOf(task.path);
      await write(path.join(task.workFolder, 'tracks.json'), '[]');
      await passGate();
      return { tracks: [fakeTrack] };
    case 'restore-video': {
      await factsOf(task.path);
      await write(path.join(task.workFolder, 'segment-000000.mov'), 'first part');
      options.onClip?.({
        phase: 'restoring',
        doneFrames: frameCount / 2,
        totalFrames: frameCount,
        framesPerSecond: 5,
        etaSeconds: 5,
        isHeld: false,
        previewRevision: 0,
      });
      await passGate();
      const isFolder = task.options.encoding.container === 'image-sequence';
      const film = isFolder ? path.join(task.target.path, '000001.png') : task.target.path;
      await write(film, fakeFilm(JSON.stringify(task.options)));
      await rm(task.workFolder, { recursive: true });
      const made: EngineOutput<'restore-video'> = {
        path: task.target.path,
        ...{ widthPx: 320, heightPx: 240, frameCount, durationSeconds: frameCount / framesPerSecond },
        ...{ tracks: [fakeTrack], notices: [], resumedSegments: 0, timings: [] },
      };
      return made;
    }
    case 'make-clip-picture':
    case 'make-clip-stand-in':
      await factsOf(task.path);
      await write(task.outputPath, fakeFilm(task.kind));
      return { path: task.outputPath };
    default:
      throw new Error(`not used by the studio in unit tests: ${task.kind}`);
  }
}

async function factsOf(filmPath: string): Promise<ClipFacts> {
  const fileName = path.basename(filmPath);
  const text = await readFile(filmPath, 'utf8').catch((cause: unknown) => {
    throw new HeirloomError('file.not-found', { fileName }, { cause });
  });
  if (!text.startsWith('{"fake":"film"')) throw new HeirloomError('video.not-a-video', { fileName });
  const { codec } = JSON.parse(text) as { codec: string };
  return {
    ...{ fileName, kind: 'video', container: 'mov,mp4,m4a', startSeconds: 0, chapterCount: 0 },
    durationSeconds: frameCount / framesPerSecond,
    byteSize: (await stat(filmPath)).size,
    video: {
      ...{ streamIndex: 0, codec, widthPx: 320, heightPx: 240, rotationDegrees: 0, bitDepth: 8 },
      pixelAspect: { numerator: 1, denominator: 1 },
      frameRate: { numerator: framesPerSecond, denominator: 1 },
      isVariableFrameRate: false,
      timeBase: { numerator: 1, denominator: 12800 },
      ...{ durationSeconds: frameCount / framesPerSecond, frameCount, pixelFormat: 'yuv420p' },
      interlacing: 'progressive',
      colour: { primaries: null, transfer: null, matrix: null, range: null },
      ...{ hdr: 'none', hasAlpha: false },
    },
    audio: [],
    subtitles: [],
  };
}

async function write(filePath: string, text: string): Promise<void> {
  await mkdir(path.dirname(filePath), { recursive: true });
  await writeFile(`${filePath}.part`, text);
  await rename(`${filePath}.part`, filePath);
}
