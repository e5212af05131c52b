// Rows of faces a detector found. Faces marked by hand are edits. SQL only. Main process.
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Face } from '#shared/domain/face.ts';
import { faceJudgementSchema } from '#shared/domain/face-advice.ts';
import { boxSchema, landmarksSchema } from '#shared/domain/geometry.ts';
import { faceIdSchema, modelIdSchema, type PhotoId, photoIdSchema } from '#shared/domain/ids.ts';

const faceRowSchema = z
  .object({
    id: faceIdSchema,
    photo_id: photoIdSchema,
    box: z.string(),
    landmarks: z.string(),
    score: z.number(),
    detector_id: modelIdSchema.nullable(),
    mosaic: z.string().nullable(),
    judgement: z.string().nullable(),
  })
  .transform(
    (row): Face => ({
      id: row.id,
      photoId: row.photo_id,
      boxInPhoto: boxSchema.parse(JSON.parse(row.box)),
      landmarksInPhoto: landmarksSchema.parse(JSON.parse(row.landmarks)),
      score: row.score,
      source: 'detected',
      detectorId: row.detector_id,
      ...(row.mosaic === null ? {} : { mosaicInPhoto: boxSchema.parse(JSON.parse(row.mosaic)) }),
      ...(row.judgement === null ? {} : { judgement: faceJudgementSchema.parse(JSON.parse(row.judgement)) }),
    }),
  );

export interface FacesStore {
  listOf(photoId: PhotoId): Face[];
  /** Call inside a transaction. */
  replaceAll(photoId: PhotoId, faces: readonly Face[]): void;
}

export function createFacesStore(database: Database): FacesStore {
  const list = database.prepare('SELECT * FROM face WHERE photo_id = ? ORDER BY sequence');
  const clear = database.prepare('DELETE FROM face WHERE photo_id = ?');
  const insert = database.prepare(
    'INSERT INTO face (id, photo_id, box, landmarks, score, detector_id, mosaic, judgement) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  return {
    listOf: (photoId) => list.all(photoId).map((row) => faceRowSchema.parse(row)),
    replaceAll(photoId, faces) {
      clear.run(photoId);
      for (const face of faces) {
        const box = JSON.stringify(face.boxInPhoto);
        const landmarks = JSON.stringify(face.landmarksInPhoto);
        const mosaic = face.mosaicInPhoto === undefined ? null : JSON.stringify(face.mosaicInPhoto);
        const judgement = face.judgement === undefined ? null : JSON.stringify(face.judgement);
        insert.run(face.id, photoId, box, landmarks, face.score, face.detectorId, mosaic, judgement);
      }
    },
  };
}
