// Golden values of test/parity/make-codeformer-golden.py: the checkpoint, the input, the official answers.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openCheckpoint } from '../../src/engine/checkpoints/reader/open-checkpoint.ts';
import type { MemoryTensor } from './convert-network.ts';

const goldenSchema = z.object({
  side: z.int(),
  checkpoint: z.string(),
  cases: z.array(z.object({ file: z.string(), fidelity: z.number(), adain: z.boolean(), range: z.number() })),
});

export const tinyCodeFormerFolder = path.join(import.meta.dirname, '../fixtures/codeformer');

export interface OfficialAnswer {
  readonly data: Float32Array;
  /** Of all but one value in a thousand. */
  readonly range: number;
}

/** The caller closes `checkpoint`. */
export async function readCodeFormerGolden(folder: string) {
  const golden = goldenSchema.parse(JSON.parse(readFileSync(path.join(folder, 'golden.json'), 'utf8')));
  const bytes = (name: string) => Uint8Array.from(readFileSync(path.join(folder, name)));
  const pixels = bytes('input.u8');
  const image: MemoryTensor = {
    dims: [1, 3, golden.side, golden.side],
    data: Float32Array.from(pixels, (sample) => sample / 127.5 - 1),
  };
  return {
    side: golden.side,
    checkpointPath: path.join(folder, golden.checkpoint),
    checkpoint: await openCheckpoint(path.join(folder, golden.checkpoint)),
    /** Planes of bytes, red first; `image` is the same in -1..1. */
    pixels,
    image,
    /** The official answer for a fidelity, with the codes' statistics matched ("adain") or not. */
    answer(fidelity: number, adain = true): OfficialAnswer {
      const found = golden.cases.find((known) => known.fidelity === fidelity && known.adain === adain);
      if (found === undefined) throw new RangeError(`no golden answer for ${fidelity}`);
      return { data: new Float32Array(bytes(found.file).buffer), range: found.range };
    },
  };
}
