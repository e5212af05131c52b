// Files named on a command line: photos, folders, projects. Runs in Electron's main process.
import { resolve } from 'node:path';
import { z } from 'zod';

/** Absolute paths of the arguments that are not options. `args` without the program and, unpackaged, the app folder. */
export function pathsOfArguments(args: readonly string[], workingFolder: string): string[] {
  return args
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .map((path) => resolve(workingFolder, path));
}

const handedOverSchema = z.object({ paths: z.array(z.string()) });

/** What a second start hands to the first one. Its own argument list is not used: Chromium rearranges it. */
export function pathsOfSecondInstance(additionalData: unknown): string[] {
  const parsed = handedOverSchema.safeParse(additionalData);
  return parsed.success ? parsed.data.paths : [];
}
