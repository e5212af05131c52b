import { describe, expect, it } from 'vitest';
import {
  rasterToTensor,
  type SampleRange,
  tensorToRaster,
} from '../../../../src/engine/onnx/raster-tensor.ts';
import { noise, paint } from '../../../helpers/test-pictures.ts';

const ranges: [SampleRange, number, number][] = [
  ['minus-one-to-one', -1, 1],
  ['zero-to-one', 0, 1],
  ['raw', 0, 255],
  ['detector-128', -0.99609375, 0.99609375],
  ['imagenet', -0.485 / 0.229, (1 - 0.485) / 0.229],
  ['caffe-mean', -123, 132],
];

describe('rasterToTensor', () => {
  it.each(ranges)('maps black and white red samples to the ends of %s', (range, black, white) => {
    const picture = paint(2, 1, (x) => [x, 0, 0]);
    const tensor = rasterToTensor(picture, { range, colour: 'rgb' });
    expect(tensor.dims).toEqual([1, 3, 1, 2]);
    expect(tensor.data[0]).toBeCloseTo(black, 5);
    expect(tensor.data[1]).toBeCloseTo(white, 5);
  });

  it('puts the planes in the order asked for', () => {
    const picture = paint(1, 1, () => [1, 0.4, 0]);
    expect([...rasterToTensor(picture, { range: 'raw', colour: 'rgb' }).data]).toEqual([255, 102, 0]);
    expect([...rasterToTensor(picture, { range: 'raw', colour: 'bgr' }).data]).toEqual([0, 102, 255]);
  });

  it.each(ranges)('comes back exactly from %s at 8 and 16 bit, in both orders', (range) => {
    for (const bits of [8, 16] as const) {
      for (const colour of ['rgb', 'bgr'] as const) {
        const picture = noise(17, 9, 3, bits);
        const back = tensorToRaster(rasterToTensor(picture, { range, colour }), { range, colour }, bits);
        expect(back).toEqual(picture);
      }
    }
  });

  it('clips what a network overshoots', () => {
    const tensor = { type: 'float32', data: Float32Array.of(-3, 0, 3), dims: [1, 3, 1, 1] } as const;
    expect([...tensorToRaster(tensor, { range: 'minus-one-to-one', colour: 'rgb' }).data]).toEqual([
      0, 128, 255,
    ]);
  });
});
