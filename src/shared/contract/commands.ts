// Commands: renderer (or command line) -> main. One entry each: input schema, output schema.
// main parses the input on arrival and throws at start-up when a command has no handler or two.
import { z } from 'zod';
import { editSchema, fidelitySchema, historySchema, photoEditSchema } from '../domain/edit.ts';
import { exportSettingsSchema } from '../domain/export.ts';
import { faceSchema } from '../domain/face.ts';
import { historyChangeSchema } from '../domain/history-change.ts';
import { faceIdSchema, jobIdSchema, modelIdSchema, photoIdSchema, versionIdSchema } from '../domain/ids.ts';
import { jobSchema } from '../domain/job.ts';
import { modelStatusSchema } from '../domain/model.ts';
import { photoSchema } from '../domain/photo.ts';
import { projectSchema, recentProjectSchema } from '../domain/project.ts';
import { projectViewSchema } from '../domain/project-view.ts';
import { recipeSchema } from '../domain/recipe.ts';
import { resultSchema } from '../domain/result.ts';
import { settingsChangeSchema, settingsSchema } from '../domain/settings.ts';
import { historyVersionSchema, versionNameSchema } from '../domain/version.ts';
import { errorWireSchema } from '../errors/wire.ts';
import { clipCommands } from './clip-commands.ts';
import { engineOutputSchemas, engineStatusSchema } from './engine.ts';
import { exportDestinationSchema, fileSourceSchema, pathSchema } from './files.ts';

export type { FileSource } from './files.ts';

const nothing = z.object({}).strict();
const byPhoto = z.object({ photoId: photoIdSchema }).strict();
const someSteps = z.object({ photoId: photoIdSchema, count: z.int().positive().default(1) }).strict();

/** A place in the history of a photo, by position or by name. */
export const historyPlaceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('position'), cursor: z.int().nonnegative() }).strict(),
  z.object({ kind: z.literal('version'), versionId: versionIdSchema }).strict(),
]);
export type HistoryPlace = z.infer<typeof historyPlaceSchema>;

/** A result, as far as it can be shown. */
const storedPictureSchema = resultSchema.pick({ id: true, widthPx: true, heightPx: true });

/** One line per file of an import, so that one bad file never hides the others. */
export const importReportSchema = z.object({
  imported: z.array(photoSchema),
  /** Already in the project, by content. */
  duplicates: z.array(z.object({ fileName: z.string(), photoId: photoIdSchema })),
  failed: z.array(z.object({ fileName: z.string(), error: errorWireSchema })),
});

/** An original that somebody moved, deleted or changed inside the project's folder. */
export const originalProblemSchema = z.object({
  photoId: photoIdSchema,
  fileName: z.string(),
  problem: z.enum(['missing', 'changed']),
});
export type OriginalProblem = z.infer<typeof originalProblemSchema>;

export const commands = {
  'app.describe': {
    input: nothing,
    output: z.object({
      version: z.string(),
      host: z.enum(['electron', 'browser']),
      platform: z.string(),
      /** Native file dialogs and paths of dropped files exist only in a desktop window. */
      hasNativeDialogs: z.boolean(),
      dataFolder: z.string(),
    }),
  },
  'app.take-opened-paths': { input: nothing, output: z.array(z.string()) },

  'settings.read': { input: nothing, output: settingsSchema },
  'settings.change': { input: settingsChangeSchema.strict(), output: settingsSchema },

  'dialogs.choose': {
    input: z
      .object({
        purpose: z.enum([
          'open-photos',
          'open-folder',
          'open-clips',
          'save-clip',
          'open-project',
          'new-project',
          'save-export',
          'import-model',
        ]),
        suggestedName: z.string().max(255).optional(),
      })
      .strict(),
    output: z.array(z.string()),
  },

  'project.create': {
    /** null: an untitled project in the user's data folder, so that dropping a photo needs no questions. */
    input: z.object({ documentPath: pathSchema.nullable() }).strict(),
    output: projectSchema,
  },
  'project.open': { input: z.object({ documentPath: pathSchema }).strict(), output: projectSchema },
  'project.current': { input: nothing, output: projectSchema.nullable() },
  'project.close': { input: nothing, output: z.null() },
  'project.list-recent': { input: nothing, output: z.array(recentProjectSchema) },
  /** A second, complete project folder; the open one stays open. Answers with the copy's document. */
  'project.save-copy': {
    input: z.object({ documentPath: pathSchema }).strict(),
    output: z.object({ documentPath: z.string() }),
  },
  /** Gives back the room of what can be made again and of files no photo refers to. */
  'project.compact': { input: nothing, output: z.object({ freedBytes: z.int().nonnegative() }) },
  /** Where a person left off in this project; null when nobody has looked yet. */
  'project.read-view': { input: nothing, output: projectViewSchema.nullable() },
  /** false: the project is read-only, nothing was kept. */
  'project.save-view': { input: projectViewSchema, output: z.boolean() },

  'photos.import': {
    input: z.object({ sources: z.array(fileSourceSchema).min(1).max(10000) }).strict(),
    output: importReportSchema,
  },
  /** Adds the photo that comes with the program. */
  'photos.import-sample': { input: nothing, output: importReportSchema },
  'photos.list': { input: nothing, output: z.array(photoSchema) },
  /** Looks whether every original in the project's folder is still there and unchanged. */
  'photos.check-originals': { input: nothing, output: z.array(originalProblemSchema) },
  'photos.remove': {
    input: z.object({ photoIds: z.array(photoIdSchema).min(1) }).strict(),
    output: z.null(),
  },
  'photos.put-back': {
    input: z.object({ photoIds: z.array(photoIdSchema).min(1) }).strict(),
    output: z.null(),
  },

  'faces.list': { input: byPhoto, output: z.array(faceSchema) },
  'faces.find': {
    /** `demosaic`: also look for faces that were made unrecognisable with squares. */
    input: z.object({ photoId: photoIdSchema, demosaic: z.boolean().optional() }).strict(),
    output: jobSchema,
  },
  /**
   * One face at several fidelities, cut out and restored as the photo's settings say, made once and kept: pictures for
   * a slider that blends between them, or to choose from by eye. `hasFidelity` false: the restorer has one look only,
   * and the one picture shows it.
   */
  'faces.keyframes': {
    input: z
      .object({
        photoId: photoIdSchema,
        faceId: faceIdSchema,
        fidelities: z.array(fidelitySchema).min(1).max(9),
      })
      .strict(),
    output: z.object({
      hasFidelity: z.boolean(),
      /** The face as it is. */
      originalAddress: z.string(),
      keyframes: z.array(z.object({ fidelity: fidelitySchema, address: z.string() })).min(1),
    }),
  },

  'edits.apply': {
    input: z.object({ photoId: photoIdSchema, edit: editSchema }).strict(),
    output: historyChangeSchema,
  },
  /** `count` steps, or as many as there are; one when it is not given. */
  'edits.undo': { input: someSteps, output: historyChangeSchema },
  'edits.redo': { input: someSteps, output: historyChangeSchema },
  /** To after the step with this sequence; 0: before all of them. */
  'edits.jump': {
    input: z.object({ photoId: photoIdSchema, cursor: z.int().nonnegative() }).strict(),
    output: historyChangeSchema,
  },
  'edits.history': { input: byPhoto, output: historySchema },
  /** The state of a photo after the fold: what "Restore" would do now. */
  'edits.recipe': { input: byPhoto, output: recipeSchema },

  'versions.list': { input: byPhoto, output: z.array(historyVersionSchema) },
  /** Gives the current position a name. */
  'versions.save': {
    input: z.object({ photoId: photoIdSchema, name: versionNameSchema }).strict(),
    output: z.array(historyVersionSchema),
  },
  /** `keepAs`: the name for what is there now, where opening would lose steps that no version holds. */
  'versions.open': {
    input: z
      .object({ photoId: photoIdSchema, versionId: versionIdSchema, keepAs: versionNameSchema })
      .strict(),
    output: historyChangeSchema,
  },
  'versions.remove': {
    input: z.object({ photoId: photoIdSchema, versionId: versionIdSchema }).strict(),
    output: z.array(historyVersionSchema),
  },

  /**
   * Queues a render of the current recipe; answers with a finished job at once when the result exists, and with the job
   * that finds the faces where `findsFacesFirst` is set and nobody has looked for them: the render follows by itself.
   */
  'results.render': {
    /** `at`: another position of the history, or a named version, which stay where they are. */
    input: byPhoto.extend({ at: historyPlaceSchema.optional(), findsFacesFirst: z.boolean().optional() }),
    output: jobSchema,
  },
  /** Which positions of the history (0: before all steps) and which named versions have a stored picture. */
  'results.list-rendered': {
    input: byPhoto,
    output: z.object({
      positions: z.array(
        z.object({ cursor: z.int().nonnegative(), picture: storedPictureSchema.nullable() }),
      ),
      versions: z.array(z.object({ versionId: versionIdSchema, picture: storedPictureSchema.nullable() })),
    }),
  },
  /** The newest result of a photo and whether it still matches the current recipe. */
  'results.latest': {
    input: byPhoto,
    output: z.object({ result: resultSchema, isCurrent: z.boolean() }).nullable(),
  },

  /** The same edits for many photos, then a restore of each. One photo that cannot be restored never stops the rest. */
  'batches.start': {
    input: z
      .object({
        photoIds: z.array(photoIdSchema).min(1).max(10000),
        edits: z.array(photoEditSchema).max(10),
      })
      .strict(),
    output: z.object({
      queued: z.int().nonnegative(),
      /** Restored already with exactly these settings. */
      upToDate: z.int().nonnegative(),
      failed: z.array(z.object({ photoId: photoIdSchema, fileName: z.string(), error: errorWireSchema })),
    }),
  },

  'exports.start': {
    input: z
      .object({
        photoId: photoIdSchema,
        settings: exportSettingsSchema,
        destination: exportDestinationSchema,
      })
      .strict(),
    output: jobSchema,
  },

  /** Many photos at once, each a job of its own: one that fails never stops the rest. */
  'exports.start-many': {
    input: z
      .object({
        photoIds: z.array(photoIdSchema).min(1).max(10000),
        settings: exportSettingsSchema,
        /** With tokens such as {name} and {number}: shared/domain/export-name.ts. */
        namePattern: z.string().min(1).max(200),
        destination: z.discriminatedUnion('kind', [
          z
            .object({
              kind: z.literal('folder'),
              path: pathSchema,
              /** What is done about a file that has the name already. An original is never replaced. */
              existing: z.enum(['number', 'skip', 'replace']),
            })
            .strict(),
          z.object({ kind: z.literal('download') }).strict(),
        ]),
      })
      .strict(),
    output: z.object({
      queued: z.int().nonnegative(),
      skipped: z.int().nonnegative(),
      failed: z.array(z.object({ photoId: photoIdSchema, fileName: z.string(), error: errorWireSchema })),
    }),
  },

  ...clipCommands,

  'jobs.list': { input: nothing, output: z.array(jobSchema) },
  'jobs.cancel': { input: z.object({ jobId: jobIdSchema }).strict(), output: jobSchema },
  /** A waiting job runs next, or after all the others. */
  'jobs.move': {
    input: z.object({ jobId: jobIdSchema, place: z.enum(['first', 'last']) }).strict(),
    output: jobSchema,
  },
  'jobs.is-paused': { input: nothing, output: z.boolean() },
  /** Paused, nothing new begins; what runs ends. */
  'jobs.set-paused': { input: z.object({ paused: z.boolean() }).strict(), output: z.boolean() },
  'jobs.retry': { input: z.object({ jobId: jobIdSchema }).strict(), output: jobSchema },

  'models.list': { input: nothing, output: z.array(modelStatusSchema) },
  'models.folder': {
    input: nothing,
    output: z.object({
      path: z.string(),
      /** Of everything in it, converted graphs and unfinished downloads too. */
      usedBytes: z.int().nonnegative(),
      freeBytes: z.int().nullable(),
    }),
  },
  'models.move-folder': { input: z.object({ path: pathSchema }).strict(), output: z.null() },
  /** Starts or queues a download; `acceptLicence` must be true for entries that ask for it. */
  'models.download': {
    input: z.object({ modelId: modelIdSchema, acceptLicence: z.boolean() }).strict(),
    output: modelStatusSchema,
  },
  'models.cancel-download': {
    input: z.object({ modelId: modelIdSchema }).strict(),
    output: modelStatusSchema,
  },
  'models.import': {
    input: z.object({ source: fileSourceSchema, acceptLicence: z.boolean() }).strict(),
    output: modelStatusSchema,
  },
  'models.verify': {
    input: z.object({ modelId: modelIdSchema.nullable() }).strict(),
    output: z.array(modelStatusSchema),
  },
  'models.remove': { input: z.object({ modelId: modelIdSchema }).strict(), output: modelStatusSchema },

  'engine.status': { input: nothing, output: engineStatusSchema },
  'engine.self-test': { input: nothing, output: engineOutputSchemas['self-test'] },
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]['input']>;
export type CommandOutput<N extends CommandName> = z.output<(typeof commands)[N]['output']>;
export const commandNames = Object.keys(commands) as CommandName[];

export function isCommandName(value: unknown): value is CommandName {
  return typeof value === 'string' && Object.hasOwn(commands, value);
}

/** Answers travel as values: Electron's invoke would keep only an error's message. */
export const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorWireSchema }),
]);
export type Reply = z.infer<typeof replySchema>;
