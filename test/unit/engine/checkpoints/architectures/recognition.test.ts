// Every official layout is recognised by one architecture and by no other.
import { describe, expect, it } from 'vitest';
import { knownArchitectures } from '../../../../../src/engine/checkpoints/known-architectures.ts';
import { goldenFolders, readGolden } from '../../../../helpers/golden-network.ts';

const ids: Record<string, string> = {
  'retinaface-resnet50': 'retinaface-resnet50',
  'retinaface-mobilenet': 'retinaface-mobilenet0.25',
  'yolov5l-face': 'yolov5l-face',
  'yolov5n-face': 'yolov5n-face',
  parsenet: 'parsenet',
  bisenet: 'bisenet',
  'rrdbnet-x1': 'rrdbnet',
  'rrdbnet-x2': 'rrdbnet',
  'rrdbnet-x4': 'rrdbnet',
  'srvgg-general': 'srvgg',
  gfpgan: 'gfpgan',
  restoreformer: 'restoreformer',
};

describe.each(Object.entries(ids))('%s', (fixture, id) => {
  it(`is known as ${id} alone`, async () => {
    const { checkpoint } = await readGolden(goldenFolders(fixture)[0] ?? '');
    const known = knownArchitectures.filter(({ recognises }) => recognises(checkpoint.tensors));
    expect(known.map((architecture) => architecture.id)).toEqual([id]);
  });

  it('is unknown where a tensor that tells is missing', async () => {
    const { checkpoint } = await readGolden(goldenFolders(fixture)[0] ?? '');
    const names = [...checkpoint.tensors.keys()];
    const half = new Map([...checkpoint.tensors].slice(0, Math.floor(names.length / 3)));
    expect(knownArchitectures.filter(({ recognises }) => recognises(half))).toEqual([]);
  });
});
