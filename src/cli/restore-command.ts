// `heirloom restore`: the best face of every photo, without a window.
import type { CliMessages } from '#shared/messages/en/cli.ts';
import { applicationVersion } from './application-version.ts';
import type { Language } from './choose-language.ts';
import { chooseModels } from './choose-models.ts';
import { readRestoreOptions } from './restore-options.ts';
import { restorePageTask } from './restore-page.ts';
import { runOverFiles } from './run-over-files.ts';

/** Runs the command; resolves to the exit code. Never throws. */
export function runRestoreCommand(
  args: string[],
  language: Language,
  messages: CliMessages,
): Promise<number> {
  return runOverFiles(
    language,
    messages,
    () => readRestoreOptions(args, messages),
    async ({ engine, models, nameOf }, options) => {
      const chosen = await chooseModels(options, models);
      const software = `Heirloom ${applicationVersion()}`;
      return {
        restorer: nameOf(chosen.restorer.modelId),
        detector: nameOf(chosen.detection.detector.modelId),
        upscaler: chosen.upscaler === null ? null : nameOf(chosen.upscaler.modelId),
        runPage: async (page, how) => {
          const answer = await engine.run(restorePageTask(page, options, chosen, software), how);
          const { path, widthPx, heightPx, mosaics } = answer;
          return {
            path,
            widthPx,
            heightPx,
            faceCount: options.extras.isAligned ? 1 : answer.faces.length,
            ...(mosaics?.length ? { mosaicCount: mosaics.length } : {}),
          };
        },
      };
    },
  );
}
