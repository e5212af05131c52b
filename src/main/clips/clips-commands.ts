// clips.*: from the contract to the services. Main process.
import path from 'node:path';
import type { FileSource } from '#shared/contract/commands.ts';
import { toWire } from '#shared/errors/heirloom-error.ts';
import type { ParsedInput, SomeHandlers } from '../dispatch.ts';
import type { Uploads } from '../file-system/uploads.ts';
import type { ClipExportsService } from './clip-exports.ts';
import type { ClipFilmsService } from './clip-films.ts';
import type { ClipRunsService } from './clip-runs.ts';
import type { ClipImportItem, ClipsService } from './clips-service.ts';

/** All of one open project. */
export interface ClipServices {
  readonly clips: ClipsService;
  readonly runs: ClipRunsService;
  readonly films: ClipFilmsService;
  readonly exports: ClipExportsService;
}

export interface ClipsCommandsOptions {
  /** Errors: project.none-open. */
  readonly services: () => ClipServices;
  /** Errors: project.none-open, project.read-only. */
  readonly writableServices: () => ClipServices;
  readonly uploads: Uploads;
}

const usualSequenceRate = 25;

export function clipsCommands({ services, writableServices, uploads }: ClipsCommandsOptions): SomeHandlers {
  async function importAll({ sources, sequenceFramesPerSecond }: ParsedInput<'clips.import'>) {
    const { clips } = writableServices();
    const failed: Awaited<ReturnType<ClipsService['import']>>['failed'] = [];
    const items: ClipImportItem[] = [];
    for (const source of sources) {
      try {
        items.push(itemOf(source, uploads));
      } catch (error) {
        failed.push({ fileName: '', error: toWire(error) });
      }
    }
    try {
      const report = await clips.import(items, sequenceFramesPerSecond ?? usualSequenceRate);
      return { ...report, failed: [...failed, ...report.failed] };
    } finally {
      for (const source of sources) if (source.kind === 'upload') await uploads.forget(source.uploadId);
    }
  }

  return {
    'clips.import': importAll,
    'clips.list': () => services().clips.list(),
    'clips.remove': ({ clipIds }) => {
      writableServices().clips.remove(clipIds);
      return null;
    },
    'clips.put-back': ({ clipIds }) => {
      writableServices().clips.putBack(clipIds);
      return null;
    },
    'clips.locate': ({ clipId, path: newPath }) => writableServices().clips.locate(clipId, newPath),
    'clips.apply': ({ clipId, edit }) => writableServices().clips.apply(clipId, edit),
    'clips.undo': ({ clipId }) => writableServices().clips.undo(clipId),
    'clips.redo': ({ clipId }) => writableServices().clips.redo(clipId),
    'clips.jump': ({ clipId, cursor }) => writableServices().clips.jump(clipId, cursor),
    'clips.history': ({ clipId }) => services().clips.history(clipId),
    'clips.plan': ({ clipId }) => services().runs.plan(clipId),
    'clips.encoders': () => services().films.encoders(),
    'clips.follow-faces': ({ clipId }) => writableServices().runs.queueFollow(clipId),
    'clips.preview': ({ clipId, fromSeconds, durationSeconds }) =>
      services().films.preview(clipId, fromSeconds, durationSeconds),
    'clips.cancel-preview': ({ clipId }) => {
      services().films.cancelPreview(clipId);
      return null;
    },
    'clips.restore': ({ clipId }) => writableServices().runs.queueRestore(clipId),
    'clips.discard-parts': ({ clipId }) => writableServices().runs.discardParts(clipId),
    'clips.export': (request) => writableServices().exports.start(request),
  };
}

function itemOf(source: FileSource, uploads: Uploads): ClipImportItem {
  if (source.kind === 'upload') return { ...uploads.find(source.uploadId), isUpload: true };
  return { path: path.resolve(source.path), fileName: path.basename(source.path), isUpload: false };
}
