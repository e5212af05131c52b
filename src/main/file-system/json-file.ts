// Small JSON documents on disk, parsed by a schema on the way in and replaced atomically on the way out.
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { writeAtomically } from './write-atomically.ts';

export type JsonFileReading<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'absent' }
  /** There is a file, but it is not what the schema wants: the caller decides whether it may be replaced. */
  | { readonly kind: 'unusable'; readonly reason: string };

/** Reads and parses at once (these files are a few kilobytes and are needed at start). Never throws. */
export function readJsonFile<T>(path: string, schema: z.ZodType<T>): JsonFileReading<T> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'absent' };
    return { kind: 'unusable', reason: String(error) };
  }
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success
      ? { kind: 'read', value: parsed.data }
      : { kind: 'unusable', reason: parsed.error.message };
  } catch (error) {
    return { kind: 'unusable', reason: String(error) };
  }
}

export function writeJsonFile(path: string, value: unknown): Promise<void> {
  return writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`);
}
