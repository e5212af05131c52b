// What ffmpeg's encoders are told: which one, how good, and what keeps two runs equal to the bit. Pure; engine process.
import {
  type ClipCodec,
  type ClipColour,
  type ClipEncoding,
  type ClipQuality,
  codecsOfContainer,
} from '#shared/domain/clip.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';

/** Errors: video.codec-not-in-container. */
export function checkEncoding({ container, codec }: ClipEncoding): void {
  if (!codecsOfContainer[container].includes(codec)) {
    throw new HeirloomError('video.codec-not-in-container', { container, codec });
  }
}

/** ffmpeg's encoders for a codec, best first. The software ones come with most builds. */
export function encoderNames({ codec, encoder }: ClipEncoding): readonly string[] {
  if (encoder === 'hardware') {
    if (codec === 'h264') return ['h264_nvenc', 'h264_videotoolbox', 'h264_qsv', 'h264_amf'];
    if (codec === 'h265') return ['hevc_nvenc', 'hevc_videotoolbox', 'hevc_qsv', 'hevc_amf'];
    if (codec === 'av1') return ['av1_nvenc', 'av1_qsv', 'av1_amf'];
    return [];
  }
  switch (codec) {
    case 'h264':
      return ['libx264'];
    case 'h265':
      return ['libx265'];
    case 'av1':
      return ['libsvtav1', 'libaom-av1'];
    case 'prores':
      return ['prores_ks'];
    // Both are assembled from segments without loss.
    case 'gif':
    case 'png':
      return ['png'];
  }
}

/** Constant-quality numbers: what each encoder's own guide calls visually fine is `good` to `high`. */
const factors: Record<'h264' | 'h265' | 'av1', Record<ClipQuality, number>> = {
  h264: { draft: 26, good: 20, high: 17, best: 12 },
  h265: { draft: 28, good: 22, high: 19, best: 14 },
  av1: { draft: 42, good: 30, high: 24, best: 16 },
};
const x26xPresets: Record<ClipQuality, string> = {
  draft: 'veryfast',
  good: 'fast',
  high: 'medium',
  best: 'slow',
};
const svtPresets: Record<ClipQuality, number> = { draft: 10, good: 8, high: 6, best: 4 };
const proresProfiles: Record<ClipQuality, string> = { draft: 'lt', good: 'standard', high: 'hq', best: 'hq' };

/**
 * One key frame at the start of each segment and at most every `segmentFrames`; no reference reaches across. `threads`
 * is written into the job: x264 and x265 give other bits with another number of threads.
 */
export function encoderArguments(
  encoderName: string,
  encoding: ClipEncoding,
  segmentFrames: number,
  threads: number,
): string[] {
  const { codec, quality } = encoding;
  const gop = String(segmentFrames);
  switch (encoderName) {
    case 'libx264':
      return [
        ...['-c:v', 'libx264', '-preset', x26xPresets[quality], '-crf', String(factors.h264[quality])],
        ...['-g', gop, '-threads', String(threads), '-x264-params', 'open-gop=0:scenecut=40'],
      ];
    case 'libx265': {
      const parameters = `open-gop=0:keyint=${gop}:pools=${threads}:frame-threads=1:log-level=error`;
      return [
        ...['-c:v', 'libx265', '-preset', x26xPresets[quality], '-crf', String(factors.h265[quality])],
        ...['-x265-params', parameters, '-tag:v', 'hvc1'],
      ];
    }
    case 'libsvtav1':
      return [
        ...['-c:v', 'libsvtav1', '-preset', String(svtPresets[quality])],
        ...['-crf', String(factors.av1[quality]), '-g', gop, '-svtav1-params', `lp=${threads}`],
      ];
    case 'libaom-av1':
      return [
        ...['-c:v', 'libaom-av1', '-cpu-used', '6', '-row-mt', '1', '-b:v', '0'],
        ...['-crf', String(factors.av1[quality]), '-g', gop, '-threads', String(threads)],
      ];
    case 'prores_ks':
      return ['-c:v', 'prores_ks', '-profile:v', proresProfiles[quality], '-vendor', 'apl0'];
    case 'png':
      return ['-c:v', 'png', '-compression_level', '1', '-pred', 'up'];
    default: {
      const factor = String(
        codec === 'av1' || codec === 'h265' ? factors[codec][quality] : factors.h264[quality],
      );
      const constantQuality = encoderName.endsWith('_videotoolbox')
        ? ['-q:v', String(Math.max(1, 100 - 2 * Number(factor)))]
        : encoderName.endsWith('_nvenc')
          ? ['-rc', 'vbr', '-cq', factor, '-b:v', '0']
          : ['-global_quality', factor];
      return ['-c:v', encoderName, ...constantQuality, '-g', gop, '-bf', '0'];
    }
  }
}

/** To be looked at once: hardly compressed, because compressing well takes longer than restoring the faces. */
export function previewEncoderArguments(segmentFrames: number, threads: number): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '16'],
    ...['-g', String(segmentFrames), '-threads', String(threads)],
  ];
}

/** ffmpeg's muxer for segments: QuickTime holds every codec but AV1. */
export function segmentMuxer(codec: ClipCodec): 'mov' | 'mp4' {
  return codec === 'av1' ? 'mp4' : 'mov';
}

/** Says in the stream what the samples mean; what the source does not say stays unsaid. */
export function colourArguments(colour: ClipColour): string[] {
  const { primaries, transfer, matrix, range } = colour;
  return [
    ...(primaries === null ? [] : ['-color_primaries', primaries]),
    ...(transfer === null ? [] : ['-color_trc', transfer]),
    ...(matrix === null ? [] : ['-colorspace', matrix]),
    ...(range === null ? [] : ['-color_range', range]),
  ];
}
