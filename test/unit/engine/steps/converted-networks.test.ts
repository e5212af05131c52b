// Parsers and upscalers that came out of the converter, run by the steps that use them. Weights are random.
import { describe, expect, it } from 'vitest';
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { Architecture } from '../../../../src/engine/checkpoints/architecture.ts';
import { bisenet } from '../../../../src/engine/checkpoints/architectures/bisenet.ts';
import { parsenet } from '../../../../src/engine/checkpoints/architectures/parsenet.ts';
import { rrdbnet } from '../../../../src/engine/checkpoints/architectures/rrdbnet.ts';
import { srvgg } from '../../../../src/engine/checkpoints/architectures/srvgg.ts';
import type { FloatTensor, LoadedModel } from '../../../../src/engine/onnx/loaded-model.ts';
import { parseFace } from '../../../../src/engine/steps/parse-face.ts';
import { upscalePhoto } from '../../../../src/engine/steps/upscale-photo.ts';
import { withConverted } from '../../../helpers/convert-network.ts';
import { goldenFolders, readGolden } from '../../../helpers/golden-network.ts';
import { psnr, waves } from '../../../helpers/test-pictures.ts';

/** The network of a golden as a step sees it. */
async function withModel(
  architecture: Architecture,
  fixture: string,
  use: (model: LoadedModel) => Promise<void>,
): Promise<void> {
  const { checkpoint } = await readGolden(goldenFolders(fixture)[0] ?? '');
  let contract: ModelFile['contract'] = { interface: 'none' };
  let graphName = '';
  await withConverted(
    checkpoint,
    async (folder) => {
      const converted = await architecture.convert(checkpoint, folder);
      contract = converted.contract;
      graphName = converted.artefacts[0] ?? '';
    },
    async (open) => {
      const graph = await open(graphName);
      const file = { modelId: fixture, sha256: '0'.repeat(64), path: 'none', contract } as ModelFile;
      await use({
        file,
        inputNames: [],
        outputNames: [],
        inputDims: {},
        run: async (feeds) => {
          const answers = await graph.run(feeds as Parameters<typeof graph.run>[0]);
          return Object.fromEntries(
            Object.entries(answers).map(([name, tensor]): [string, FloatTensor] => [
              name,
              { type: 'float32', ...tensor },
            ]),
          );
        },
      });
    },
  );
}

describe('a converted parser', () => {
  it.each<[string, Architecture]>([
    ['parsenet', parsenet],
    ['bisenet', bisenet],
  ])('%s makes a mask of a face', async (fixture, architecture) => {
    await withModel(architecture, fixture, async (model) => {
      const { widthPx, heightPx, data } = await parseFace(waves(512, 512), model);
      expect([widthPx, heightPx]).toEqual([512, 512]);
      expect(data.every((value) => value >= 0 && value <= 1.0001)).toBe(true);
    });
  });
});

describe('a converted upscaler', () => {
  it.each<[string, Architecture, number]>([
    ['rrdbnet-x1', rrdbnet, 1],
    ['rrdbnet-x2', rrdbnet, 2],
    ['rrdbnet-x4', rrdbnet, 4],
    ['srvgg-x2', srvgg, 2],
  ])(
    '%s gives the same picture in tiles as in one piece, odd sides and all',
    async (fixture, architecture, scale) => {
      await withModel(architecture, fixture, async (model) => {
        const photo = waves(201, 139, 5);
        const signal = new AbortController().signal;
        const whole = await upscalePhoto(photo, model, { signal, freeBytes: 8e9 });
        const tiled = await upscalePhoto(photo, model, { signal, tilePx: 64 });
        expect([whole.widthPx, whole.heightPx]).toEqual([201 * scale, 139 * scale]);
        expect(psnr(tiled, whole)).toBeGreaterThan(60);
      });
    },
  );
});
