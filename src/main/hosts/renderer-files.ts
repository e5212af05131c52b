// The built renderer as a fixed list: what is not in the list does not exist, so no address can leave the folder.
// Runs in main, used by both hosts.
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface RendererFile {
  readonly path: string;
  readonly contentType: string;
  /** Names under assets/ carry a hash of their content and never change; the page itself is asked for anew. */
  readonly cacheControl: string;
}

/** Address path ("/", "/assets/index-1a2b.js") to file. */
export type RendererFiles = ReadonlyMap<string, RendererFile>;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Walks the folder once, at start-up. Source maps are left out. */
export function listRendererFiles(folder: string): RendererFiles {
  const files = new Map<string, RendererFile>();
  const walk = (subfolder: string, addressPrefix: string): void => {
    for (const entry of readdirSync(subfolder, { withFileTypes: true })) {
      const path = join(subfolder, entry.name);
      const address = `${addressPrefix}/${entry.name}`;
      if (entry.isDirectory()) walk(path, address);
      else if (entry.isFile() && !entry.name.endsWith('.map')) {
        files.set(address, {
          path,
          contentType: contentTypes[extname(entry.name).toLowerCase()] ?? 'application/octet-stream',
          cacheControl: address.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
        });
      }
    }
  };
  walk(folder, '');
  const page = files.get('/index.html');
  if (page === undefined) throw new Error(`The built window is missing: ${join(folder, 'index.html')}`);
  files.set('/', page);
  return files;
}
