// Finds the application's folder and reads its version.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function applicationVersion(): string {
  const text = readFileSync(join(applicationRoot(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Folder that holds package.json, models/ and out/. The build moves this file about, so it is looked for upwards. */
export function applicationRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'models', 'catalog.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('The application is incomplete: models/catalog.json is missing.');
    folder = parent;
  }
  return folder;
}
