// Rows of photos. SQL only; rules are in photos-service.ts. Main process.
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import {
  type PhotoId,
  photoIdSchema,
  resultIdSchema,
  type Sha256,
  sha256Schema,
} from '#shared/domain/ids.ts';
import { type Photo, photoFormatSchema, photoStateSchema } from '#shared/domain/photo.ts';

const photoRowSchema = z
  .object({
    id: photoIdSchema,
    original_sha256: sha256Schema,
    original_file: z.string(),
    page_index: z.int(),
    file_name: z.string(),
    format: photoFormatSchema,
    byte_size: z.int(),
    width_px: z.int(),
    height_px: z.int(),
    bit_depth: z.union([z.literal(8), z.literal(16)]),
    has_alpha: z.int(),
    page_count: z.int(),
    density_ppi: z.number().nullable(),
    taken_at: z.string().nullable(),
    imported_at: z.string(),
    removed_at: z.string().nullable(),
    faces_found_at: z.string().nullable(),
    history_cursor: z.int(),
    face_count: z.int(),
    state_key: z.string(),
    state: photoStateSchema,
    latest_result_id: resultIdSchema.nullable(),
  })
  .transform(
    (row): StoredPhoto => ({
      photo: {
        id: row.id,
        sha256: row.original_sha256,
        format: row.format,
        byteSize: row.byte_size,
        widthPx: row.width_px,
        heightPx: row.height_px,
        bitDepth: row.bit_depth,
        hasAlpha: row.has_alpha === 1,
        pageCount: row.page_count,
        densityPpi: row.density_ppi,
        takenAt: row.taken_at,
        fileName: row.file_name,
        pageIndex: row.page_index,
        importedAt: row.imported_at,
        facesFoundAt: row.faces_found_at,
        faceCount: row.face_count,
        state: row.state,
        latestResultId: row.latest_result_id,
      },
      originalFile: row.original_file,
      isRemoved: row.removed_at !== null,
      historyCursor: row.history_cursor,
      stateKey: row.state_key,
    }),
  );

export interface StoredPhoto {
  readonly photo: Photo;
  /** Relative to the project's folder. */
  readonly originalFile: string;
  readonly isRemoved: boolean;
  readonly historyCursor: number;
  /** SHA-256 over the edited state: equal keys, same edits. */
  readonly stateKey: string;
}

const originalRowSchema = z
  .object({
    id: photoIdSchema,
    file_name: z.string(),
    original_file: z.string(),
    original_sha256: sha256Schema,
    byte_size: z.int(),
    imported_at: z.string(),
  })
  .transform((row) => ({
    photoId: row.id,
    fileName: row.file_name,
    originalFile: row.original_file,
    sha256: row.original_sha256,
    byteSize: row.byte_size,
    importedAt: row.imported_at,
  }));
export type StoredOriginal = z.infer<typeof originalRowSchema>;

/** What a photo's row is made from; the rest follows from faces and history. */
export type NewPhoto = Omit<Photo, 'facesFoundAt' | 'faceCount' | 'state' | 'latestResultId'> & {
  readonly originalFile: string;
  readonly stateKey: string;
};

export interface PhotosStore {
  insert(photo: NewPhoto): void;
  /** Photos that have not been removed, in the order of import. */
  list(): Photo[];
  /** What is needed to look after the originals of photos that have not been removed. */
  listOriginals(): StoredOriginal[];
  /** Also removed ones. */
  find(id: PhotoId): StoredPhoto | null;
  findByContent(sha256: Sha256, pageIndex: number): StoredPhoto | null;
  /** null puts back. Returns whether there was such a row. */
  setRemovedAt(id: PhotoId, removedAt: string | null): boolean;
  setFacesFound(id: PhotoId, foundAt: string): void;
  setHistoryCursor(id: PhotoId, cursor: number): void;
  setFoldedState(id: PhotoId, folded: { stateKey: string; faceCount: number }): void;
  setFailed(id: PhotoId, hasFailed: boolean): void;
}

export function createPhotosStore(database: Database): PhotosStore {
  const insert = database.prepare(`
    INSERT INTO photo (id, original_sha256, original_file, page_index, file_name, format, byte_size, width_px,
      height_px, bit_depth, has_alpha, page_count, density_ppi, taken_at, imported_at, state_key)
    VALUES (@id, @sha256, @originalFile, @pageIndex, @fileName, @format, @byteSize, @widthPx,
      @heightPx, @bitDepth, @hasAlpha, @pageCount, @densityPpi, @takenAt, @importedAt, @stateKey)`);
  const list = database.prepare('SELECT * FROM listed_photo WHERE removed_at IS NULL ORDER BY sequence');
  const listOriginals = database.prepare(
    `SELECT id, file_name, original_file, original_sha256, byte_size, imported_at FROM photo
     WHERE removed_at IS NULL ORDER BY sequence`,
  );
  const byId = database.prepare('SELECT * FROM listed_photo WHERE id = ?');
  const byContent = database.prepare(
    'SELECT * FROM listed_photo WHERE original_sha256 = ? AND page_index = ?',
  );
  const setRemovedAt = database.prepare('UPDATE photo SET removed_at = ? WHERE id = ?');
  const setFacesFound = database.prepare('UPDATE photo SET faces_found_at = ? WHERE id = ?');
  const setCursor = database.prepare('UPDATE photo SET history_cursor = ? WHERE id = ?');
  const setFolded = database.prepare('UPDATE photo SET state_key = ?, face_count = ? WHERE id = ?');
  const setFailed = database.prepare('UPDATE photo SET has_failed = ? WHERE id = ?');

  return {
    insert: (photo) => void insert.run({ ...photo, hasAlpha: photo.hasAlpha ? 1 : 0 }),
    list: () => list.all().map((row) => photoRowSchema.parse(row).photo),
    listOriginals: () => listOriginals.all().map((row) => originalRowSchema.parse(row)),
    find: (id) => parseOrNull(byId.get(id)),
    findByContent: (sha256, pageIndex) => parseOrNull(byContent.get(sha256, pageIndex)),
    setRemovedAt: (id, removedAt) => setRemovedAt.run(removedAt, id).changes > 0,
    setFacesFound: (id, foundAt) => void setFacesFound.run(foundAt, id),
    setHistoryCursor: (id, cursor) => void setCursor.run(cursor, id),
    setFoldedState: (id, { stateKey, faceCount }) => void setFolded.run(stateKey, faceCount, id),
    setFailed: (id, hasFailed) => void setFailed.run(hasFailed ? 1 : 0, id),
  };
}

function parseOrNull(row: unknown): StoredPhoto | null {
  return row === undefined ? null : photoRowSchema.parse(row);
}
