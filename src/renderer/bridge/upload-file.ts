// Hands a chosen or dropped file to the browser host, which stages it. Under Electron a path is handed over instead.
// Runs in the renderer.
import { replySchema } from '#shared/contract/commands.ts';
import { type UploadId, uploadIdSchema } from '#shared/domain/ids.ts';
import { fromWire, HeirloomError } from '#shared/errors/heirloom-error.ts';

/** Streams the file; the id is then used in photos.import or models.import. Throws HeirloomError. */
export async function uploadFile(file: File, signal?: AbortSignal): Promise<UploadId> {
  let answer: unknown;
  try {
    const response = await fetch(`/uploads?name=${encodeURIComponent(file.name)}`, {
      method: 'PUT',
      body: file,
      ...(signal === undefined ? {} : { signal }),
    });
    answer = await response.json();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new HeirloomError('upload.not-found', {}, { cause });
  }
  const reply = replySchema.safeParse(answer);
  if (!reply.success) throw new HeirloomError('internal.unexpected', {}, { cause: reply.error });
  if (!reply.data.ok) throw fromWire(reply.data.error);
  return uploadIdSchema.parse(reply.data.value);
}
