// Which photos the gallery shows, and in what order: filter, search, sort. Pure.
import type { Photo, PhotoState } from '#shared/domain/photo.ts';
import type { GalleryView } from '#shared/domain/project-view.ts';

/** In the order in which a photo passes through them; what needs attention last. */
export const stateOrder: readonly PhotoState[] = ['new', 'faces-found', 'edited-since', 'restored', 'failed'];

type Comparison = (a: Photo, b: Photo) => number;

/** `language` decides alphabetical order and the names of months. */
export function listPhotos(photos: readonly Photo[], view: GalleryView, language: string): readonly Photo[] {
  const words = plain(view.search).split(/\s+/).filter(Boolean);
  const isShown = (photo: Photo): boolean =>
    (view.states.length === 0 || view.states.includes(photo.state)) &&
    (words.length === 0 || matches(photo, words, language));
  const shown = words.length === 0 && view.states.length === 0 ? photos : photos.filter(isShown);
  if (view.sort === 'imported') return view.isDescending ? shown.toReversed() : shown;
  const compare = comparisonOf(view, language);
  return shown.toSorted(view.isDescending ? (a, b) => compare(b, a) : compare);
}

export function countStates(photos: readonly Photo[]): Readonly<Record<PhotoState, number>> {
  const counts = { new: 0, 'faces-found': 0, restored: 0, 'edited-since': 0, failed: 0 };
  for (const { state } of photos) counts[state] += 1;
  return counts;
}

function comparisonOf(view: GalleryView, language: string): Comparison {
  const names = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const byName: Comparison = (a, b) => names.compare(a.fileName, b.fileName) || a.pageIndex - b.pageIndex;
  switch (view.sort) {
    case 'taken':
      // Photos without a date stay together, at the end that is read last.
      return (a, b) => (a.takenAt ?? '9999').localeCompare(b.takenAt ?? '9999', 'en') || byName(a, b);
    case 'state':
      return (a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) || byName(a, b);
    default:
      return byName;
  }
}

/** Each word stands in the name or in the date. */
function matches(photo: Photo, words: readonly string[], language: string): boolean {
  const { name, date } = searchTextsOf(photo, language);
  // One or two letters or digits would be in nearly every date: "scan 2" means the scan, not the year 2026.
  return words.every((word) => name.includes(word) || (word.length > 2 && date.includes(word)));
}

interface SearchTexts {
  readonly language: string;
  readonly name: string;
  readonly date: string;
}

/** Once per photo and language: formatting 10,000 dates on each key press would be felt. */
const searchTexts = new WeakMap<Photo, SearchTexts>();

function searchTextsOf(photo: Photo, language: string): SearchTexts {
  const known = searchTexts.get(photo);
  if (known?.language === language) return known;
  const date = photo.takenAt ?? photo.importedAt;
  const texts = {
    language,
    name: plain(photo.fileName),
    date: plain(`${date.slice(0, 10)} ${dateInWords(date, language)}`),
  };
  searchTexts.set(photo, texts);
  return texts;
}

function dateInWords(isoTime: string, language: string): string {
  const date = new Date(isoTime);
  return Number.isNaN(date.getTime()) ? '' : formatFor(language).format(date);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(language: string): Intl.DateTimeFormat {
  const known = formats.get(language) ?? new Intl.DateTimeFormat(language, { dateStyle: 'long' });
  formats.set(language, known);
  return known;
}

/** Lower case without accents: "müller" is found by "muller". */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
