// The contract between main and engine. Every message is parsed on arrival, on both sides.
// main starts the engine and sends `hello`; the engine answers `ready`; then jobs flow.
import { z } from 'zod';
import { clipProgressSchema } from '../domain/clip.ts';
import { convertedPrecisionSchema, networkManifestSchema } from '../domain/converted-network.ts';
import { fidelitySchema, monochromeModeSchema, strengthSchema } from '../domain/edit.ts';
import { exportSettingsSchema } from '../domain/export.ts';
import { foundFaceSchema } from '../domain/face.ts';
import { boxSchema, landmarksSchema } from '../domain/geometry.ts';
import { jobIdSchema, modelIdSchema, sha256Schema } from '../domain/ids.ts';
import { stepSchema } from '../domain/job.ts';
import { photoFactsSchema } from '../domain/photo.ts';
import { recipeSchema } from '../domain/recipe.ts';
import { facePickSchema, restoreExtrasSchema } from '../domain/restore-extras.ts';
import { executionProviderSchema, settingsSchema } from '../domain/settings.ts';
import { errorWireSchema } from '../errors/wire.ts';
import {
  clipOutputSchemas,
  followClipFacesTaskSchema,
  listClipEncodersTaskSchema,
  makeClipPictureTaskSchema,
  makeClipStandInTaskSchema,
  previewVideoTaskSchema,
  probeVideoTaskSchema,
  restoreVideoTaskSchema,
} from './clip-tasks.ts';
import { detectionModelsSchema, modelFileSchema } from './model-file.ts';
import { restorationRecordSchema } from './restoration-record.ts';
import { timingsSchema } from './timings.ts';

/** Raise on any change of this file or of the tasks it names: an engine of another version is refused at the handshake. */
export const engineProtocolVersion = 2;

/** Where an encoded picture goes. Written to a temporary file beside `path`, synced, then renamed. */
export const encodeTargetSchema = z.object({
  path: z.string().min(1),
  settings: exportSettingsSchema,
  /** False: an existing file at `path` is an error (`output.exists`). */
  overwrite: z.boolean(),
});
export type EncodeTarget = z.infer<typeof encodeTargetSchema>;

/** Reads the header: facts for the project row, one entry per file. */
export const inspectPhotoTaskSchema = z.object({
  kind: z.literal('inspect-photo'),
  path: z.string().min(1),
});

/** Decodes, orients, converts to sRGB and writes a preview no larger than maxSidePx. */
export const makePreviewTaskSchema = z.object({
  kind: z.literal('make-preview'),
  path: z.string().min(1),
  pageIndex: z.int().nonnegative(),
  maxSidePx: z.int().min(16).max(16384),
  outputPath: z.string().min(1),
});

/** Decodes, orients, converts to sRGB and cuts into lossless tiles: `outputFolder`/LEVEL/COLUMN_ROW.png. */
export const makeTilesTaskSchema = z.object({
  kind: z.literal('make-tiles'),
  path: z.string().min(1),
  pageIndex: z.int().nonnegative(),
  outputFolder: z.string().min(1),
});

export const findFacesTaskSchema = z.object({
  kind: z.literal('find-faces'),
  path: z.string().min(1),
  pageIndex: z.int().nonnegative(),
  /** Also finds pixelated regions, and looks for faces in them as if they were smooth. */
  demosaic: z.boolean().optional(),
  models: detectionModelsSchema,
});

/** The models a recipe names, as files. Looked up by modelId. */
const recipeModelsSchema = z.array(modelFileSchema);

export const restorePhotoTaskSchema = z.object({
  kind: z.literal('restore-photo'),
  path: z.string().min(1),
  originalSha256: sha256Schema,
  recipe: recipeSchema,
  models: recipeModelsSchema,
  target: encodeTargetSchema,
});

/** Detect and restore in one go, without a project: what the command line and a batch use. */
export const restoreFileTaskSchema = z.object({
  kind: z.literal('restore-file'),
  path: z.string().min(1),
  pageIndex: z.int().nonnegative(),
  detection: detectionModelsSchema,
  restorer: modelFileSchema,
  parser: modelFileSchema.nullable(),
  upscaler: modelFileSchema.nullable(),
  backgroundStrength: strengthSchema,
  fidelity: fidelitySchema,
  strength: strengthSchema,
  scale: z.number().min(0.25).max(8),
  monochrome: monochromeModeSchema,
  target: encodeTargetSchema,
  /** Raw text that goes into the record's software field. */
  software: z.string(),
  /** Enlarges each restored face before it is pasted. */
  faceUpscaler: modelFileSchema.nullable().optional(),
  extras: restoreExtrasSchema.optional(),
});

/**
 * One face at several fidelities (0, 1/2, 1 for a slider; 0, 1/4, 1/2, 3/4, 1 for a strip), as JPEG files of the aligned
 * square. The next restoration of this face with this model finds it encoded.
 */
export const fidelityKeyframesTaskSchema = z.object({
  kind: z.literal('fidelity-keyframes'),
  path: z.string().min(1),
  pageIndex: z.int().nonnegative(),
  landmarksInPhoto: landmarksSchema,
  restorer: modelFileSchema,
  keyframes: z
    .array(z.object({ fidelity: fidelitySchema, path: z.string().min(1) }))
    .min(1)
    .max(16),
  /** Where the face as it is goes; null: nowhere. */
  originalPath: z.string().min(1).nullable(),
  /** This pixelated region is smoothed before the face is cut out. */
  mosaicInPhoto: boxSchema.optional(),
  /** How the photo's colour is kept, and the faces that decide it; left out: the network's own colours. */
  monochrome: z.object({ mode: monochromeModeSchema, faces: z.array(landmarksSchema) }).optional(),
  /** Brings the face's colours to the photo's, where those are real. */
  matchesColour: z.boolean().optional(),
});

/** Gives the faces of a file colour, or fills their holes: no project, and everything else stays as it is. */
export const repaintFileTaskSchema = z.object({
  kind: z.literal('repaint-file'),
  path: z.string().min(1),
  pageIndex: z.int().nonnegative(),
  treatment: z.discriminatedUnion('kind', [
    /** `keepLuma` false writes the network's own picture, as the official script does. */
    z.object({ kind: z.literal('colourise'), keepLuma: z.boolean(), strength: strengthSchema }),
    /** A picture of the photo's size, white where a hole is; null: exactly white pixels of the photo are holes. */
    z.object({ kind: z.literal('inpaint'), maskPath: z.string().min(1).nullable() }),
  ]),
  detection: detectionModelsSchema,
  model: modelFileSchema,
  parser: modelFileSchema.nullable(),
  /** The picture is one aligned face: no detection, no paste-back. */
  isAligned: z.boolean(),
  pick: facePickSchema,
  target: encodeTargetSchema,
  software: z.string(),
});

/** Re-encodes a stored result with the original's metadata. */
export const exportPhotoTaskSchema = z.object({
  kind: z.literal('export-photo'),
  originalPath: z.string().min(1),
  pageIndex: z.int().nonnegative(),
  resultPath: z.string().min(1),
  record: restorationRecordSchema.nullable(),
  target: encodeTargetSchema,
});

export const selfTestTaskSchema = z.object({ kind: z.literal('self-test'), model: modelFileSchema });

/**
 * Turns a PyTorch checkpoint into graphs. `outputFolder` appears complete or not at all. One that holds the same
 * conversion already, intact, is answered at once; with `overwrite` another conversion there is replaced.
 */
export const convertModelTaskSchema = z.object({
  kind: z.literal('convert-model'),
  checkpointPath: z.string().min(1),
  /** What the caller has verified; null: computed here. */
  checkpointSha256: sha256Schema.nullable(),
  outputFolder: z.string().min(1),
  precision: convertedPrecisionSchema,
  /** A second checkpoint of the same network, to be mixed in: `share` is the first one's part. */
  blend: z.object({ checkpointPath: z.string().min(1), share: z.number().min(0).max(1) }).optional(),
  /** Goes into the graphs: whose weights these are, and their licence. */
  documentation: z.string(),
  overwrite: z.boolean(),
});

export const engineTaskSchema = z.discriminatedUnion('kind', [
  inspectPhotoTaskSchema,
  makePreviewTaskSchema,
  makeTilesTaskSchema,
  findFacesTaskSchema,
  restorePhotoTaskSchema,
  restoreFileTaskSchema,
  repaintFileTaskSchema,
  exportPhotoTaskSchema,
  fidelityKeyframesTaskSchema,
  selfTestTaskSchema,
  convertModelTaskSchema,
  probeVideoTaskSchema,
  restoreVideoTaskSchema,
  previewVideoTaskSchema,
  followClipFacesTaskSchema,
  makeClipPictureTaskSchema,
  makeClipStandInTaskSchema,
  listClipEncodersTaskSchema,
]);
export type EngineTask = z.infer<typeof engineTaskSchema>;
export type EngineTaskKind = EngineTask['kind'];
export type TaskOf<K extends EngineTaskKind> = Extract<EngineTask, { kind: K }>;

const writtenPictureSchema = z.object({
  path: z.string(),
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  timings: timingsSchema,
});

/** What each kind of task answers with. */
export const engineOutputSchemas = {
  'inspect-photo': photoFactsSchema,
  'make-tiles': z.object({ path: z.string() }),
  'make-preview': z.object({
    path: z.string(),
    widthPx: z.int().positive(),
    heightPx: z.int().positive(),
  }),
  'find-faces': z.object({ faces: z.array(foundFaceSchema), turnedDegrees: z.number() }),
  'restore-photo': writtenPictureSchema,
  'restore-file': writtenPictureSchema.extend({
    /** Those that were restored. */
    faces: z.array(foundFaceSchema),
    /** Pixelated regions that were smoothed: faces there are invented. */
    mosaics: z.array(boxSchema).optional(),
  }),
  'repaint-file': writtenPictureSchema.extend({
    faces: z.array(foundFaceSchema),
    /** Hole pixels outside every face: they are left as they were. 0 when colouring. */
    holePixelsLeft: z.int().nonnegative(),
  }),
  'export-photo': writtenPictureSchema,
  'fidelity-keyframes': z.object({
    keyframes: z.array(z.object({ fidelity: fidelitySchema, path: z.string() })),
    sidePx: z.int().positive(),
    timings: timingsSchema,
  }),
  'convert-model': z.object({
    manifestPath: z.string(),
    manifestSha256: sha256Schema,
    manifest: networkManifestSchema,
    /** It was there already, intact. */
    isReused: z.boolean(),
  }),
  'self-test': z.object({
    provider: executionProviderSchema,
    passed: z.boolean(),
    maxAbsError: z.number().nullable(),
    elapsedMs: z.number(),
    reason: z.string().nullable(),
  }),
  ...clipOutputSchemas,
} as const;
export type EngineOutput<K extends EngineTaskKind> = z.infer<(typeof engineOutputSchemas)[K]>;

export const engineSettingsSchema = settingsSchema
  .pick({ device: true, precision: true, memoryBudgetMb: true })
  .extend({
    /** A small bundled model for the start-up self-test of a device. */
    selfTestModel: modelFileSchema.nullable(),
  });
export type EngineSettings = z.infer<typeof engineSettingsSchema>;

export const toEngineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    protocolVersion: z.int(),
    settings: engineSettingsSchema,
  }),
  z.object({ type: z.literal('run'), jobId: jobIdSchema, task: engineTaskSchema }),
  z.object({ type: z.literal('cancel'), jobId: jobIdSchema }),
  /** A patient task waits before its next frame, until `resume` or its cancel. */
  z.object({ type: z.literal('hold'), jobId: jobIdSchema }),
  z.object({ type: z.literal('resume'), jobId: jobIdSchema }),
  z.object({ type: z.literal('shutdown') }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

export const deviceReportSchema = z.object({
  provider: executionProviderSchema,
  /** Set when the wanted device was not trusted: why, in technical words. */
  fellBackFrom: executionProviderSchema.nullable(),
  reason: z.string().nullable(),
});
export type DeviceReport = z.infer<typeof deviceReportSchema>;

export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    protocolVersion: z.int(),
    pid: z.int(),
    device: deviceReportSchema,
  }),
  /** Instead of `ready`: the handshake failed for good and the engine leaves. */
  z.object({ type: z.literal('refused'), error: errorWireSchema }),
  /**
   * A device is about to be tried out, in this very process. The next `report` says how it went; an engine that
   * dies or falls silent before that has told main not to use the device.
   */
  z.object({ type: z.literal('testing-device'), provider: executionProviderSchema }),
  z.object({
    type: z.literal('progress'),
    jobId: jobIdSchema,
    step: stepSchema,
    fraction: z.number().min(0).max(1),
  }),
  /** Beside `progress`, for clips: what a person wants to know of a long job. At most ten a second. */
  z.object({ type: z.literal('clip-progress'), jobId: jobIdSchema, clip: clipProgressSchema }),
  z.object({ type: z.literal('done'), jobId: jobIdSchema, output: z.unknown() }),
  z.object({ type: z.literal('failed'), jobId: jobIdSchema, error: errorWireSchema }),
  z.object({ type: z.literal('cancelled'), jobId: jobIdSchema }),
  z.object({
    type: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    message: z.string(),
  }),
  /** After each job, and when the device was decided: memory and what is loaded. */
  z.object({
    type: z.literal('report'),
    rssBytes: z.int(),
    device: deviceReportSchema,
    loadedModels: z.array(z.object({ modelId: modelIdSchema, byteSize: z.int() })),
  }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;

/** What the rest of main and the renderer may know of the engine. */
export const engineStatusSchema = z.object({
  state: z.enum(['stopped', 'starting', 'ready', 'restarting', 'failed']),
  pid: z.int().nullable(),
  device: deviceReportSchema.nullable(),
  rssBytes: z.int().nullable(),
  restarts: z.int().nonnegative(),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;
