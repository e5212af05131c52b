// Which of the files that came in are films, by their endings; what they really are, main finds in their content. Pure.
import { filmEndings } from '#shared/domain/clip.ts';

const endings: ReadonlySet<string> = new Set(filmEndings);

/** Takes a file name or a path. */
export function isFilmName(name: string): boolean {
  const ending = /\.([^./\\]{1,5})$/.exec(name)?.[1]?.toLowerCase();
  return ending !== undefined && endings.has(ending);
}

/** A GIF is a picture everywhere but on the page of films: there nobody means its first picture only. */
export function sortFilms<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  isOnFilmsPage: boolean,
): { readonly films: T[]; readonly photos: T[] } {
  const isFilm = (item: T): boolean =>
    isFilmName(nameOf(item)) || (isOnFilmsPage && /\.gif$/i.test(nameOf(item)));
  return { films: items.filter(isFilm), photos: items.filter((item) => !isFilm(item)) };
}
