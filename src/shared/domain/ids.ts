// Branded ids: a PhotoId can never be passed where a FaceId is meant.
// Used by every process. Imports nothing but zod.
import { z } from 'zod';

export const projectIdSchema = z.uuid().brand<'ProjectId'>();
export const photoIdSchema = z.uuid().brand<'PhotoId'>();
/** A film, an animation or a row of pictures in a project. */
export const clipIdSchema = z.uuid().brand<'ClipId'>();
/** A short stretch of a clip, restored to be looked at before the run. */
export const clipPreviewIdSchema = z.uuid().brand<'ClipPreviewId'>();
export const faceIdSchema = z.uuid().brand<'FaceId'>();
export const editIdSchema = z.uuid().brand<'EditId'>();
/** A named version of a photo. */
export const versionIdSchema = z.uuid().brand<'VersionId'>();
export const jobIdSchema = z.uuid().brand<'JobId'>();
export const resultIdSchema = z.uuid().brand<'ResultId'>();
/** Language-neutral catalogue id, such as `lite-face` or `codeformer-onnx`. */
export const modelIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)
  .brand<'ModelId'>();
/** A file handed over by the browser window and staged by the browser host. */
export const uploadIdSchema = z.uuid().brand<'UploadId'>();
/** Lower-case hexadecimal SHA-256. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();

export type ProjectId = z.infer<typeof projectIdSchema>;
export type PhotoId = z.infer<typeof photoIdSchema>;
export type ClipId = z.infer<typeof clipIdSchema>;
export type ClipPreviewId = z.infer<typeof clipPreviewIdSchema>;
export type FaceId = z.infer<typeof faceIdSchema>;
export type EditId = z.infer<typeof editIdSchema>;
export type VersionId = z.infer<typeof versionIdSchema>;
export type JobId = z.infer<typeof jobIdSchema>;
export type ResultId = z.infer<typeof resultIdSchema>;
export type ModelId = z.infer<typeof modelIdSchema>;
export type UploadId = z.infer<typeof uploadIdSchema>;
export type Sha256 = z.infer<typeof sha256Schema>;
