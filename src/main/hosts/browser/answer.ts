// The few forms an answer of the browser host takes. Runs in main under the browser host.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Reply } from '#shared/contract/commands.ts';
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';
import { entityTagOf, rangeOf } from '../byte-range.ts';

export function answerJson(response: ServerResponse, status: number, reply: Reply): void {
  const body = Buffer.from(JSON.stringify(reply));
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.byteLength,
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

export function answerError(response: ServerResponse, status: number, error: unknown): void {
  answerJson(response, status, { ok: false, error: toWire(error) });
}

export function answerText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${text}\n`);
}

/**
 * Streams a file, or the part of it that was asked for: players seek by byte ranges. Errors before the first byte:
 * file.not-found. A window that goes away mid-way is no error.
 */
export async function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  headers: OutgoingHttpHeaders,
): Promise<void> {
  let byteSize: number;
  let entityTag: string;
  try {
    const facts = await stat(path);
    byteSize = facts.size;
    entityTag = entityTagOf(facts);
  } catch (cause) {
    throw new HeirloomError('file.not-found', { fileName: path }, { cause });
  }
  const range = rangeOf(request.headers, byteSize, entityTag);
  const common = { ...headers, 'Accept-Ranges': 'bytes', ETag: entityTag };
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...common, 'Content-Range': `bytes */${byteSize}` });
    response.end();
    return;
  }
  const { first, last } = range ?? { first: 0, last: byteSize - 1 };
  response.writeHead(range === null ? 200 : 206, {
    ...common,
    'Content-Length': last - first + 1,
    ...(range === null ? {} : { 'Content-Range': `bytes ${first}-${last}/${byteSize}` }),
  });
  if (request.method === 'HEAD' || byteSize === 0) {
    response.end();
    return;
  }
  try {
    await pipeline(createReadStream(path, { start: first, end: last }), response);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'))
      throw error;
  }
}
