// Which bytes of a file a request asks for (RFC 9110, section 14). Pure; runs in main, used by both hosts.
// One range only: players never ask for more, and a server may answer the whole file instead.

export interface ByteRange {
  /** Both included, counted from 0. */
  readonly first: number;
  readonly last: number;
}

/** Another size or time is another file. */
export function entityTagOf({ size, mtimeMs }: { readonly size: number; readonly mtimeMs: number }): string {
  return `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`;
}

/** null: all of it. `If-Range` with another tag means the file changed: then the whole is wanted. */
export function rangeOf(
  headers: { readonly range?: string | undefined; readonly 'if-range'?: string | string[] | undefined },
  byteSize: number,
  entityTag: string,
): ByteRange | 'unsatisfiable' | null {
  const condition = headers['if-range'];
  if (headers.range === undefined || (condition !== undefined && condition !== entityTag)) return null;
  const asked = /^bytes=(\d*)-(\d*)$/.exec(headers.range.trim());
  const [from, to] = [asked?.[1] ?? '', asked?.[2] ?? ''];
  if (asked === null || (from === '' && to === '')) return null;
  if (from === '') {
    const length = Math.min(Number(to), byteSize);
    return length === 0 ? 'unsatisfiable' : { first: byteSize - length, last: byteSize - 1 };
  }
  const first = Number(from);
  const last = to === '' ? byteSize - 1 : Math.min(Number(to), byteSize - 1);
  if (to !== '' && Number(to) < first) return null;
  return first >= byteSize ? 'unsatisfiable' : { first, last };
}
