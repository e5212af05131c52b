// Job: which ways of encoding work here? Encoders of graphics devices are tried, because builds list what computers lack.
// Engine process.
import type { EngineOutput, TaskOf } from '#shared/contract/engine.ts';
import { clipCodecSchema } from '#shared/domain/clip.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { chooseEncoder } from '../../codec/video/choose-encoder.ts';
import { findFfmpeg } from '../../codec/video/find-ffmpeg.ts';
import type { JobContext } from '../job-context.ts';

/** Errors: video.ffmpeg-missing; JobCancelled. */
export async function listClipEncoders(
  task: TaskOf<'list-clip-encoders'>,
  { signal }: JobContext,
): Promise<EngineOutput<'list-clip-encoders'>> {
  const tools = findFfmpeg({ setting: task.ffmpegPath, environment: process.env });
  const found: EngineOutput<'list-clip-encoders'> = [];
  for (const codec of clipCodecSchema.options) {
    for (const encoder of ['software', 'hardware'] as const) {
      const encoding = { container: 'mkv', codec, quality: 'good', encoder } as const;
      try {
        found.push({ codec, encoder, name: (await chooseEncoder(tools, encoding, '', signal)).name });
      } catch (error) {
        if (!(error instanceof HeirloomError && error.code === 'video.encoder-missing')) throw error;
      }
    }
  }
  return found;
}
