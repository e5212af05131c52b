// Decides where downloaded models live. Runs in main and the command line.
import { join, resolve } from 'node:path';

export interface ModelsFolderChoice {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** settings.modelsFolder; null: not chosen. */
  readonly chosenFolder: string | null;
  readonly dataFolder: string;
}

/** HEIRLOOM_MODELS_DIR, else the folder chosen in the settings, else models/ in the data folder. Absolute. */
export function modelsFolderFor({ environment, chosenFolder, dataFolder }: ModelsFolderChoice): string {
  const fromEnvironment = environment['HEIRLOOM_MODELS_DIR'];
  return resolve(fromEnvironment || chosenFolder || join(dataFolder, 'models'));
}

/** The environment wins over the settings, so a folder it names cannot be moved from inside the studio. */
export function isModelsFolderFixed(environment: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(environment['HEIRLOOM_MODELS_DIR']);
}
