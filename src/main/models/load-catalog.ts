// Reads models/catalog.json, the facts of every model Heirloom knows. Runs in main and the command line, at start.
import { readFileSync } from 'node:fs';
import { type Catalog, catalogSchema } from '#shared/domain/model.ts';

/** Throws a plain Error when the file is missing or wrong: it is part of the application, so that is a broken build. */
export function loadCatalog(path: string): Catalog {
  const catalog = catalogSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  refuseTwins(
    path,
    catalog.models.map((entry) => entry.id),
  );
  refuseTwins(
    path,
    catalog.models.map((entry) => entry.sha256),
  );
  return catalog;
}

/** Files are recognised by digest and stored by id: two entries must share neither. */
function refuseTwins(path: string, values: readonly string[]): void {
  const twin = values.find((value, index) => values.indexOf(value) !== index);
  if (twin !== undefined) throw new Error(`${path} lists ${twin} twice`);
}
