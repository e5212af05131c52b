import { expect, it } from 'vitest';
import {
  parsePictureAddress,
  photoPictureAddress,
  photoTileAddress,
  resultTileAddress,
} from '#shared/contract/pictures.ts';
import { photoIdSchema, resultIdSchema } from '#shared/domain/ids.ts';

const id = crypto.randomUUID();
const photoId = photoIdSchema.parse(id);
const tile = { level: 5, column: 12, row: 0 };

it('addresses are read back as they were written', () => {
  expect(parsePictureAddress(photoTileAddress(photoId, tile))).toEqual({ kind: 'photo-tile', id, tile });
  expect(parsePictureAddress(resultTileAddress(resultIdSchema.parse(id), tile))).toEqual({
    kind: 'result-tile',
    id,
    tile,
  });
  expect(parsePictureAddress(photoPictureAddress(photoId, 'screen'))).toMatchObject({ variant: 'screen' });
});

it.each([
  'tiles/5/12-0/more',
  'tiles/5/12',
  'tiles/5/-1-0',
  'tiles/5/01-0',
  'tiles/55/1-0',
  'tiles/x/1-0',
  'tiles/5/1-9999',
  'tiles/../5/1-0',
  'other/5/1-0',
])('%s is no tile', (rest) => {
  expect(parsePictureAddress(`/pictures/photo/${id}/${rest}`)).toBeNull();
  expect(parsePictureAddress('/pictures/face/x/tiles/1/1-1')).toBeNull();
});
