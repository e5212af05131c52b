// The engine's tasks about films, and what each answers with.
import { z } from 'zod';
import {
  clipEncodingSchema,
  clipFactsSchema,
  clipNoticeSchema,
  clipOptionsSchema,
  clipTrackSchema,
} from '../domain/clip.ts';
import { boxSchema } from '../domain/geometry.ts';
import { detectionModelsSchema, modelFileSchema } from './model-file.ts';
import { timingsSchema } from './timings.ts';

/** A clip on disk: a film, an animation, or a folder of pictures in the order of their names. */
const clipSourceSchema = z.object({
  path: z.string().min(1),
  /** From the settings; null: HEIRLOOM_FFMPEG, then PATH, then an installed package. */
  ffmpegPath: z.string().min(1).nullable(),
  /** Frames a second of a folder of pictures; ignored otherwise. */
  sequenceFramesPerSecond: z.number().min(0.1).max(1000),
});

/** Reads what a clip is. With options it also says what will be kept and what changes. */
export const probeVideoTaskSchema = clipSourceSchema.extend({
  kind: z.literal('probe-video'),
  options: clipOptionsSchema.nullable(),
});

const clipModelsSchema = z.object({
  detection: detectionModelsSchema,
  /** Tells whether two tracks show the same person; null: each track is taken for somebody else. Decides no pixel. */
  recogniser: modelFileSchema.nullable(),
  restorer: modelFileSchema,
  parser: modelFileSchema.nullable(),
  upscaler: modelFileSchema.nullable(),
});

/**
 * Restores a clip in segments. The same task after a crash, a cancel or a kill goes on behind the last finished
 * segment of `workFolder`: pausing is cancelling and keeping that folder, giving up is removing it.
 */
export const restoreVideoTaskSchema = clipSourceSchema.extend(clipModelsSchema.shape).extend({
  kind: z.literal('restore-video'),
  options: clipOptionsSchema,
  /** A file, or a folder for `image-sequence`. */
  target: z.object({ path: z.string().min(1), overwrite: z.boolean() }),
  workFolder: z.string().min(1),
  /** Throw away what runs with another id left in the work folder; null: go on with whatever fits. */
  freshRunId: z.string().min(1).nullable(),
  /** A JPEG of the newest frame, replaced about once a second. */
  livePreviewPath: z.string().min(1).nullable(),
});

/** Restores a short stretch, as it is and as it would be. */
export const previewVideoTaskSchema = clipSourceSchema.extend(clipModelsSchema.shape).extend({
  kind: z.literal('preview-video'),
  /** Those of the run; its range and encoding do not matter here. */
  options: clipOptionsSchema,
  /** Of the run: where its faces have been followed already they are taken from there, with what each person gets. */
  workFolder: z.string().min(1),
  fromSeconds: z.number().nonnegative(),
  durationSeconds: z.number().positive().max(10),
  beforePath: z.string().min(1),
  afterPath: z.string().min(1),
});

/** Only the first pass of restore-video, into the same work folder: a run after it does not look for faces again. */
export const followClipFacesTaskSchema = clipSourceSchema.extend(clipModelsSchema.shape).extend({
  kind: z.literal('follow-clip-faces'),
  options: clipOptionsSchema,
  workFolder: z.string().min(1),
});

/** One frame as a JPEG: the first at or after `atSeconds`, else the last there is. */
export const makeClipPictureTaskSchema = clipSourceSchema.extend({
  kind: z.literal('make-clip-picture'),
  atSeconds: z.number().nonnegative(),
  /** In the upright frame; null: all of it. */
  boxInFrame: boxSchema.nullable(),
  maxSidePx: z.int().min(16).max(4096),
  outputPath: z.string().min(1),
});

/** The clip as every window can play it: H.264 with sound, upright, no side longer than `maxSidePx`. */
export const makeClipStandInTaskSchema = clipSourceSchema.extend({
  kind: z.literal('make-clip-stand-in'),
  maxSidePx: z.int().min(64).max(4096),
  outputPath: z.string().min(1),
});

/** What this ffmpeg on this computer can write; encoders of graphics devices are tried. */
export const listClipEncodersTaskSchema = z.object({
  kind: z.literal('list-clip-encoders'),
  ffmpegPath: z.string().min(1).nullable(),
});

export const clipOutputSchemas = {
  'probe-video': z.object({ facts: clipFactsSchema, notices: z.array(clipNoticeSchema) }),
  'restore-video': z.object({
    path: z.string(),
    widthPx: z.int().positive(),
    heightPx: z.int().positive(),
    frameCount: z.int().positive(),
    durationSeconds: z.number().nonnegative(),
    tracks: z.array(clipTrackSchema),
    notices: z.array(clipNoticeSchema),
    /** Segments found finished from an earlier run. */
    resumedSegments: z.int().nonnegative(),
    timings: timingsSchema,
  }),
  'preview-video': z.object({
    beforePath: z.string(),
    afterPath: z.string(),
    frameCount: z.int().positive(),
    tracks: z.array(clipTrackSchema),
  }),
  'follow-clip-faces': z.object({ tracks: z.array(clipTrackSchema) }),
  'make-clip-picture': z.object({ path: z.string() }),
  'make-clip-stand-in': z.object({ path: z.string() }),
  'list-clip-encoders': z.array(
    z.object({
      codec: clipEncodingSchema.shape.codec,
      encoder: clipEncodingSchema.shape.encoder,
      name: z.string(),
    }),
  ),
} as const;
