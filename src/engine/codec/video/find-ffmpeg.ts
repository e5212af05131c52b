// Where ffmpeg and ffprobe are: the setting, HEIRLOOM_FFMPEG, PATH, an installed package that carries them.
// Runs in the engine process. Nothing is started here.
import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

export interface FfmpegTools {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
}

export interface FfmpegSearch {
  /** A program or the folder that holds both; goes before everything else. */
  readonly setting: string | null;
  readonly environment: NodeJS.ProcessEnv;
  /** Path of a file inside an installed package, or null. Injected for tests. */
  readonly resolvePackage?: (specifier: string) => string | null;
}

const ending = process.platform === 'win32' ? '.exe' : '';

/**
 * A place that was named but does not work is not passed over: the person meant that one.
 * Errors: video.ffmpeg-missing.
 */
export function findFfmpeg(search: FfmpegSearch): FfmpegTools {
  const named = search.setting ?? nonEmpty(search.environment['HEIRLOOM_FFMPEG']);
  if (named !== null) {
    const tools = besides(named);
    if (tools === null) throw new HeirloomError('video.ffmpeg-missing', {}, { cause: `not at ${named}` });
    return tools;
  }
  for (const folder of (search.environment['PATH'] ?? '').split(delimiter)) {
    const tools = folder === '' ? null : besides(folder);
    if (tools !== null) return tools;
  }
  const tools = inPackages(search.resolvePackage ?? resolveInstalled);
  if (tools === null) throw new HeirloomError('video.ffmpeg-missing');
  return tools;
}

function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}

/** `place` is the folder of both programs, or one of them: the other then lies beside it. */
function besides(place: string): FfmpegTools | null {
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
  const folder = isFolder ? place : dirname(place);
  const tools = {
    ffmpegPath: isFolder ? join(folder, `ffmpeg${ending}`) : place,
    ffprobePath: join(
      folder,
      isFolder ? `ffprobe${ending}` : basename(place).replace(/ffmpeg(?!.*ffmpeg)/, 'ffprobe'),
    ),
  };
  return canRun(tools.ffmpegPath) && canRun(tools.ffprobePath) ? tools : null;
}

/**
 * None is a dependency: their builds are GPL, and whoever adds one takes on that licence's duties. Where a person or
 * a package of Heirloom has installed them, they are used.
 */
function inPackages(resolvePackage: (specifier: string) => string | null): FfmpegTools | null {
  const ffmpegPath = resolvePackage(`ffmpeg-static/ffmpeg${ending}`);
  const ffprobePath = resolvePackage(
    `ffprobe-static/bin/${process.platform}/${process.arch}/ffprobe${ending}`,
  );
  if (ffmpegPath === null || ffprobePath === null) return null;
  return canRun(ffmpegPath) && canRun(ffprobePath) ? { ffmpegPath, ffprobePath } : null;
}

function resolveInstalled(specifier: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(specifier);
  } catch {
    return null;
  }
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
