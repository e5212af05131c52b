// SRVGGNetCompact: golden values of the official network (test/parity/make-srvgg-golden.py), alone and blended.
import { describe, expect, it } from 'vitest';
import { srvgg } from '../../../../../src/engine/checkpoints/architectures/srvgg.ts';
import { blendCheckpoints } from '../../../../../src/engine/checkpoints/blended-checkpoint.ts';
import { withConverted } from '../../../../helpers/convert-network.ts';
import { describeGolden } from '../../../../helpers/golden-cases.ts';
import { goldenFolders, readGolden, worstError } from '../../../../helpers/golden-network.ts';

describeGolden(srvgg, 'srvgg-general');
describeGolden(srvgg, 'srvgg-denoising');
describeGolden(srvgg, 'srvgg-anime');
describeGolden(srvgg, 'srvgg-x2');

describe('two networks blended', () => {
  it.each(goldenFolders('srvgg-blend'))('answers as the official blend: %s', async (folder) => {
    const { inputs, outputs } = await readGolden(folder);
    const general = (await readGolden(folder.replace('blend', 'general'))).checkpoint;
    const denoising = (await readGolden(folder.replace('blend', 'denoising'))).checkpoint;
    const blended = blendCheckpoints(general, denoising, 0.3);
    await withConverted(
      blended,
      (artefacts) => srvgg.convert(blended, artefacts),
      async (open) => {
        const { enlarged } = await (await open('srvgg')).run(inputs);
        const expected = outputs['enlarged'];
        if (expected === undefined) throw new Error('the golden has no picture');
        expect(worstError(enlarged, expected)).toBeLessThan(2e-4);
      },
    );
  });

  it('refuses networks of different layout and shares that are none', async () => {
    const [general, small] = await Promise.all(
      ['srvgg-general', 'srvgg-x2'].map(
        async (name) => (await readGolden(goldenFolders(name)[0] ?? '')).checkpoint,
      ),
    );
    if (general === undefined || small === undefined) throw new Error('no goldens');
    expect(() => blendCheckpoints(general, small, 0.5)).toThrow(RangeError);
    expect(() => blendCheckpoints(general, general, 1.5)).toThrow(RangeError);
  });
});
