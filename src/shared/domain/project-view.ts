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

/** Quarter turns clockwise, in degrees. For looking only: nothing about the photo changes. */
export const turnSchema = z.literal([0, 90, 180, 270]);
export type Turn = z.infer<typeof turnSchema>;

export const projectViewSchema = z
  .object({
    page: z.enum(['gallery', 'photos', 'films', 'models']),
    photoId: photoIdSchema.nullable(),
    /** Absent in projects left before there were films. */
    clipId: clipIdSchema.nullable().optional(),
    shown: z.enum(['original', 'split', 'side-by-side', 'restored', 'difference']),
    /** Photos that are looked at turned; the others are upright. */
    turns: z.record(photoIdSchema, turnSchema).optional(),
    /** Lines between single pixels where they are large enough; unset: shown. */
    hasPixelGrid: z.boolean().optional(),
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
