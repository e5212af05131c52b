// Where a person left off in a project: page, photo, zoom, selection. Kept in the project, so that it travels with it.
// Losing it loses nothing: every part has a default, and ids of photos that are gone are passed over.
import { z } from 'zod';
import { clipIdSchema, photoIdSchema } from './ids.ts';
import { photoStateSchema } from './photo.ts';

export const gallerySortSchema = z.enum(['imported', 'name', 'taken', 'state']);
export type GallerySort = z.infer<typeof gallerySortSchema>;

/** CSS pixels per pixel of the photo, and the photo's point in the middle of the window, in pixels of the photo. */
export const photoZoomSchema = z.object({
  scale: z.number().positive(),
  centreX: z.number(),
  centreY: z.number(),
});
export type PhotoZoom = z.infer<typeof photoZoomSchema>;

export const galleryViewSchema = z.object({
  sort: gallerySortSchema,
  isDescending: z.boolean(),
  /** Empty: all. */
  states: z.array(photoStateSchema),
  search: z.string().max(200),
  /** Side of a thumbnail's cell in CSS pixels. */
  cellPx: z.number().min(80).max(400),
});
export type GalleryView = z.infer<typeof galleryViewSchema>;

export const projectViewSchema = z
  .object({
    page: z.enum(['gallery', 'photos', 'films', 'models']),
    photoId: photoIdSchema.nullable(),
    /** Absent in projects left before there were films. */
    clipId: clipIdSchema.nullable().optional(),
    shown: z.enum(['original', 'split', 'restored', 'difference']),
    /** Of the photo on the page; null: fitted to the window. */
    zoom: photoZoomSchema.nullable(),
    selection: z.array(photoIdSchema).max(10000),
    gallery: galleryViewSchema,
  })
  .strict();
export type ProjectView = z.infer<typeof projectViewSchema>;

export const defaultGalleryView: GalleryView = {
  sort: 'imported',
  isDescending: false,
  states: [],
  search: '',
  cellPx: 168,
};
