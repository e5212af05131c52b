// Which of ffmpeg's encoders is used: what was asked for, and what this ffmpeg on this computer can do. Engine process.
import type { ClipEncoding } from '#shared/domain/clip.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { encoderNames } from './encode-arguments.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import { runFfmpeg } from './run-ffmpeg.ts';

/** Name of the encoder, and ffmpeg's version. Errors: video.encoder-missing. */
export async function chooseEncoder(
  tools: FfmpegTools,
  encoding: ClipEncoding,
  fileName: string,
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly ffmpegVersion: string }> {
  const ask = (...args: string[]) => runFfmpeg(tools.ffmpegPath, args, { fileName, signal });
  const [version, list] = await Promise.all([ask('-version'), ask('-hide_banner', '-encoders')]);
  const built = new Set([...list.matchAll(/^ [VAS][A-Z.]{5} (\S+)/gm)].map(([, name]) => name));
  const names = encoderNames(encoding);
  for (const name of names) {
    if (!built.has(name)) continue;
    if (encoding.encoder === 'software' || (await works(tools, name, fileName, signal))) {
      return { name, ffmpegVersion: version.split('\n')[0] ?? '' };
    }
  }
  const encoder = encoding.encoder === 'hardware' ? 'hardware' : (names[0] ?? '');
  throw new HeirloomError('video.encoder-missing', { codec: encoding.codec, encoder });
}

/** Builds list encoders of graphics devices that the computer does not have: only trying tells. */
async function works(
  tools: FfmpegTools,
  name: string,
  fileName: string,
  signal: AbortSignal,
): Promise<boolean> {
  const args = ['-v', 'error', '-f', 'lavfi', '-i', 'color=size=256x256:rate=25', '-frames:v', '3'];
  try {
    await runFfmpeg(tools.ffmpegPath, [...args, '-c:v', name, '-f', 'null', '-'], { fileName, signal });
    return true;
  } catch (error) {
    if (error instanceof HeirloomError && error.code === 'video.ffmpeg-failed') return false;
    throw error;
  }
}
