// Request bodies with a stated limit. Runs in main under the browser host.
import type { IncomingMessage } from 'node:http';

/** A command's input is names and numbers; 10,000 paths of an import are the largest of them. */
export const commandBodyLimitBytes = 8 * 1024 * 1024;
/** The largest known model file is under 1 GB, the largest scans under 4. */
export const uploadLimitBytes = 4 * 1024 * 1024 * 1024;

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The body as it arrives; throws BodyTooLarge as soon as it is announced or found to exceed the limit. */
export async function* limitedBody(request: IncomingMessage, limitBytes: number): AsyncGenerator<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw new BodyTooLarge();
  let receivedBytes = 0;
  // The stream is left open on a throw: destroying it would close the connection before the answer is out.
  const chunks: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of chunks) {
    receivedBytes += chunk.byteLength;
    if (receivedBytes > limitBytes) throw new BodyTooLarge();
    yield chunk;
  }
}

/** The whole body as JSON. Throws SyntaxError or BodyTooLarge. */
export async function readJson(request: IncomingMessage, limitBytes: number): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limitedBody(request, limitBytes)) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
