// Commands about clips: renderer -> main. Part of commands.ts, apart only because it is long.
import { z } from 'zod';
import { clipNoticeSchema, clipOptionsSchema } from '../domain/clip.ts';
import { clipEditSchema, clipHistorySchema } from '../domain/clip-edit.ts';
import { clipIdSchema, clipPreviewIdSchema, modelIdSchema } from '../domain/ids.ts';
import { jobSchema } from '../domain/job.ts';
import { clipSchema } from '../domain/project-clip.ts';
import { errorWireSchema } from '../errors/wire.ts';
import { exportDestinationSchema, fileSourceSchema } from './files.ts';

const byClip = z.object({ clipId: clipIdSchema }).strict();

export const clipCommands = {
  /** Films, animations and folders of pictures. One that cannot be read never hides the others. */
  'clips.import': {
    input: z
      .object({
        sources: z.array(fileSourceSchema).min(1).max(1000),
        /** Of folders of pictures. */
        sequenceFramesPerSecond: z.number().min(0.1).max(1000).optional(),
      })
      .strict(),
    output: z.object({
      imported: z.array(clipSchema),
      duplicates: z.array(z.object({ fileName: z.string(), clipId: clipIdSchema })),
      failed: z.array(z.object({ fileName: z.string(), error: errorWireSchema })),
    }),
  },
  'clips.list': { input: z.object({}).strict(), output: z.array(clipSchema) },
  /** The files stay on disk; the clips can be put back. */
  'clips.remove': { input: z.object({ clipIds: z.array(clipIdSchema).min(1) }).strict(), output: z.null() },
  'clips.put-back': { input: z.object({ clipIds: z.array(clipIdSchema).min(1) }).strict(), output: z.null() },
  /** A film that was moved: the same content is looked for at the new place. Errors: clip.other-content. */
  'clips.locate': {
    input: z.object({ clipId: clipIdSchema, path: z.string().min(1).max(4096) }).strict(),
    output: clipSchema,
  },

  'clips.apply': {
    input: z.object({ clipId: clipIdSchema, edit: clipEditSchema }).strict(),
    output: clipHistorySchema,
  },
  'clips.undo': { input: byClip, output: clipHistorySchema },
  'clips.redo': { input: byClip, output: clipHistorySchema },
  /** To after the step with this sequence; 0: before all of them. */
  'clips.jump': {
    input: z.object({ clipId: clipIdSchema, cursor: z.int().nonnegative() }).strict(),
    output: clipHistorySchema,
  },
  'clips.history': { input: byClip, output: clipHistorySchema },

  /** What "Restore" would do now: what is kept, what changes, with which models. */
  'clips.plan': {
    input: byClip,
    output: z.object({
      options: clipOptionsSchema,
      notices: z.array(clipNoticeSchema),
      restorerId: modelIdSchema,
      upscalerId: modelIdSchema.nullable(),
    }),
  },
  /** Which ways of encoding work on this computer: encoders that are there, hardware ones tried. */
  'clips.encoders': {
    input: z.object({}).strict(),
    output: z.array(
      z.object({
        codec: clipOptionsSchema.shape.encoding.shape.codec,
        encoder: clipOptionsSchema.shape.encoding.shape.encoder,
        name: z.string(),
      }),
    ),
  },
  /** Follows everybody through the whole clip, so that each can be given a fidelity before the run, which reuses it. */
  'clips.follow-faces': { input: byClip, output: jobSchema },
  /** Restores a short stretch at once; answers when both films can be played. A newer call ends an older one. */
  'clips.preview': {
    input: z
      .object({
        clipId: clipIdSchema,
        fromSeconds: z.number().nonnegative(),
        durationSeconds: z.number().positive().max(10),
      })
      .strict(),
    /** null: a newer call or clips.cancel-preview ended this one. */
    output: z.object({ previewId: clipPreviewIdSchema, frameCount: z.int().positive() }).nullable(),
  },
  'clips.cancel-preview': { input: byClip, output: z.null() },
  /**
   * Queues a run with the options of now; answers with a finished job when its result exists. Cancelling the job pauses
   * it: finished parts are kept and the next run goes on from there.
   */
  'clips.restore': { input: byClip, output: jobSchema },
  /** Gives up an interrupted run: finished parts are removed. Errors: clip.busy while it runs. */
  'clips.discard-parts': { input: byClip, output: clipSchema },
  /** Copies the newest result to a place of a person's own. Errors: clip.no-result, output.*. */
  'clips.export': {
    input: z.object({ clipId: clipIdSchema, destination: exportDestinationSchema }).strict(),
    output: jobSchema,
  },
} as const;
