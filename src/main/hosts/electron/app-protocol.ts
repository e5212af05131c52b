// heirloom://studio/: the page and the pictures, instead of file:// and instead of a port anyone could reach.
// Runs in Electron's main process. Serves listed files and pictures by id; no address names a path.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parseFilmAddress } from '#shared/contract/films.ts';
import { parsePictureAddress } from '#shared/contract/pictures.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { Studio } from '../../studio.ts';
import { entityTagOf, rangeOf } from '../byte-range.ts';
import { filmCacheControl, pictureCacheControl, securityHeaders } from '../content-security-policy.ts';
import type { RendererFiles } from '../renderer-files.ts';
import type { ElectronApi } from './electron-api.ts';

export const studioScheme = 'heirloom';
export const studioOrigin = `${studioScheme}://studio`;
export const studioPageAddress = `${studioOrigin}/index.html`;

/** Must run before the app is ready. `standard` and `secure` give the page an origin of its own and 'self' a meaning. */
export function registerStudioScheme(electron: Pick<ElectronApi, 'protocol'>): void {
  electron.protocol.registerSchemesAsPrivileged([
    {
      scheme: studioScheme,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        corsEnabled: true,
        stream: true,
        codeCache: true,
      },
    },
  ]);
}

/** The answer to any address under the scheme. Never throws: what cannot be found is a 404. */
export function createStudioProtocol(
  studio: Pick<Studio, 'pictureFile' | 'filmFile'>,
  rendererFiles: RendererFiles,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    if (url.protocol !== `${studioScheme}:` || url.host !== 'studio') return refuse(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    try {
      const picture = parsePictureAddress(url.pathname);
      if (picture !== null) {
        const { path, contentType } = await studio.pictureFile(picture);
        return await answerFile(request, path, contentType, pictureCacheControl);
      }
      const film = parseFilmAddress(url.pathname);
      if (film !== null) {
        const { path, contentType, isLasting } = await studio.filmFile(film);
        return await answerFile(
          request,
          path,
          contentType,
          isLasting ? pictureCacheControl : filmCacheControl,
        );
      }
      const file = rendererFiles.get(url.pathname);
      if (file === undefined) return refuse(404);
      return await answerFile(request, file.path, file.contentType, file.cacheControl);
    } catch (error) {
      return refuse(error instanceof HeirloomError || isMissingFile(error) ? 404 : 500);
    }
  };
}

async function answerFile(
  request: Request,
  path: string,
  contentType: string,
  cacheControl: string,
): Promise<Response> {
  const facts = await stat(path);
  const { size } = facts;
  const entityTag = entityTagOf(facts);
  const asked = {
    range: request.headers.get('range') ?? undefined,
    'if-range': request.headers.get('if-range') ?? undefined,
  };
  const range = rangeOf(asked, size, entityTag);
  const common = {
    ...securityHeaders(),
    'Content-Type': contentType,
    'Cache-Control': cacheControl,
    'Accept-Ranges': 'bytes',
    ETag: entityTag,
  };
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { ...common, 'Content-Range': `bytes */${size}` } });
  const { first, last } = range ?? { first: 0, last: size - 1 };
  const headers = {
    ...common,
    'Content-Length': String(last - first + 1),
    ...(range === null ? {} : { 'Content-Range': `bytes ${first}-${last}/${size}` }),
  };
  const status = range === null ? 200 : 206;
  if (request.method === 'HEAD' || size === 0) return new Response(null, { status, headers });
  // Node and the DOM each declare this class; a test compiled with both needs to be told that it is one.
  const stream = createReadStream(path, { start: first, end: last });
  const body = Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>;
  return new Response(body, { status, headers });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: securityHeaders() });
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
