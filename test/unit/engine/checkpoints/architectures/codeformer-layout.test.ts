import { describe, expect, it } from 'vitest';
import { codeFormerShapes, randomCheckpoint } from '../../../../../bench/codeformer/random-checkpoint.ts';
import { codeFormer } from '../../../../../src/engine/checkpoints/architectures/codeformer.ts';
import { betweenTensors } from '../../../../../src/engine/checkpoints/architectures/codeformer-graphs.ts';
import {
  codeFormerLayout,
  codeFormerVariant,
} from '../../../../../src/engine/checkpoints/architectures/codeformer-layout.ts';
import type { TensorTable } from '../../../../../src/engine/checkpoints/checkpoint.ts';

/** The table of the released file, changed as told. */
function table(change?: (shapes: Map<string, readonly number[]>) => void): TensorTable {
  const shapes = new Map(codeFormerShapes());
  change?.(shapes);
  return randomCheckpoint(shapes).tensors;
}

function withoutFusionAt256(shapes: Map<string, readonly number[]>): void {
  for (const name of [...shapes.keys()]) if (name.startsWith('fuse_convs_dict.256.')) shapes.delete(name);
}

describe('the layout of a CodeFormer checkpoint', () => {
  it('has as many tensors and numbers as the released file', () => {
    const tensors = table();
    const elements = [...tensors.values()].reduce(
      (sum, { dims }) => sum + dims.reduce((product, size) => product * size, 1),
      0,
    );
    expect(tensors.size).toBe(515);
    expect(elements).toBe(94_112_707);
  });

  it('finds blocks, taps and fusions where the authors put them', () => {
    const layout = codeFormerLayout(table());
    expect(layout).toMatchObject({
      sidePx: 512,
      gridSide: 16,
      codes: 1024,
      codeWidth: 256,
      transformerLayers: 9,
    });
    expect(layout.encoder).toHaveLength(25);
    expect(layout.generator).toHaveLength(25);
    expect(
      layout.fusions.map(({ sidePx, channels, encoderBlock, generatorBlock }) => [
        sidePx,
        channels,
        encoderBlock,
        generatorBlock,
      ]),
    ).toEqual([
      [32, 256, 14, 9],
      [64, 256, 11, 12],
      [128, 128, 8, 15],
      [256, 128, 5, 18],
    ]);
    expect(betweenTensors(layout).map(({ name }) => name)).toEqual([
      'base',
      'residual',
      ...[64, 128, 256].flatMap((side) => [`features${side}`, `shortcut${side}`]),
    ]);
  });

  it('tells the three released networks apart by shape', () => {
    expect(codeFormerVariant(codeFormerLayout(table()))).toBe('restoration');
    expect(codeFormerVariant(codeFormerLayout(table(withoutFusionAt256)))).toBe('colourisation');
    const inpainting = table((shapes) => {
      withoutFusionAt256(shapes);
      shapes.set('quantize.embedding.weight', [512, 256]);
      shapes.set('idx_pred_layer.1.weight', [512, 512]);
    });
    expect(codeFormerVariant(codeFormerLayout(inpainting))).toBe('inpainting');
  });

  it('refuses what contradicts itself', () => {
    expect(codeFormer.recognises(table())).toBe(true);
    expect(codeFormer.recognises(new Map())).toBe(false);
    const noSquare = table((shapes) => shapes.set('position_emb', [255, 512]));
    expect(() => codeFormerLayout(noSquare)).toThrow(/not a square/);
    const shortGenerator = table((shapes) => {
      for (const name of [...shapes.keys()]) if (name.startsWith('generator.blocks.20.')) shapes.delete(name);
    });
    expect(() => codeFormerLayout(shortGenerator)).toThrow(/size of the input/);
    const strangeFusion = table((shapes) => shapes.set('fuse_convs_dict.48.shift.0.weight', [8, 8, 3, 3]));
    expect(() => codeFormerLayout(strangeFusion)).toThrow(/has no place/);
  });
});
