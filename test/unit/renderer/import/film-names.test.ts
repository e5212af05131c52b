import { describe, expect, it } from 'vitest';
import { isFilmName, sortFilms } from '../../../../src/renderer/features/import/film-names.ts';

describe('films among what came in', () => {
  it.each(['a.mp4', 'REEL.AVI', '/scans/b.MoV', 'C:\\films\\c.mts', 'x.y.mkv'])('%s is a film', (name) =>
    expect(isFilmName(name)).toBe(true),
  );
  it.each(['a.jpg', 'mp4', '/films.mov/album', 'b.gif', 'notes.txt', '.mp4x'])('%s is none', (name) =>
    expect(isFilmName(name)).toBe(false),
  );

  it('a GIF is a film on the page of films only', () => {
    const names = ['a.jpg', 'b.gif', 'c.webm'];
    expect(sortFilms(names, (name) => name, false)).toEqual({
      films: ['c.webm'],
      photos: ['a.jpg', 'b.gif'],
    });
    expect(sortFilms(names, (name) => name, true)).toEqual({ films: ['b.gif', 'c.webm'], photos: ['a.jpg'] });
  });
});
