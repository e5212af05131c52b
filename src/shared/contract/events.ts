// Events: main -> renderer, in the past tense. They announce state; they never steer control flow.
import { z } from 'zod';
import { clipHistorySchema } from '../domain/clip-edit.ts';
import { historyChangeSchema } from '../domain/history-change.ts';
import { photoIdSchema } from '../domain/ids.ts';
import { jobSchema, progressSchema } from '../domain/job.ts';
import { modelStatusSchema } from '../domain/model.ts';
import { photoSchema } from '../domain/photo.ts';
import { projectSchema } from '../domain/project.ts';
import { clipJobProgressSchema, clipSchema } from '../domain/project-clip.ts';
import { resultSchema } from '../domain/result.ts';
import { settingsSchema } from '../domain/settings.ts';
import { errorWireSchema } from '../errors/wire.ts';
import { deviceReportSchema, engineStatusSchema } from './engine.ts';

export const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('project.changed'), project: projectSchema.nullable() }),
  /** Added, removed or put back: read the list again. */
  z.object({ type: z.literal('photos.listed-anew') }),
  z.object({ type: z.literal('photo.changed'), photo: photoSchema }),
  /** A long import, at most some times a second; `total` grows while folders are read. Ends with done = total. */
  z.object({
    type: z.literal('import.progressed'),
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
    fileName: z.string(),
  }),
  z.object({ type: z.literal('faces.changed'), photoId: photoIdSchema }),
  z.object({ type: z.literal('history.changed'), change: historyChangeSchema }),
  z.object({ type: z.literal('job.changed'), job: jobSchema }),
  z.object({ type: z.literal('job.progressed'), progress: progressSchema }),
  z.object({ type: z.literal('result.saved'), result: resultSchema }),
  /** Browser host: an exported file can be fetched at this address until the host stops. */
  z.object({
    type: z.literal('export.offered'),
    jobId: z.string(),
    address: z.string(),
    fileName: z.string(),
  }),
  /** Added, removed or put back: read the list again. */
  z.object({ type: z.literal('clips.listed-anew') }),
  z.object({ type: z.literal('clip.changed'), clip: clipSchema }),
  z.object({ type: z.literal('clip.history-changed'), history: clipHistorySchema }),
  /** Frames, pace, time left and the live picture; `job.progressed` is sent as well. */
  z.object({ type: z.literal('clip.progressed'), clip: clipJobProgressSchema }),
  z.object({ type: z.literal('model.changed'), status: modelStatusSchema }),
  z.object({ type: z.literal('settings.changed'), settings: settingsSchema }),
  z.object({ type: z.literal('engine.changed'), status: engineStatusSchema }),
  /** Said once, visibly: for example that the graphics device failed its self-test. */
  z.object({ type: z.literal('device.fell-back'), device: deviceReportSchema }),
  z.object({ type: z.literal('failure.reported'), error: errorWireSchema }),
  /** A menu item or shortcut of the native window. */
  z.object({
    type: z.literal('menu.chosen'),
    item: z.enum([
      'open-photos',
      'open-project',
      'new-project',
      'export',
      'undo',
      'redo',
      'restore',
      'models',
      'settings',
      'shortcuts',
      'palette',
      'tour',
      'gallery',
      'photos',
      'films',
      'previous-photo',
      'next-photo',
      'shown-picture',
      'face-marks',
    ]),
  }),
  /** Said by a bridge after a break: whatever is shown may be old. */
  z.object({ type: z.literal('events.missed') }),
  /** The system handed over files: double click, command line, second instance. */
  z.object({ type: z.literal('paths.opened'), paths: z.array(z.string()) }),
]);
export type HeirloomEvent = z.infer<typeof eventSchema>;
export type EventType = HeirloomEvent['type'];
export type EventOf<T extends EventType> = Extract<HeirloomEvent, { type: T }>;
