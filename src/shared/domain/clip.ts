// A clip: a film, an animation or a row of pictures. What is known of it, how it is to be restored, what came of it.
import { z } from 'zod';
import { fidelitySchema, monochromeModeSchema, strengthSchema } from './edit.ts';
import { boxSchema } from './geometry.ts';

/** Raise when the same options would give other pictures: unfinished and cached work becomes stale. */
export const clipPipelineVersion = 2;

/** An exact fraction, as containers state frame rates and time bases. */
export const rationalSchema = z.object({ numerator: z.int(), denominator: z.int().positive() });
export type Rational = z.infer<typeof rationalSchema>;

/** Names as ffmpeg has them (`bt709`, `smpte2084`, `tv`); null: the file does not say. */
export const clipColourSchema = z.object({
  primaries: z.string().nullable(),
  transfer: z.string().nullable(),
  matrix: z.string().nullable(),
  range: z.enum(['tv', 'pc']).nullable(),
});
export type ClipColour = z.infer<typeof clipColourSchema>;

export const clipVideoSchema = z.object({
  streamIndex: z.int().nonnegative(),
  codec: z.string(),
  /** Upright: the rotation of the file is applied. */
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  /** Clockwise turn that the file asks of a player: 0, 90, 180 or 270. */
  rotationDegrees: z.int(),
  /** Width over height of one pixel, upright. */
  pixelAspect: rationalSchema,
  /** The mean rate where the rate varies; null when the file does not say. */
  frameRate: rationalSchema.nullable(),
  isVariableFrameRate: z.boolean(),
  timeBase: rationalSchema,
  /** Of the picture stream, from the header; sound may be longer. */
  durationSeconds: z.number().nonnegative().nullable(),
  /** From the header; what can be decoded may be less. */
  frameCount: z.int().nonnegative().nullable(),
  pixelFormat: z.string(),
  bitDepth: z.int().positive(),
  interlacing: z.enum(['progressive', 'top-first', 'bottom-first', 'unknown']),
  colour: clipColourSchema,
  hdr: z.enum(['none', 'pq', 'hlg']),
  hasAlpha: z.boolean(),
});
export type ClipVideo = z.infer<typeof clipVideoSchema>;

export const clipAudioSchema = z.object({
  streamIndex: z.int().nonnegative(),
  codec: z.string(),
  channels: z.int().nonnegative(),
  sampleRateHz: z.int().nonnegative(),
  language: z.string().nullable(),
  /** False: nothing of it could be decoded. */
  isReadable: z.boolean(),
});
export type ClipAudio = z.infer<typeof clipAudioSchema>;

export const clipSubtitleSchema = z.object({
  streamIndex: z.int().nonnegative(),
  codec: z.string(),
  /** Pictures of letters (DVD, Blu-ray) cannot become text. */
  kind: z.enum(['text', 'picture']),
  language: z.string().nullable(),
});
export type ClipSubtitle = z.infer<typeof clipSubtitleSchema>;

export const clipFactsSchema = z.object({
  fileName: z.string(),
  kind: z.enum(['video', 'animation', 'image-sequence']),
  container: z.string(),
  durationSeconds: z.number().nonnegative().nullable(),
  /** Timestamp at which the file begins; the streams are placed relative to it. */
  startSeconds: z.number(),
  byteSize: z.int().nonnegative(),
  video: clipVideoSchema,
  audio: z.array(clipAudioSchema),
  subtitles: z.array(clipSubtitleSchema),
  chapterCount: z.int().nonnegative(),
});
export type ClipFacts = z.infer<typeof clipFactsSchema>;

export const clipCodecSchema = z.enum(['h264', 'h265', 'av1', 'prores', 'gif', 'png']);
export type ClipCodec = z.infer<typeof clipCodecSchema>;
export const clipContainerSchema = z.enum(['mp4', 'mov', 'mkv', 'webm', 'gif', 'image-sequence']);
export type ClipContainer = z.infer<typeof clipContainerSchema>;
/** What each kind of file is written with unless something else is asked for. */
export const usualCodec: Readonly<Record<ClipContainer, ClipCodec>> = {
  mp4: 'h264',
  mov: 'h264',
  mkv: 'h264',
  webm: 'av1',
  gif: 'gif',
  'image-sequence': 'png',
};
/** Codecs that each container can hold. */
export const codecsOfContainer: Readonly<Record<ClipContainer, readonly ClipCodec[]>> = {
  mp4: ['h264', 'h265', 'av1'],
  mov: ['h264', 'h265', 'prores'],
  mkv: ['h264', 'h265', 'av1', 'prores'],
  webm: ['av1'],
  gif: ['gif'],
  'image-sequence': ['png'],
};
/** Kinds of file by their ending, in lower case. */
export const fileEndings: Readonly<Record<string, ClipContainer>> = {
  '.mp4': 'mp4',
  '.m4v': 'mp4',
  '.mov': 'mov',
  '.mkv': 'mkv',
  '.webm': 'webm',
  '.gif': 'gif',
};
/** Endings by which a window and its dialogs tell films from photos; what a file is, its content decides. */
export const filmEndings = [
  'mp4',
  'm4v',
  'mov',
  'qt',
  'mkv',
  'webm',
  'avi',
  'divx',
  'mpg',
  'mpeg',
  'm2v',
  'mts',
  'm2ts',
  'ts',
  'wmv',
  'asf',
  'flv',
  'f4v',
  '3gp',
  '3g2',
  'ogv',
  'vob',
  'dv',
  'mxf',
] as const;
export const clipQualitySchema = z.enum(['draft', 'good', 'high', 'best']);
export type ClipQuality = z.infer<typeof clipQualitySchema>;

export const clipEncodingSchema = z.object({
  container: clipContainerSchema,
  codec: clipCodecSchema,
  quality: clipQualitySchema,
  /** `hardware` is an error where no encoder of the graphics device works. */
  encoder: z.enum(['software', 'hardware']),
});
export type ClipEncoding = z.infer<typeof clipEncodingSchema>;

/** Seconds from the beginning of the clip; null: its beginning, its end. */
export const clipRangeSchema = z.object({
  fromSeconds: z.number().nonnegative().nullable(),
  toSeconds: z.number().positive().nullable(),
});
export type ClipRange = z.infer<typeof clipRangeSchema>;

/** What one person of the clip gets instead of what all get. */
export const trackChoiceSchema = z.object({
  trackId: z.int().positive(),
  enabled: z.boolean(),
  fidelity: fidelitySchema.nullable(),
});
export type TrackChoice = z.infer<typeof trackChoiceSchema>;

export const clipOptionsSchema = z.object({
  range: clipRangeSchema,
  scale: z.number().min(0.25).max(4),
  fidelity: fidelitySchema,
  strength: strengthSchema,
  backgroundStrength: strengthSchema,
  monochrome: monochromeModeSchema,
  deinterlace: z.boolean(),
  hdr: z.enum(['keep', 'tone-map']),
  /** How much of the frames before is blended into a restored face: 0 none (each frame alone), 1 very still. */
  steadiness: strengthSchema,
  /** How much of the film's own grain restored faces get: 0 to 1 as much as is around them; absent: none. */
  grain: strengthSchema.optional(),
  tracks: z.array(trackChoiceSchema),
  encoding: clipEncodingSchema,
  /** What is lost at most when the work is interrupted. Another number gives other files, so it is part of the job. */
  segmentFrames: z.int().min(8).max(10000).default(120),
});
export type ClipOptions = z.infer<typeof clipOptionsSchema>;

/** One person from entering a scene to leaving it, or to the next cut. */
export const clipTrackSchema = z.object({
  trackId: z.int().positive(),
  /** Tracks with the same number show the same person, as far as faces tell; counted from 1 in the order of appearance. */
  personId: z.int().positive(),
  firstSeconds: z.number(),
  lastSeconds: z.number(),
  frameCount: z.int().positive(),
  /** Where the face is largest: a good moment for a picture of it. */
  bestSeconds: z.number(),
  bestBoxInFrame: boxSchema,
});
export type ClipTrack = z.infer<typeof clipTrackSchema>;

/** Something a person should know: what is kept, what changes, what could not be done. Words: messages/video. */
export const clipNoticeCodes = [
  'kept.frame-rate',
  'kept.variable-frame-rate',
  'kept.audio',
  'kept.subtitles',
  'kept.chapters',
  'kept.bit-depth',
  'kept.hdr',
  'kept.pixel-aspect',
  'changed.rotation',
  'changed.deinterlaced',
  'changed.tone-mapped',
  'changed.bit-depth',
  'changed.chroma',
  'changed.odd-size',
  'changed.audio-converted',
  'changed.subtitles-converted',
  'lost.audio',
  'lost.audio-unreadable',
  'lost.subtitles',
  'lost.chapters',
  'lost.alpha',
  'note.interlaced',
  'note.no-audio',
  'note.no-faces',
  'note.ended-early',
] as const;
export const clipNoticeSchema = z.object({
  code: z.enum(clipNoticeCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ClipNotice = z.infer<typeof clipNoticeSchema>;
export type ClipNoticeCode = ClipNotice['code'];

/** How far a clip is. `totalFrames` is an estimate until the faces have been followed through the whole clip. */
export const clipProgressSchema = z.object({
  phase: z.enum(['following-faces', 'restoring', 'joining']),
  doneFrames: z.int().nonnegative(),
  totalFrames: z.int().nonnegative().nullable(),
  framesPerSecond: z.number().nonnegative().nullable(),
  etaSeconds: z.number().nonnegative().nullable(),
  /** Rises with each new picture at the task's live preview path; 0: none yet. */
  previewRevision: z.int().nonnegative(),
  /** It waits before its next frame: a photo or a preview goes first. */
  isHeld: z.boolean(),
});
export type ClipProgress = z.infer<typeof clipProgressSchema>;
