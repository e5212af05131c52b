// Faces whose people are known: a folder of aligned square crops with an index.csv that has the columns file and person.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LabelledFace {
  readonly path: string;
  readonly person: string;
}

/** Errors: a plain Error when the index is not there or lacks a column. */
export function readLabelledFaces(folder: string): LabelledFace[] {
  const [header = '', ...lines] = readFileSync(join(folder, 'index.csv'), 'utf8').trim().split(/\r?\n/);
  const columns = cells(header);
  const [fileColumn, personColumn] = [columns.indexOf('file'), columns.indexOf('person')];
  if (fileColumn < 0 || personColumn < 0) throw new Error('index.csv needs the columns file and person');
  return lines
    .map(cells)
    .map((row) => ({ path: join(folder, row[fileColumn] ?? ''), person: row[personColumn] ?? '' }))
    .filter(({ person }) => person !== '');
}

/** One line of a CSV file: commas, and quotes around what holds commas. */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
