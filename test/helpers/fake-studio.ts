// A Studio that records what a host hands to it. For tests of the hosts only; the real one is made by startStudio.
import { randomUUID } from 'node:crypto';
import type { Reply } from '#shared/contract/commands.ts';
import type { HeirloomEvent } from '#shared/contract/events.ts';
import type { PictureRequest } from '#shared/contract/pictures.ts';
import { uploadIdSchema } from '#shared/domain/ids.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import type { HostAbilities, Studio } from '../../src/main/studio.ts';
import type { FilmRequest } from '../../src/shared/contract/films.ts';

export interface FakeStudio extends Studio {
  readonly abilities: HostAbilities;
  readonly dispatched: { name: string; input: unknown }[];
  readonly uploads: { fileName: string; byteSize: number; complete: boolean }[];
  readonly openedPaths: string[];
  isClosed: boolean;
  jobsAreRunning: boolean;
  /** Reply by command name; the input is echoed when there is none. */
  readonly replies: Map<string, Reply>;
  /** Picture files by id. */
  readonly pictures: Map<string, { path: string; contentType: string }>;
  emit(event: HeirloomEvent): void;
}

export function createFakeStudio(abilities: HostAbilities): FakeStudio {
  const listeners = new Set<(event: HeirloomEvent) => void>();
  const studio: FakeStudio = {
    abilities,
    dispatched: [],
    uploads: [],
    openedPaths: [],
    isClosed: false,
    jobsAreRunning: false,
    replies: new Map(),
    pictures: new Map(),
    emit(event) {
      for (const listener of listeners) listener(event);
    },
    async dispatch(name, input) {
      studio.dispatched.push({ name, input });
      return studio.replies.get(name) ?? { ok: true, value: input };
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async pictureFile(request: PictureRequest) {
      const file = studio.pictures.get(request.id);
      if (file === undefined) throw new HeirloomError('photo.not-found');
      return file;
    },
    async filmFile(request: FilmRequest) {
      const file = studio.pictures.get(request.id);
      if (file === undefined) throw new HeirloomError('clip.not-found');
      return { ...file, isLasting: request.kind === 'preview' };
    },
    async stageUpload(fileName, body) {
      const upload = { fileName, byteSize: 0, complete: false };
      studio.uploads.push(upload);
      for await (const chunk of body) upload.byteSize += chunk.byteLength;
      upload.complete = true;
      return uploadIdSchema.parse(randomUUID());
    },
    openPaths(paths) {
      studio.openedPaths.push(...paths);
    },
    hasRunningJobs: () => studio.jobsAreRunning,
    async close() {
      studio.isClosed = true;
    },
  };
  return studio;
}
