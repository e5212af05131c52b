import { afterAll, describe, expect, it } from 'vitest';
import type { ArtefactFolder } from '../../../../../src/engine/checkpoints/architecture.ts';
import {
  writeDecode,
  writeDecodeWithoutFusion,
  writeEncode,
  writeWhole,
} from '../../../../../src/engine/checkpoints/architectures/codeformer-graphs.ts';
import { codeFormerLayout } from '../../../../../src/engine/checkpoints/architectures/codeformer-layout.ts';
import {
  type OfficialAnswer,
  readCodeFormerGolden,
  tinyCodeFormerFolder,
} from '../../../../helpers/codeformer-golden.ts';
import { type MemoryTensor, withConverted } from '../../../../helpers/convert-network.ts';

const fullFolder = process.env['HEIRLOOM_FULL_GOLDEN'];
const goldens = [['reduced', tinyCodeFormerFolder]] as [string, string][];
if (fullFolder !== undefined) goldens.push(['full', fullFolder]);

function largestError(answer: Float32Array, official: OfficialAnswer): number {
  let most = 0;
  for (const [index, value] of answer.entries())
    most = Math.max(most, Math.abs(value - (official.data[index] ?? NaN)));
  return most / official.range;
}

function signalToNoise(answer: Float32Array, official: OfficialAnswer): number {
  let squares = 0;
  for (const [index, value] of answer.entries()) squares += (value - (official.data[index] ?? NaN)) ** 2;
  return 10 * Math.log10(official.range ** 2 / (squares / answer.length));
}

for (const [size, folder] of goldens) {
  const golden = await readCodeFormerGolden(folder);
  afterAll(() => golden.checkpoint.close());

  describe(`CodeFormer at ${size} size against the official network`, { timeout: 600_000 }, () => {
    const layout = codeFormerLayout(golden.checkpoint.tensors);
    const restoration = async (artefacts: ArtefactFolder) => {
      await artefacts.write('encode', (network) => writeEncode(network, layout));
      await artefacts.write('decode', (network) => writeDecode(network, layout));
      await artefacts.write('plain', (network) => writeDecodeWithoutFusion(network, layout));
    };
    const judge = {
      fp32: (answer: MemoryTensor | undefined, fidelity: number, adain = true) =>
        expect(
          largestError(answer?.data ?? Float32Array.of(NaN), golden.answer(fidelity, adain)),
        ).toBeLessThan(2e-4),
      fp16: (answer: MemoryTensor | undefined, fidelity: number, adain = true) =>
        expect(
          signalToNoise(answer?.data ?? Float32Array.of(NaN), golden.answer(fidelity, adain)),
        ).toBeGreaterThan(55),
    };

    // At full depth random weights leave the range of half precision, which trained ones do not: reduced size only.
    const precisions = size === 'full' ? (['fp32'] as const) : (['fp32', 'fp16'] as const);
    for (const precision of precisions) {
      it(`restores alike at every fidelity, in ${precision}`, async () => {
        await withConverted(
          golden.checkpoint,
          restoration,
          async (open) => {
            const between = await (await open('encode')).run({ image: golden.image });
            const decode = await open('decode');
            for (const fidelity of [0, 0.5, 1]) {
              const feeds = { ...between, fidelity: { dims: [1], data: Float32Array.of(fidelity) } };
              judge[precision]((await decode.run(feeds))['face'], fidelity);
            }
            const base = between['base'] ?? { dims: [], data: new Float32Array() };
            judge[precision]((await (await open('plain')).run({ base }))['face'], 0);
          },
          precision,
        );
      });
    }

    it('inpaints and colours alike in one graph', async () => {
      await withConverted(
        golden.checkpoint,
        async (artefacts) => {
          await artefacts.write('inpaint', (network) =>
            writeWhole(network, layout, { matchStatistics: false, withFusion: true }),
          );
          await artefacts.write('colour', (network) =>
            writeWhole(network, layout, { matchStatistics: true, withFusion: false }),
          );
        },
        async (open) => {
          judge.fp32((await (await open('inpaint')).run({ image: golden.image }))['face'], 1, false);
          judge.fp32((await (await open('colour')).run({ image: golden.image }))['face'], 0);
        },
      );
    });
  });
}
