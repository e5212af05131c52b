// `heirloom restore`: options, plan, services, run, exit code.
import { HeirloomError, toWire } from '#shared/errors/heirloom-error.ts';
import type { CliMessages } from '#shared/messages/en/cli.ts';
import { interpolate } from '#shared/messages/interpolate.ts';
import { applicationVersion } from './application-version.ts';
import { type ErrorMessages, type Language, readErrorMessages } from './choose-language.ts';
import { chooseModels } from './choose-models.ts';
import { exitCodes } from './exit-codes.ts';
import { openServices } from './open-services.ts';
import { planRestore } from './plan-restore.ts';
import { reportAsJson, reportInWords } from './report-in-words.ts';
import type { RestoreReporter } from './restore-events.ts';
import { restoreFiles } from './restore-files.ts';
import { type RestoreOptions, readRestoreOptions, WrongUse } from './restore-options.ts';

/** Runs the command; resolves to the exit code. Never throws. */
export async function runRestoreCommand(
  args: string[],
  language: Language,
  messages: CliMessages,
): Promise<number> {
  const errorMessages = await readErrorMessages(language);
  try {
    const options = readRestoreOptions(args, messages);
    const plan = planRestore(options.inputs, options.output, options, messages);
    if (plan.files.length === 0) {
      throw new WrongUse(
        plan.hasUnvisitedFolders
          ? `${messages.nothingFound} ${messages.tryRecursive}`
          : messages.nothingFound,
      );
    }
    const reporter = await makeReporter(options, language, messages);
    return await restorePlan(options, plan.files, reporter, errorMessages);
  } catch (error) {
    if (error instanceof WrongUse) {
      process.stderr.write(`${error.message}\n${messages.seeHelp}\n`);
      return exitCodes.wrongUse;
    }
    return sayWhy(error, errorMessages);
  }
}

async function restorePlan(
  options: RestoreOptions,
  files: ReturnType<typeof planRestore>['files'],
  reporter: RestoreReporter,
  errorMessages: ErrorMessages,
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
    const models = await chooseModels(options, services.models);
    reporter.report({
      event: 'started',
      fileCount: files.length,
      restorer: services.nameOf(models.restorer.modelId),
      detector: services.nameOf(models.detection.detector.modelId),
      upscaler: models.upscaler === null ? null : services.nameOf(models.upscaler.modelId),
    });
    const tally = await restoreFiles({
      files,
      options,
      models,
      engine: services.engine,
      reporter,
      errorMessages,
      signal: stop.signal,
      software: `Heirloom ${applicationVersion()}`,
    });
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
  options: RestoreOptions,
  language: Language,
  messages: CliMessages,
): Promise<RestoreReporter> {
  if (options.json) return reportAsJson((text) => process.stdout.write(text));
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
