import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Photo, photoSchema } from '#shared/domain/photo.ts';
import { defaultGalleryView, type GalleryView } from '#shared/domain/project-view.ts';
import { countStates, listPhotos } from '../../../../src/renderer/features/gallery/list-photos.ts';

function photo(fileName: string, facts: Partial<Photo> = {}): Photo {
  return photoSchema.parse({
    id: randomUUID(),
    sha256: 'a'.repeat(64),
    format: 'jpeg',
    byteSize: 1,
    widthPx: 1,
    heightPx: 1,
    bitDepth: 8,
    hasAlpha: false,
    pageCount: 1,
    densityPpi: null,
    takenAt: null,
    fileName,
    pageIndex: 0,
    importedAt: '2026-01-02T03:04:05.000Z',
    facesFoundAt: null,
    faceCount: 0,
    state: 'new',
    latestResultId: null,
    ...facts,
  });
}
const photos = [
  photo('Scan 10.jpg', { state: 'failed', takenAt: '1956-05-04T12:00:00' }),
  photo('Tante Änne.png', { state: 'restored', takenAt: '1987-12-24T12:00:00' }),
  photo('scan 2.jpg', { state: 'new' }),
];
const names = (view: Partial<GalleryView>, language = 'en') =>
  listPhotos(photos, { ...defaultGalleryView, ...view }, language).map(({ fileName }) => fileName);

describe('listPhotos', () => {
  it('shows everything in the order of import, newest first when asked', () => {
    expect(listPhotos(photos, defaultGalleryView, 'en')).toBe(photos);
    expect(names({ isDescending: true })).toEqual(['scan 2.jpg', 'Tante Änne.png', 'Scan 10.jpg']);
  });

  it('sorts names as people read them, dates with the unknown last, states in their order', () => {
    expect(names({ sort: 'name' })).toEqual(['scan 2.jpg', 'Scan 10.jpg', 'Tante Änne.png']);
    expect(names({ sort: 'taken' })).toEqual(['Scan 10.jpg', 'Tante Änne.png', 'scan 2.jpg']);
    expect(names({ sort: 'state' })).toEqual(['scan 2.jpg', 'Tante Änne.png', 'Scan 10.jpg']);
  });

  it.each([
    ['änne', ['Tante Änne.png']],
    ['ANNE tante', ['Tante Änne.png']],
    ['scan', ['Scan 10.jpg', 'scan 2.jpg']],
    ['1956', ['Scan 10.jpg']],
    ['1987-12', ['Tante Änne.png']],
    ['may 1956', ['Scan 10.jpg']],
    ['scan 1987', []],
    ['scan 2', ['scan 2.jpg']],
    ['tante 1987', ['Tante Änne.png']],
    ['  ', ['Scan 10.jpg', 'Tante Änne.png', 'scan 2.jpg']],
  ])('finds %j by name or date', (search, found) => {
    expect(names({ search })).toEqual(found);
  });

  it('knows the months of the language of the window', () => {
    expect(names({ search: '12月24日' }, 'zh-CN')).toEqual(['Tante Änne.png']);
    expect(names({ search: 'december' }, 'en')).toEqual(['Tante Änne.png']);
  });

  it('filters by state, and filter and search both hold', () => {
    expect(names({ states: ['failed', 'new'] })).toEqual(['Scan 10.jpg', 'scan 2.jpg']);
    expect(names({ states: ['failed'], search: 'tante' })).toEqual([]);
  });
});

it('countStates counts every state, also those nobody has', () => {
  expect(countStates(photos)).toEqual({
    new: 1,
    'faces-found': 0,
    restored: 1,
    'edited-since': 0,
    failed: 1,
  });
});
