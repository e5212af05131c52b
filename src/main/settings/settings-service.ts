// What a person changed about the studio, in settings.json of the data folder. Main process.
import { renameSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { type Settings, type settingsChangeSchema, settingsSchema } from '#shared/domain/settings.ts';
import { HeirloomError } from '#shared/errors/heirloom-error.ts';
import { writeErrorOf } from '../file-system/file-errors.ts';
import { readJsonFile, writeJsonFile } from '../file-system/json-file.ts';

export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export interface SettingsService {
  read(): Settings;
  /** Written before it is in force. Errors: output.disk-full, output.not-writable. */
  change(change: SettingsChange): Promise<Settings>;
  /** What went wrong at the start, to be said once: settings.damaged. */
  readonly startFailure: HeirloomError | null;
}

/** A damaged file is kept aside and the defaults are used, which `startFailure` says. */
export function createSettings(
  dataFolder: string,
  now: () => Date,
  onChange: (settings: Settings, before: Settings) => void,
): SettingsService {
  const settingsPath = path.join(dataFolder, 'settings.json');
  const reading = readJsonFile(settingsPath, settingsSchema);
  let settings = reading.kind === 'read' ? reading.value : settingsSchema.parse({});
  const startFailure = reading.kind === 'unusable' ? keepAside(settingsPath, now(), reading.reason) : null;
  let queue: Promise<unknown> = Promise.resolve();

  return {
    read: () => settings,
    change(change) {
      const turn = queue.then(async () => {
        const before = settings;
        const given = Object.entries(change).filter(([, value]) => value !== undefined);
        const changed = settingsSchema.parse({ ...before, ...Object.fromEntries(given) });
        try {
          await writeJsonFile(settingsPath, changed);
        } catch (error) {
          throw writeErrorOf(error, settingsPath);
        }
        settings = changed;
        onChange(changed, before);
        return changed;
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
    startFailure,
  };
}

function keepAside(settingsPath: string, time: Date, reason: string): HeirloomError {
  const copyPath = `${settingsPath}.damaged-${time.toISOString().replace(/[:.]/g, '-')}`;
  try {
    renameSync(settingsPath, copyPath);
  } catch (error) {
    return new HeirloomError('settings.damaged', { copyPath: settingsPath }, { cause: error });
  }
  return new HeirloomError('settings.damaged', { copyPath }, { cause: reason });
}
