// A project is a folder: `Name.heirloom` beside originals/, results/ and previews/.
import { z } from 'zod';
import { projectIdSchema } from './ids.ts';

export const projectSchema = z.object({
  id: projectIdSchema,
  name: z.string().min(1),
  /** Path of the `.heirloom` document. */
  documentPath: z.string().min(1),
  createdAt: z.iso.datetime(),
  photoCount: z.int().nonnegative(),
  /** True while another window holds the project: shown, not changed. */
  isReadOnly: z.boolean(),
});
export type Project = z.infer<typeof projectSchema>;

export const recentProjectSchema = z.object({
  name: z.string(),
  documentPath: z.string(),
  openedAt: z.iso.datetime(),
  exists: z.boolean(),
});
export type RecentProject = z.infer<typeof recentProjectSchema>;
