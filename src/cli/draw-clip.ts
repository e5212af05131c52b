// A film as text: what it is, what becomes of it, how far the work is. Pure.
import type { EngineOutput } from '#shared/contract/engine.ts';
import type { ClipNotice, ClipProgress } from '#shared/domain/clip.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import type { VideoMessages } from '#shared/messages/en/video.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { drawProgressBar } from './draw-progress-bar.ts';

export function drawClipFacts(
  { facts, notices }: EngineOutput<'probe-video'>,
  words: VideoMessages,
): string[] {
  const { video } = facts;
  const rate = video.frameRate === null ? null : video.frameRate.numerator / video.frameRate.denominator;
  return [
    interpolate(words.fileLine, {
      name: facts.fileName,
      container: facts.container,
      duration:
        facts.durationSeconds === null
          ? words.lengthUnknown
          : interpolate(words.lasts, { seconds: facts.durationSeconds.toFixed(2) }),
    }),
    interpolate(words.pictureLine, {
      codec: video.codec,
      width: video.widthPx,
      height: video.heightPx,
      rate: rate === null ? words.rateUnknown : Number(rate.toFixed(3)),
      depth: video.bitDepth,
    }),
    ...facts.audio.map(({ codec, channels, sampleRateHz }) =>
      interpolate(words.audioLine, { codec, channels, rate: sampleRateHz }),
    ),
    ...facts.subtitles.map(({ codec }) => interpolate(words.subtitleLine, { codec })),
    ...(notices.length === 0 ? [] : [words.willBe]),
    ...notices.map((notice) => `  ${noticeInWords(notice, words)}`),
  ];
}

export function noticeInWords({ code, params }: ClipNotice, words: VideoMessages): string {
  return interpolate(words.notices[code], params);
}

/** @returns for example `████░░░░ 42 %  restoring 84 of 200 frames, 6.1 a second  0:19 left`. */
export function drawClipProgress(
  { phase, doneFrames, totalFrames, framesPerSecond, etaSeconds }: ClipProgress,
  words: VideoMessages,
  messages: CliMessages,
  columns: number,
): string {
  const values = {
    phase: words.phases[phase],
    done: doneFrames,
    total: totalFrames ?? 0,
    rate: framesPerSecond === null ? '–' : framesPerSecond.toFixed(1),
  };
  const sentence = interpolate(totalFrames === null ? words.progressUnknown : words.progress, values);
  const left = etaSeconds === null ? '' : interpolate(messages.eta, { time: clock(etaSeconds) });
  const fraction = totalFrames === null || totalFrames === 0 ? 0 : doneFrames / totalFrames;
  return drawProgressBar(Math.min(1, fraction), sentence, left, columns);
}

/** 75 -> "1:15"; 3700 -> "1:01:40". */
function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}
