// What every command that works through files has in common: the plan, the services, Ctrl+C, the report, the exit code.
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { type ErrorMessages, type Language, readErrorMessages } from './choose-language.ts';
import { exitCodes } from './exit-codes.ts';
import type { FileOptions } from './file-options.ts';
import { type CommandServices, openServices } from './open-services.ts';
import { planRestore } from './plan-restore.ts';
import { WrongUse } from './read-options.ts';
import { reportAsJson, reportInWords } from './report-in-words.ts';
import type { RestoreReporter } from './restore-events.ts';

import { type FilesWork, runFiles } from './run-files.ts';

export interface FilesCommandOptions extends FileOptions {
  readonly saveFaces: boolean;
}

/** Which models a run uses, by their proper names, and what it does with a page. */
export interface PreparedRun {
  readonly restorer: string;
  readonly detector: string;
  readonly upscaler: string | null;
  readonly runPage: FilesWork['runPage'];
}

/** Resolves to the exit code; never throws. `readOptions` may throw WrongUse. */
export async function runOverFiles<Options extends FilesCommandOptions>(
  language: Language,
  messages: CliMessages,
  readOptions: () => Options,
  prepare: (services: CommandServices, options: Options) => Promise<PreparedRun>,
): Promise<number> {
  const errorMessages = await readErrorMessages(language);
  try {
    const options = readOptions();
    const plan = planRestore(options.inputs, options.output, options, messages);
    if (plan.files.length === 0) {
      throw new WrongUse(
        plan.hasUnvisitedFolders
          ? `${messages.nothingFound} ${messages.tryRecursive}`
          : messages.nothingFound,
      );
    }
    const reporter = await makeReporter(options.json, language, messages);
    return await runPlan(options, plan.files, reporter, errorMessages, prepare);
  } catch (error) {
    if (error instanceof WrongUse) {
      process.stderr.write(`${error.message}\n${messages.seeHelp}\n`);
      return exitCodes.wrongUse;
    }
    return sayWhy(error, errorMessages);
  }
}

async function runPlan<Options extends FilesCommandOptions>(
  options: Options,
  files: ReturnType<typeof planRestore>['files'],
  reporter: RestoreReporter,
  errorMessages: ErrorMessages,
  prepare: (services: CommandServices, options: Options) => Promise<PreparedRun>,
): Promise<number> {
  const services = await openServices(options.device);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  const startedAt = performance.now();
  try {
    services.engine.onDeviceFellBack((device) => {
      reporter.report({
        event: 'device-fell-back',
        wanted: device.fellBackFrom ?? options.device,
        reason: device.reason,
      });
    });
    const { runPage, ...names } = await prepare(services, options);
    reporter.report({ event: 'started', fileCount: files.length, ...names });
    const { engine } = services;
    const { signal } = stop;
    const tally = await runFiles({ files, options, engine, reporter, errorMessages, signal, runPage });
    reporter.report({ event: 'finished', ...tally, elapsedMs: Math.round(performance.now() - startedAt) });
    if (tally.cancelled) return exitCodes.interrupted;
    return tally.failed > 0 ? exitCodes.someFailed : exitCodes.allDone;
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    await services.close();
  }
}

/** A wrong model name is wrong use; everything else that ends the whole run is a failure. */
function sayWhy(error: unknown, errorMessages: ErrorMessages): number {
  const wire = toWire(error);
  const words = errorMessages[wire.code];
  process.stderr.write(
    `${interpolate(words.sentence, wire.params)} ${interpolate(words.next, wire.params)}\n`,
  );
  if (wire.code === 'internal.unexpected' && wire.detail !== null) process.stderr.write(`${wire.detail}\n`);
  const isWrongUse = error instanceof HeirloomError && error.code === 'model.unknown';
  return isWrongUse ? exitCodes.wrongUse : exitCodes.someFailed;
}

async function makeReporter(
  isJson: boolean,
  language: Language,
  messages: CliMessages,
): Promise<RestoreReporter> {
  if (isJson) return reportAsJson((text) => process.stdout.write(text));
  const { steps } =
    language === 'zh-CN'
      ? await import('#shared/messages/zh-CN/steps.ts')
      : await import('#shared/messages/en/steps.ts');
  return reportInWords(
    messages,
    {
      isTerminal: process.stderr.isTTY === true,
      columns: process.stderr.columns ?? 80,
      write: (text) => process.stderr.write(text),
    },
    steps,
  );
}
