// Checkpoints written by PyTorch (test/parity/make-checkpoints.py), with what is in them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export const checkpointFixtures = path.join(import.meta.dirname, '../fixtures/checkpoints');

const tensorSchema = z.object({
  name: z.string(),
  type: z.string(),
  dims: z.array(z.int()),
  values: z.array(z.number()),
});
const expectedSchema = z.record(z.string(), z.union([z.array(tensorSchema), z.string()]));

/** By name: the tensors of a good checkpoint, or the global for which a bad one is refused. */
export const expectedCheckpoints = expectedSchema.parse(
  JSON.parse(readFileSync(path.join(checkpointFixtures, 'expected.json'), 'utf8')),
);

export const containers = ['zip', 'legacy'] as const;

export function checkpointPath(name: string, container: (typeof containers)[number]): string {
  return path.join(checkpointFixtures, `${name}.${container}.pth`);
}
