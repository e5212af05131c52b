// Where files come from and where they go, as commands say it.
import { z } from 'zod';
import { uploadIdSchema } from '../domain/ids.ts';

export const pathSchema = z.string().min(1).max(4096);

/** A picture or model to take in: a path on this computer, or a file staged by the browser host. */
export const fileSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: pathSchema }).strict(),
  z.object({ kind: z.literal('upload'), uploadId: uploadIdSchema }).strict(),
]);
export type FileSource = z.infer<typeof fileSourceSchema>;

export const exportDestinationSchema = z.discriminatedUnion('kind', [
  /** A file or, ending with a separator or being a folder, a folder. */
  z.object({ kind: z.literal('path'), path: pathSchema, overwrite: z.boolean() }).strict(),
  /** Browser host: written to a staging folder and offered as a download. */
  z.object({ kind: z.literal('download') }).strict(),
]);
