// Finished exports a browser window may fetch, by an unguessable id, until the host stops.
// Runs in main under the browser host. Never serves a path that was not offered.
import { randomUUID } from 'node:crypto';

export interface OfferedFile {
  readonly path: string;
  readonly fileName: string;
}

export interface Downloads {
  /** Returns the address of the file, relative to the host. */
  offer(file: OfferedFile): string;
  /** The file behind an address path, or null. */
  find(pathname: string): OfferedFile | null;
}

const prefix = '/downloads/';

export function createDownloads(): Downloads {
  const offered = new Map<string, OfferedFile>();
  return {
    offer(file) {
      const id = randomUUID();
      offered.set(id, file);
      return `${prefix}${id}`;
    },
    find(pathname) {
      return pathname.startsWith(prefix) ? (offered.get(pathname.slice(prefix.length)) ?? null) : null;
    },
  };
}

/** RFC 6266: a plain name for old clients, the exact name in UTF-8 for all others. */
export function attachmentHeader(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%;]/g, '_');
  const exact = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
