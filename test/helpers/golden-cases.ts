// The same questions for every converted network: does it know its own, and does it answer as the official one did?
import { describe, expect, it } from 'vitest';
import type { Architecture } from '../../src/engine/checkpoints/architecture.ts';
import { withConverted } from './convert-network.ts';
import { goldenFolders, readGolden, signalToNoise, worstError } from './golden-network.ts';

/** Largest error as a part of the output's range, in single precision; signal-to-noise ratio in half precision. */
const singlePrecisionTolerance = 2e-4;
const halfPrecisionDecibels = 55;

/** One graph per network; the outputs of the golden are compared by name. */
export function describeGolden(architecture: Architecture, fixture: string): void {
  describe.each(goldenFolders(fixture))(`${architecture.id} against %s`, { timeout: 600_000 }, (folder) => {
    it('recognises the checkpoint', async () => {
      const { checkpoint } = await readGolden(folder);
      expect(architecture.recognises(checkpoint.tensors)).toBe(true);
    });

    it.each(['fp32', 'fp16'] as const)('answers in %s as the official network', async (precision) => {
      const { checkpoint, inputs, outputs } = await readGolden(folder);
      let graphName = '';
      await withConverted(
        checkpoint,
        async (artefacts) => {
          graphName = (await architecture.convert(checkpoint, artefacts)).artefacts[0] ?? '';
        },
        async (open) => {
          const answers = await (await open(graphName)).run(inputs);
          expect(Object.keys(answers).sort()).toEqual(Object.keys(outputs).sort());
          for (const [name, expected] of Object.entries(outputs)) {
            if (precision === 'fp32')
              expect(worstError(answers[name], expected), name).toBeLessThan(singlePrecisionTolerance);
            else expect(signalToNoise(answers[name], expected), name).toBeGreaterThan(halfPrecisionDecibels);
          }
        },
        precision,
      );
    });
  });
}
