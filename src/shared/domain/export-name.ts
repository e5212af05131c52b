// Names of many exports from one pattern. Pure; main writes the files, the window shows the first names beforehand.

export interface NamedExport {
  /** Without its ending. */
  readonly name: string;
  /** Counted from 1, in the order of the selection. */
  readonly number: number;
  readonly count: number;
  /** ISO 8601, or null. */
  readonly takenAt: string | null;
  /** Id of the model most faces were restored with; null: none. */
  readonly model: string | null;
  readonly scale: number;
  /** Of files of several pages, counted from 1; null: of others. */
  readonly page: number | null;
}

export const nameTokens = ['name', 'number', 'date', 'model', 'scale', 'page'] as const;
export type NameToken = (typeof nameTokens)[number];
export const usualNamePattern = '{name} restored';

const longestNameBytes = 180;
/** Windows takes these for devices, with any ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * The name without an ending, fit for every file system: `{name}` and the other tokens are filled in, unknown ones
 * stay. What is missing (no date, no page) leaves no doubled separator behind. Never empty.
 */
export function exportName(pattern: string, facts: NamedExport): string {
  const digits = String(facts.count).length;
  const values: Record<NameToken, string> = {
    name: facts.name,
    number: String(facts.number).padStart(digits, '0'),
    date: facts.takenAt?.slice(0, 10) ?? '',
    model: facts.model ?? '',
    scale: `${Number(facts.scale.toFixed(2))}x`,
    page: facts.page === null ? '' : String(facts.page),
  };
  const filled = pattern.replace(/\{(\w+)\}/g, (whole, token: string) =>
    Object.hasOwn(values, token) ? values[token as NameToken] : whole,
  );
  const tidy = filled
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced here.
    .replace(/[\u0000-\u001f<>:"/\\|?*]/g, '-')
    .replace(/([-_ ])\1+/g, '$1')
    .replace(/^[-_ .]+|[-_ .]+$/g, '');
  const short = withinBytes(tidy, longestNameBytes);
  if (short === '') return `photo-${values.number}`;
  return reserved.test(short) ? `${short}_` : short;
}

function withinBytes(text: string, limit: number): string {
  let [bytes, end] = [0, 0];
  for (const character of text) {
    bytes += utf8Length(character.codePointAt(0) ?? 0);
    if (bytes > limit) break;
    end += character.length;
  }
  return text.slice(0, end).replace(/[ .]+$/, '');
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x1_0000 ? 3 : 4;
}
