// Addresses of moving pictures and of pictures out of them. Relative and by id, never by path, as in pictures.ts.
// Films are answered in byte ranges, so that a window can seek in them.
import { z } from 'zod';
import { type ClipId, type ClipPreviewId, clipIdSchema, clipPreviewIdSchema } from '../domain/ids.ts';

export const filmRequestSchema = z.discriminatedUnion('kind', [
  /** The original as a browser can play it (a stand-in where it cannot play the file itself), upright. */
  z.object({ kind: z.literal('original'), id: clipIdSchema }),
  /** The newest result, as a browser can play it. */
  z.object({ kind: z.literal('result'), id: clipIdSchema }),
  z.object({ kind: z.literal('preview'), id: clipPreviewIdSchema, side: z.enum(['before', 'after']) }),
  /** One frame as a JPEG: the first one at or after `atMs`; cut to a box around a face where a track is named. */
  z.object({
    kind: z.literal('frame'),
    id: clipIdSchema,
    atMs: z.int().nonnegative(),
    trackId: z.int().positive().nullable(),
  }),
  /** The newest frame of the run. */
  z.object({ kind: z.literal('live'), id: clipIdSchema }),
]);
export type FilmRequest = z.infer<typeof filmRequestSchema>;

export const originalFilmAddress = (id: ClipId): string => `/films/original/${id}`;
/** `key` of the result: another result is another address. */
export const resultFilmAddress = (id: ClipId, key: string): string => `/films/result/${id}?key=${key}`;
export const previewFilmAddress = (id: ClipPreviewId, side: 'before' | 'after'): string =>
  `/films/preview/${id}/${side}`;
export const clipFrameAddress = (id: ClipId, atSeconds: number): string =>
  `/films/frame/${id}/${Math.max(0, Math.round(atSeconds * 1000))}`;
export const trackPortraitAddress = (id: ClipId, trackId: number, atSeconds: number): string =>
  `${clipFrameAddress(id, atSeconds)}/${trackId}`;
/** `revision` as the progress says it: another picture is another address. */
export const liveFrameAddress = (id: ClipId, revision: number): string =>
  `/films/live/${id}?revision=${revision}`;

/** The request behind an address path (without its query), or null when it is not a film address. */
export function parseFilmAddress(pathname: string): FilmRequest | null {
  const [empty, films, kind, id, third, fourth, ...more] = pathname.split('/');
  if (empty !== '' || films !== 'films' || more.length > 0) return null;
  const parsed = filmRequestSchema.safeParse(
    kind === 'preview'
      ? { kind, id, side: third }
      : kind === 'frame'
        ? { kind, id, atMs: wholeNumber(third), trackId: fourth === undefined ? null : wholeNumber(fourth) }
        : { kind, id },
  );
  const partCount = { original: 4, result: 4, live: 4, preview: 5, frame: fourth === undefined ? 5 : 6 };
  return parsed.success && pathname.split('/').length === partCount[parsed.data.kind] ? parsed.data : null;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
