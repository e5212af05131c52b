// heirloom models: list, download, import, convert, verify, remove. Runs in the command line; others do the work.
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type ModelId, modelIdSchema } from '#shared/domain/ids.ts';
import type { ModelStatus } from '#shared/domain/model.ts';
import { HeirloomError, JobCancelled, toWire } from '#shared/errors/heirloom-error.ts';
import { errors as englishErrors } from '#shared/messages/en/errors.ts';
import { models as englishModels, type ModelsMessages } from '#shared/messages/en/models.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import type { EnginePort } from '../main/engine-host/engine-port.ts';
import type { ModelsPort } from '../main/models/models-port.ts';
import {
  type ConvertArguments,
  type ConvertOptions,
  convertFile,
  convertOptionsFrom,
} from './convert-command.ts';
import { drawConversion, drawDownload, drawModelList, sizeInWords } from './draw-models.ts';
import { exitCodes } from './exit-codes.ts';

export interface ModelsCommandIo {
  readonly models: ModelsPort;
  readonly engine: Pick<EnginePort, 'run'>;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Shows a line that the next one replaces; only called when isTerminal. Empty: clears it. */
  readonly showProgress?: (line: string) => void;
  readonly isTerminal: boolean;
  /** Asks a yes-no question; only called when isTerminal. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** One JSON object per line on `out` instead of words. */
  readonly json: boolean;
  /** Stops a download; what has arrived is kept. */
  readonly signal?: AbortSignal;
  readonly messages?: ModelsMessages;
  readonly errorMessages?: typeof englishErrors;
}

/** @returns the exit code: 0 all done, 2 wrong use, 3 some failed, 130 stopped. */
export async function runModelsCommand(args: string[], io: ModelsCommandIo): Promise<number> {
  const words = io.messages ?? englishModels;
  const [action, ...rest] = args;
  const usage = async (): Promise<string> =>
    interpolate(words.usage, { folder: (await io.models.folder()).path }).trimEnd();
  const refuse = async (problem: string | null): Promise<number> => {
    if (problem !== null) io.err(problem);
    io.err(await usage());
    return exitCodes.wrongUse;
  };
  if (action === 'help' || args.includes('--help') || args.includes('-h')) {
    io.out(await usage());
    return exitCodes.allDone;
  }
  if (action === undefined) return refuse(null);

  const parsed = parseRest(rest);
  if ('problem' in parsed) return refuse(interpolate(words.unknownOption, { problem: parsed.problem }));
  const { names, acceptLicence } = parsed;
  const name = names[0];
  const run = commandsFor({ ...io, json: io.json || parsed.json }, words, acceptLicence);
  try {
    switch (action) {
      case 'list':
        return name === undefined ? await run.list() : await refuse(words.oneNeeded.none);
      case 'verify':
        return name === undefined ? await run.verify() : await refuse(words.oneNeeded.none);
      case 'download':
      case 'remove':
        if (name === undefined || names.length > 1) return await refuse(words.oneNeeded.id);
        return await run[action](modelIdFrom(name, io.models.list()));
      case 'import':
        if (name === undefined || names.length > 1) return await refuse(words.oneNeeded.file);
        return await run.import(resolve(name));
      case 'convert': {
        if (name === undefined || names.length > 1) return await refuse(words.oneNeeded.file);
        const options = convertOptionsFrom(name, parsed);
        if (!('problem' in options)) return await run.convert(options);
        return await refuse(interpolate(words.unknownOption, options));
      }
      default:
        return await refuse(interpolate(words.unknownAction, { name: action }));
    }
  } catch (error) {
    return run.fail(error);
  }
}

type ParsedRest =
  | (ConvertArguments & {
      readonly names: string[];
      readonly acceptLicence: boolean;
      readonly json: boolean;
    })
  | { readonly problem: string };

function parseRest(args: string[]): ParsedRest {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'accept-licence': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        language: { type: 'string' },
        output: { type: 'string', short: 'o' },
        overwrite: { type: 'boolean', default: false },
        precision: { type: 'string' },
        blend: { type: 'string' },
        share: { type: 'string' },
      },
    });
    const { 'accept-licence': acceptLicence, language: _read, ...others } = values;
    return { names: positionals, acceptLicence, ...others };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** An id, or a model's short name such as "codeformer": then the best of the files it is published as. */
function modelIdFrom(text: string, known: readonly ModelStatus[]): ModelId {
  const parsed = modelIdSchema.safeParse(text);
  if (!parsed.success) throw new HeirloomError('model.unknown', { modelId: text });
  const entries = known.map(({ entry }) => entry);
  if (entries.some(({ id }) => id === parsed.data)) return parsed.data;
  const published = entries
    .filter(({ id, container }) => id === `${text}-${container}`)
    .toSorted((a, b) => b.rank - a.rank);
  return published[0]?.id ?? parsed.data;
}

function commandsFor(io: ModelsCommandIo, words: ModelsMessages, acceptLicence: boolean) {
  const { models } = io;
  const errorWords = io.errorMessages ?? englishErrors;
  const say = (event: Record<string, unknown>, line: string): void => {
    io.out(io.json ? JSON.stringify(event) : line);
  };

  /** Runs again with the licence accepted when it is asked for and a person is there to accept it. */
  const withLicence = async <T>(act: (accepted: boolean) => Promise<T>): Promise<T> => {
    try {
      return await act(acceptLicence);
    } catch (error) {
      if (!(error instanceof HeirloomError) || error.code !== 'model.licence-not-accepted') throw error;
      if (io.json) throw error;
      const { name = '', licence = '' } = error.params;
      const terms = models.list().find((status) => status.entry.licence.name === licence)?.entry.licence;
      const kind = terms?.isNonCommercial === false ? 'unverified' : 'nonCommercial';
      io.err(interpolate(words.licence[kind], { name, licence }));
      if (terms?.url) io.err(interpolate(words.licence.readIt, { url: terms.url }));
      if (!io.isTerminal) {
        io.err(words.licence.hint);
        throw error;
      }
      if (!(await io.confirm(words.licence.question))) throw error;
      return act(true);
    }
  };

  const follow = async (id: ModelId): Promise<ModelStatus> => {
    const unsubscribe = models.onChange((status) => {
      const isProgress = status.state === 'downloading' || status.state === 'converting';
      if (status.entry.id !== id || !isProgress) return;
      const draw = status.state === 'converting' ? drawConversion : drawDownload;
      if (io.json) io.out(JSON.stringify(progressEvent(status)));
      else if (io.isTerminal) io.showProgress?.(draw(status, words));
    });
    const stop = (): void => void models.cancelDownload(id);
    io.signal?.addEventListener('abort', stop, { once: true });
    if (io.signal?.aborted) stop();
    try {
      return await models.whenDownloaded(id);
    } finally {
      unsubscribe();
      io.signal?.removeEventListener('abort', stop);
      if (!io.json && io.isTerminal) io.showProgress?.('');
    }
  };

  return {
    async list(): Promise<number> {
      await models.whenReady();
      const statuses = models.list();
      if (io.json) for (const status of statuses) io.out(JSON.stringify(modelEvent(status)));
      else for (const line of drawModelList(statuses, words)) io.out(line);
      return exitCodes.allDone;
    },

    async download(id: ModelId): Promise<number> {
      await models.whenReady();
      const isHere = models
        .list()
        .some(({ entry, state }) => entry.id === id && state === 'awaiting-conversion');
      const before = await withLicence(async (accepted) => models.download(id, accepted));
      const { name, byteSize } = before.entry;
      if (before.state === 'installed') {
        say({ event: 'already-there', modelId: id }, interpolate(words.alreadyThere, { name }));
        return exitCodes.allDone;
      }
      // A checkpoint that is here already only has to be converted.
      const size = sizeInWords(byteSize, words);
      say(
        { event: 'started', modelId: id, byteSize, state: before.state },
        interpolate(isHere ? words.converting : words.started, { name, size }),
      );
      const after = await follow(id);
      const sentence = after.state === 'awaiting-conversion' ? words.awaitsConversion : words.downloaded;
      say({ event: 'downloaded', modelId: id, state: after.state }, interpolate(sentence, { name }));
      return exitCodes.allDone;
    },

    async import(path: string): Promise<number> {
      const { entry } = await withLicence((accepted) => models.importFile(path, accepted));
      const { id, name } = entry;
      const status = await follow(id);
      const sentence = status.state === 'awaiting-conversion' ? words.awaitsConversion : words.imported;
      say(
        { event: 'imported', modelId: id, path, state: status.state },
        interpolate(sentence, { name, fileName: basename(path) }),
      );
      return exitCodes.allDone;
    },

    async convert(options: ConvertOptions): Promise<number> {
      try {
        await convertFile(options, {
          engine: io.engine,
          say,
          showProgress(event, line) {
            if (io.json) io.out(JSON.stringify(event));
            else if (io.isTerminal) io.showProgress?.(line);
          },
          signal: io.signal,
          words,
        });
      } finally {
        if (!io.json && io.isTerminal) io.showProgress?.('');
      }
      return exitCodes.allDone;
    },

    async verify(): Promise<number> {
      const present = (await models.verify(null)).filter((status) => status.state !== 'not-installed');
      for (const { entry, error } of present) {
        const texts = error === null ? null : errorWords[error.code];
        const line =
          error === null || texts === null
            ? interpolate(words.verified, { name: entry.name })
            : interpolate(words.wrong, {
                name: entry.name,
                sentence: interpolate(texts.sentence, error.params),
                next: interpolate(texts.next, error.params),
              });
        say({ event: 'verified', modelId: entry.id, isIntact: error === null, error }, line);
      }
      if (present.length === 0 && !io.json) io.out(words.nothingToVerify);
      return present.some((status) => status.error !== null) ? exitCodes.someFailed : exitCodes.allDone;
    },

    async remove(id: ModelId): Promise<number> {
      const { entry } = await models.remove(id);
      say({ event: 'removed', modelId: id }, interpolate(words.removed, { name: entry.name }));
      return exitCodes.allDone;
    },

    fail(error: unknown): number {
      if (error instanceof JobCancelled) {
        say({ event: 'stopped' }, words.stopped);
        return exitCodes.interrupted;
      }
      const wire = toWire(error);
      const { sentence, next } = errorWords[wire.code];
      if (io.json) io.out(JSON.stringify({ event: 'failed', error: wire }));
      else io.err(`${interpolate(sentence, wire.params)} ${interpolate(next, wire.params)}`);
      return wire.code === 'model.unknown' ? exitCodes.wrongUse : exitCodes.someFailed;
    },
  };
}

function modelEvent({ entry, state, receivedBytes, error }: ModelStatus): Record<string, unknown> {
  const { id, purpose, name, container, precision, byteSize, sha256, licence, isBundled } = entry;
  return {
    event: 'model',
    modelId: id,
    purpose,
    name,
    container,
    precision,
    byteSize,
    sha256,
    licence,
    isBundled,
    state,
    receivedBytes,
    error,
  };
}

function progressEvent({
  entry,
  state,
  receivedBytes,
  bytesPerSecond,
  etaSeconds,
}: ModelStatus): Record<string, unknown> {
  return {
    event: 'progress',
    modelId: entry.id,
    state,
    receivedBytes,
    byteSize: entry.byteSize,
    bytesPerSecond,
    etaSeconds,
  };
}
