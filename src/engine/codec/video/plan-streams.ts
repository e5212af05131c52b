// What becomes of sound, subtitles and chapters in the wanted container. Pure; runs in the engine process.
import type { ClipContainer, ClipFacts, ClipNotice } from '#shared/domain/clip.ts';

export interface StreamPlan {
  readonly audio: readonly { readonly streamIndex: number; readonly codec: string }[];
  readonly subtitles: readonly { readonly streamIndex: number; readonly codec: string }[];
  readonly keepsChapters: boolean;
  readonly notices: readonly ClipNotice[];
}

interface ContainerRules {
  /** Copied as they are; null: everything. */
  readonly audio: RegExp | null;
  /** Encoder for the rest. */
  readonly audioEncoder: string;
  readonly subtitles: RegExp | null;
  readonly textEncoder: string;
  readonly hasChapters: boolean;
}

const rules: Partial<Record<ClipContainer, ContainerRules>> = {
  mp4: {
    audio: /^(aac|mp3|mp2|ac3|eac3|alac|opus)$/,
    audioEncoder: 'aac',
    subtitles: /^mov_text$/,
    textEncoder: 'mov_text',
    hasChapters: true,
  },
  mov: {
    audio: /^(aac|mp3|ac3|eac3|alac|pcm_(s16le|s16be|s24le|s24be|s32le|u8|f32le|alaw|mulaw))$/,
    audioEncoder: 'aac',
    subtitles: /^mov_text$/,
    textEncoder: 'mov_text',
    hasChapters: true,
  },
  mkv: {
    audio: null,
    audioEncoder: 'aac',
    subtitles: /^(?!mov_text$)/,
    textEncoder: 'srt',
    hasChapters: true,
  },
  webm: {
    audio: /^(opus|vorbis)$/,
    audioEncoder: 'libopus',
    subtitles: /^webvtt$/,
    textEncoder: 'webvtt',
    hasChapters: true,
  },
};

export function planStreams(facts: ClipFacts, container: ClipContainer): StreamPlan {
  const notices: ClipNotice[] = [];
  const say = (code: ClipNotice['code'], params: ClipNotice['params'] = {}) => notices.push({ code, params });
  const rule = rules[container];
  if (facts.audio.length === 0 && facts.kind === 'video') say('note.no-audio');
  if (rule === undefined) {
    if (facts.audio.length > 0) say('lost.audio', { container });
    if (facts.subtitles.length > 0) say('lost.subtitles', { count: facts.subtitles.length });
    if (facts.chapterCount > 0) say('lost.chapters');
    return { audio: [], subtitles: [], keepsChapters: false, notices };
  }
  const readable = facts.audio.filter(({ isReadable }) => isReadable);
  if (readable.length < facts.audio.length) say('lost.audio-unreadable');
  const audio = readable.map(({ streamIndex, codec }) => {
    const isCopied = rule.audio === null || rule.audio.test(codec);
    if (isCopied) say('kept.audio', { codec });
    else say('changed.audio-converted', { before: codec, after: rule.audioEncoder.replace(/^lib/, '') });
    return { streamIndex, codec: isCopied ? 'copy' : rule.audioEncoder };
  });
  const usable = facts.subtitles.filter(
    ({ codec, kind }) => kind === 'text' || rule.subtitles === null || (container === 'mkv' && codec !== ''),
  );
  if (usable.length < facts.subtitles.length) {
    say('lost.subtitles', { count: facts.subtitles.length - usable.length });
  }
  const subtitles = usable.map(({ streamIndex, codec }) => {
    const isCopied = rule.subtitles === null || rule.subtitles.test(codec);
    if (isCopied) say('kept.subtitles', { codec });
    else say('changed.subtitles-converted', { before: codec, after: rule.textEncoder });
    return { streamIndex, codec: isCopied ? 'copy' : rule.textEncoder };
  });
  if (facts.chapterCount > 0) say('kept.chapters', { count: facts.chapterCount });
  return { audio, subtitles, keepsChapters: rule.hasChapters, notices };
}
