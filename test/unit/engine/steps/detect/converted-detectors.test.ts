// Detectors that came out of the converter, read by the detection step. Weights are random: shapes and places count.
import { describe, expect, it } from 'vitest';
import type { ModelFile } from '#shared/contract/model-file.ts';
import type { Architecture } from '../../../../../src/engine/checkpoints/architecture.ts';
import {
  retinafaceMobilenet,
  retinafaceResnet50,
} from '../../../../../src/engine/checkpoints/architectures/retinaface.ts';
import {
  yolov5FaceLarge,
  yolov5FaceNano,
} from '../../../../../src/engine/checkpoints/architectures/yolov5-face.ts';
import type { FloatTensor, LoadedModel } from '../../../../../src/engine/onnx/loaded-model.ts';
import { chooseDetector } from '../../../../../src/engine/steps/detect/choose-detector.ts';
import { decodeYolov5face } from '../../../../../src/engine/steps/detect/yoloface.ts';
import { withConverted } from '../../../../helpers/convert-network.ts';
import { goldenFolders, randomFloats, readGolden } from '../../../../helpers/golden-network.ts';

const sidePx = 128;

describe.each<[string, Architecture]>([
  ['retinaface-resnet50', retinafaceResnet50],
  ['retinaface-mobilenet', retinafaceMobilenet],
  ['yolov5l-face', yolov5FaceLarge],
  ['yolov5n-face', yolov5FaceNano],
])('%s', (fixture, architecture) => {
  it('answers in the shapes its detector reads', async () => {
    const { checkpoint } = await readGolden(goldenFolders(fixture)[0] ?? '');
    let contract: ModelFile['contract'] = { interface: 'none' };
    let graphName = '';
    await withConverted(
      checkpoint,
      async (folder) => {
        const converted = await architecture.convert(checkpoint, folder);
        contract = { ...converted.contract, inputSidePx: sidePx };
        graphName = converted.artefacts[0] ?? '';
      },
      async (open) => {
        const file = { modelId: fixture, sha256: '0'.repeat(64), path: '', contract } as ModelFile;
        const model = { file, inputNames: [], outputNames: [], inputDims: {} } as unknown as LoadedModel;
        const detector = chooseDetector(model);
        const dims = [1, 3, detector.tileSidePx, detector.tileSidePx];
        const data = randomFloats({ dims, seed: 7, low: 0, high: 1 });
        const answers = await (await open(graphName)).run({ [detector.inputName]: { dims, data } });
        const outputs = Object.fromEntries(
          Object.entries(answers).map(([name, tensor]) => [name, { type: 'float32', ...tensor }]),
        ) as Record<string, FloatTensor>;
        for (const { box, score } of detector.decode(outputs)) {
          expect(score).toBeGreaterThanOrEqual(detector.possibleScore);
          expect(Number.isFinite(box.x + box.y + box.width + box.height)).toBe(true);
        }
      },
    );
  });
});

describe('decodeYolov5face', () => {
  it('reads one row per anchor', () => {
    const row = [50, 60, 20, 30, 0.9, 45, 52, 55, 52, 50, 60, 46, 68, 54, 68, 0.8];
    const answer: FloatTensor = {
      type: 'float32',
      dims: [1, 2, 16],
      data: Float32Array.from([...row.with(4, 0.1), ...row]),
    };
    const [face, ...others] = decodeYolov5face(answer, 0.3);
    expect(others).toEqual([]);
    expect(face?.box).toEqual({ x: 40, y: 45, width: 20, height: 30 });
    expect(face?.score).toBeCloseTo(0.72, 5);
    expect(face?.landmarks).toEqual([
      [45, 52],
      [55, 52],
      [50, 60],
      [46, 68],
      [54, 68],
    ]);
  });
});
