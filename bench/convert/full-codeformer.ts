// The tensors of a full-size CodeFormer with random weights: names and shapes as the authors' checkpoint has them.
import { seededRandom } from '../../test/helpers/seeded-random.ts';
import type { TensorToWrite } from '../../test/helpers/write-checkpoint.ts';

/** r: residual block to that many channels, a: attention, d: halving, u: doubling. Widths as in the paper's network. */
const encoderPlan = 'r64 r64 d r128 r128 d r128 r128 d r256 r256 d r256 r256 d r512 a r512 a r512 a r512';
const generatorPlan = 'r512 a r512 r512 a r512 a u r256 r256 u r256 r256 u r128 r128 u r128 r128 u r64 r64';
const fusions = [
  [32, 512, 256],
  [64, 512, 256],
  [128, 256, 128],
  [256, 256, 128],
] as const;
const transformerLayers = 9;
const transformerWidth = 512;
const codes = 1024;
const codeWidth = 256;

type Shape = readonly [name: string, dims: readonly number[]];

/** About 377 MB. Blocks of fusion keep their channels as in the published file. */
export function fullCodeFormer(seed: number): TensorToWrite[] {
  const random = seededRandom(seed);
  return shapes().map(([name, dims]) => ({ name, dims, values: () => randomValues(dims, random) }));
}

function shapes(): Shape[] {
  const layer = (name: string, dims: readonly number[]): Shape[] => [
    [`${name}.weight`, dims],
    [`${name}.bias`, [dims[0] as number]],
  ];
  const residual = (name: string, from: number, to: number): Shape[] => [
    ...layer(`${name}.norm1`, [from]),
    ...layer(`${name}.conv1`, [to, from, 3, 3]),
    ...layer(`${name}.norm2`, [to]),
    ...layer(`${name}.conv2`, [to, to, 3, 3]),
    ...(from === to ? [] : layer(`${name}.conv_out`, [to, from, 1, 1])),
  ];
  const blocks = (part: string, plan: string, ends: readonly [number, number, number]): Shape[] => {
    const [input, first, output] = ends;
    const found = layer(`${part}.blocks.0`, [first, input, 3, 3]);
    let width = first;
    let index = 1;
    for (const step of plan.split(' ')) {
      const name = `${part}.blocks.${index++}`;
      if (step.startsWith('r')) {
        const to = Number(step.slice(1));
        found.push(...residual(name, width, to));
        width = to;
      } else if (step === 'a') {
        found.push(...layer(`${name}.norm`, [width]));
        for (const one of ['q', 'k', 'v', 'proj_out'])
          found.push(...layer(`${name}.${one}`, [width, width, 1, 1]));
      } else found.push(...layer(`${name}.conv`, [width, width, 3, 3]));
    }
    found.push(...layer(`${part}.blocks.${index}`, [width]));
    found.push(...layer(`${part}.blocks.${index + 1}`, [output, width, 3, 3]));
    return found;
  };
  const transformer = (name: string): Shape[] => [
    [`${name}.self_attn.in_proj_weight`, [3 * transformerWidth, transformerWidth]],
    [`${name}.self_attn.in_proj_bias`, [3 * transformerWidth]],
    ...layer(`${name}.self_attn.out_proj`, [transformerWidth, transformerWidth]),
    ...layer(`${name}.linear1`, [2 * transformerWidth, transformerWidth]),
    ...layer(`${name}.linear2`, [transformerWidth, 2 * transformerWidth]),
    ...layer(`${name}.norm1`, [transformerWidth]),
    ...layer(`${name}.norm2`, [transformerWidth]),
  ];
  return [
    ['position_emb', [256, transformerWidth]],
    ...blocks('encoder', encoderPlan, [3, 64, codeWidth]),
    ['quantize.embedding.weight', [codes, codeWidth]],
    ...blocks('generator', generatorPlan, [codeWidth, 512, 3]),
    ...layer('feat_emb', [transformerWidth, codeWidth]),
    ...Array.from({ length: transformerLayers }, (_, index) => transformer(`ft_layers.${index}`)).flat(),
    ...layer('idx_pred_layer.0', [transformerWidth]),
    ['idx_pred_layer.1.weight', [codes, transformerWidth]],
    ...fusions.flatMap(([side, from, to]) => [
      ...residual(`fuse_convs_dict.${side}.encode_enc`, from, to),
      ...['scale.0', 'scale.2', 'shift.0', 'shift.2'].flatMap((one) =>
        layer(`fuse_convs_dict.${side}.${one}`, [to, to, 3, 3]),
      ),
    ]),
  ];
}

function randomValues(dims: readonly number[], random: () => number): Float32Array {
  const values = new Float32Array(dims.reduce((product, size) => product * size, 1));
  // Small enough that no signal explodes on its way through; its size changes no time.
  for (let index = 0; index < values.length; index += 1) values[index] = (random() - 0.5) / 16;
  return values;
}
