// The few forms an answer of the browser host takes. Runs in main under the browser host.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Reply } from '#shared/contract/commands.ts';
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';

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

/** Streams a file. Errors before the first byte: file.not-found. A window that goes away mid-way is no error. */
export async function answerFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  headers: OutgoingHttpHeaders,
): Promise<void> {
  let byteSize: number;
  try {
    byteSize = (await stat(path)).size;
  } catch (cause) {
    throw new HeirloomError('file.not-found', { fileName: path }, { cause });
  }
  response.writeHead(200, { ...headers, 'Content-Length': byteSize });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  try {
    await pipeline(createReadStream(path), response);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'))
      throw error;
  }
}
