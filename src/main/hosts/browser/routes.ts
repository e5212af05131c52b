// What the browser host answers once a request is let in: page, commands, uploads, pictures, downloads.
// Runs in main under the browser host. Addresses name ids and listed files, never paths.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { isCommandName } from '#shared/contract/commands.ts';
import { parseFilmAddress } from '#shared/contract/films.ts';
import { parsePictureAddress } from '#shared/contract/pictures.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { Studio } from '../../studio.ts';
import { filmCacheControl, pictureCacheControl } from '../content-security-policy.ts';
import type { RendererFiles } from '../renderer-files.ts';
import { answerError, answerFile, answerJson } from './answer.ts';
import { attachmentHeader, type Downloads } from './downloads.ts';
import {
  BodyTooLarge,
  commandBodyLimitBytes,
  limitedBody,
  readJson,
  uploadLimitBytes,
} from './request-body.ts';

export interface RouteContext {
  readonly studio: Studio;
  readonly rendererFiles: RendererFiles;
  readonly downloads: Downloads;
}

/** Answers one admitted request; whatever goes wrong becomes an answer, or a cut connection once bytes are out. */
export async function answerRoute(
  context: RouteContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  try {
    const route = routeOf(request.method ?? 'GET', url.pathname);
    await route(context, request, response, url);
  } catch (error) {
    if (response.headersSent) {
      response.destroy();
    } else if (error instanceof BodyTooLarge) {
      // The rest of the body is not waited for.
      response.setHeader('Connection', 'close');
      answerError(response, 413, new HeirloomError('command.invalid-input', { problem: 'too large' }));
    } else {
      answerError(response, error instanceof HeirloomError ? 404 : 500, error);
    }
  }
}

type Route = (
  context: RouteContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<void>;

function routeOf(method: string, pathname: string): Route {
  if (pathname.startsWith('/commands/')) return method === 'POST' ? answerCommand : refuseMethod;
  if (pathname === '/uploads') return method === 'PUT' ? answerUpload : refuseMethod;
  if (method !== 'GET' && method !== 'HEAD') return refuseMethod;
  if (pathname.startsWith('/pictures/')) return answerPicture;
  if (pathname.startsWith('/films/')) return answerFilm;
  if (pathname.startsWith('/downloads/')) return answerDownload;
  return answerRendererFile;
}

const answerCommand: Route = async ({ studio }, request, response, url) => {
  const name = url.pathname.slice('/commands/'.length);
  if (!isCommandName(name)) {
    answerError(response, 404, new HeirloomError('command.unknown', { name }));
    return;
  }
  // A form of a foreign page cannot set this type without asking first.
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    answerError(response, 415, new HeirloomError('command.invalid-input', { problem: 'not JSON' }));
    return;
  }
  let input: unknown;
  try {
    input = await readJson(request, commandBodyLimitBytes);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    answerError(response, 400, new HeirloomError('command.invalid-input', { problem: error.message }));
    return;
  }
  answerJson(response, 200, await studio.dispatch(name, input));
};

const answerUpload: Route = async ({ studio }, request, response, url) => {
  const fileName = basename((url.searchParams.get('name') ?? '').replaceAll('\\', '/'));
  if (fileName === '' || fileName === '.' || fileName === '..' || fileName.length > 255) {
    answerError(response, 400, new HeirloomError('command.invalid-input', { problem: 'name' }));
    return;
  }
  const uploadId = await studio.stageUpload(fileName, limitedBody(request, uploadLimitBytes));
  answerJson(response, 200, { ok: true, value: uploadId });
};

const answerPicture: Route = async ({ studio }, request, response, url) => {
  const picture = parsePictureAddress(url.pathname);
  if (picture === null) {
    answerError(response, 404, new HeirloomError('photo.not-found'));
    return;
  }
  const { path, contentType } = await studio.pictureFile(picture);
  await answerFile(request, response, path, {
    'Content-Type': contentType,
    'Cache-Control': pictureCacheControl,
  });
};

const answerFilm: Route = async ({ studio }, request, response, url) => {
  const film = parseFilmAddress(url.pathname);
  if (film === null) {
    answerError(response, 404, new HeirloomError('clip.not-found'));
    return;
  }
  const { path, contentType, isLasting } = await studio.filmFile(film);
  await answerFile(request, response, path, {
    'Content-Type': contentType,
    'Cache-Control': isLasting ? pictureCacheControl : filmCacheControl,
  });
};

const answerDownload: Route = async ({ downloads }, request, response, url) => {
  const file = downloads.find(url.pathname);
  if (file === null) throw new HeirloomError('file.not-found', { fileName: url.pathname });
  await answerFile(request, response, file.path, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': attachmentHeader(file.fileName),
    'Cache-Control': 'no-store',
  });
};

const answerRendererFile: Route = async ({ rendererFiles }, request, response, url) => {
  const file = rendererFiles.get(url.pathname);
  if (file === undefined) throw new HeirloomError('file.not-found', { fileName: url.pathname });
  await answerFile(request, response, file.path, {
    'Content-Type': file.contentType,
    'Cache-Control': file.cacheControl,
  });
};

const refuseMethod: Route = async (_context, request, response) => {
  answerError(
    response,
    405,
    new HeirloomError('command.invalid-input', { problem: `method ${request.method ?? ''}` }),
  );
};
