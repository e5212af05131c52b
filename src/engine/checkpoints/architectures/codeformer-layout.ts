// What a CodeFormer checkpoint says of its own structure: blocks, picture sizes, fusions, variant. Engine process.
// Nothing is assumed about widths and depths, so reduced networks are read by the same code.
import type { TensorTable } from '../checkpoint.ts';

export type BlockKind = 'convolution' | 'residual' | 'attention' | 'down' | 'up' | 'norm';

export interface Block {
  /** Prefix of its tensors, such as "encoder.blocks.5". */
  readonly name: string;
  readonly kind: BlockKind;
  /** Of the picture this block answers with. */
  readonly sidePx: number;
}

export interface Fusion {
  /** Prefix of its tensors, such as "fuse_convs_dict.64". */
  readonly name: string;
  readonly sidePx: number;
  readonly channels: number;
  /** Indices of the blocks whose answers meet in it. */
  readonly encoderBlock: number;
  readonly generatorBlock: number;
}

/** restoration: w is the person's. colourisation: w = 0, no fusion. inpainting: w = 1, the code's statistics as they are. */
export type CodeFormerVariant = 'restoration' | 'colourisation' | 'inpainting';

export interface CodeFormerLayout {
  readonly sidePx: number;
  /** Side of the grid of codes: 16. */
  readonly gridSide: number;
  readonly codes: number;
  readonly codeWidth: number;
  readonly transformerLayers: number;
  readonly encoder: readonly Block[];
  readonly generator: readonly Block[];
  /** From small to large. */
  readonly fusions: readonly Fusion[];
}

/** Throws RangeError where keys or shapes contradict each other. */
export function codeFormerLayout(tensors: TensorTable): CodeFormerLayout {
  const dims = (name: string) => tensors.get(name)?.dims ?? refuse(`${name} is missing`);
  const [tokens = 0] = dims('position_emb');
  const gridSide = Math.sqrt(tokens);
  if (!Number.isInteger(gridSide)) refuse(`${tokens} tokens are not a square`);
  const kinds = blockKinds(tensors, 'encoder');
  const sidePx = gridSide << kinds.filter((kind) => kind === 'down').length;
  const encoder = placeBlocks('encoder', kinds, sidePx);
  const generator = placeBlocks('generator', blockKinds(tensors, 'generator'), gridSide);
  if (generator.at(-1)?.sidePx !== sidePx) refuse('the generator does not answer at the size of the input');
  const [codes = 0, codeWidth = 0] = dims('quantize.embedding.weight');
  return {
    sidePx,
    gridSide,
    codes,
    codeWidth,
    transformerLayers: countFrom((index) => tensors.has(`ft_layers.${index}.linear1.weight`)),
    encoder,
    generator,
    fusions: placeFusions(tensors, encoder, generator),
  };
}

/**
 * The released files tell themselves apart by shape alone (models.json, differences between the checkpoints): only
 * restoration fuses up to half the picture's size; of the other two, inpainting has the codebook of 512.
 */
export function codeFormerVariant({ sidePx, codes, fusions }: CodeFormerLayout): CodeFormerVariant {
  if (fusions.some((fusion) => fusion.sidePx * 2 === sidePx)) return 'restoration';
  return codes <= 512 ? 'inpainting' : 'colourisation';
}

function blockKinds(tensors: TensorTable, part: 'encoder' | 'generator'): BlockKind[] {
  const kinds: BlockKind[] = [];
  for (let index = 0; ; index += 1) {
    const name = `${part}.blocks.${index}`;
    const own = tensors.get(`${name}.weight`);
    if (own !== undefined) kinds.push(own.dims.length === 1 ? 'norm' : 'convolution');
    else if (tensors.has(`${name}.conv1.weight`)) kinds.push('residual');
    else if (tensors.has(`${name}.q.weight`)) kinds.push('attention');
    else if (tensors.has(`${name}.conv.weight`)) kinds.push(part === 'encoder' ? 'down' : 'up');
    else return kinds;
  }
}

function placeBlocks(part: string, kinds: readonly BlockKind[], startPx: number): Block[] {
  let sidePx = startPx;
  return kinds.map((kind, index) => {
    if (kind === 'down') sidePx /= 2;
    if (kind === 'up') sidePx *= 2;
    return { name: `${part}.blocks.${index}`, kind, sidePx };
  });
}

/** The encoder is tapped just before it shrinks the picture, the generator just after its first block at a size. */
function placeFusions(
  tensors: TensorTable,
  encoder: readonly Block[],
  generator: readonly Block[],
): Fusion[] {
  const sizes = new Set<number>();
  for (const name of tensors.keys()) {
    const size = /^fuse_convs_dict\.(\d+)\./.exec(name)?.[1];
    if (size !== undefined) sizes.add(Number(size));
  }
  return [...sizes]
    .sort((left, right) => left - right)
    .map((sidePx) => {
      const name = `fuse_convs_dict.${sidePx}`;
      const encoderBlock =
        encoder.findIndex((block) => block.kind === 'down' && block.sidePx * 2 === sidePx) - 1;
      const generatorBlock =
        generator.findIndex((block) => block.kind === 'up' && block.sidePx === sidePx) + 1;
      const channels = tensors.get(`${name}.shift.0.weight`)?.dims[1];
      if (encoderBlock < 0 || generatorBlock < 1 || channels === undefined)
        return refuse(`a fusion at ${sidePx} pixels has no place`);
      return { name, sidePx, channels, encoderBlock, generatorBlock };
    });
}

function countFrom(has: (index: number) => boolean): number {
  let index = 0;
  while (has(index)) index += 1;
  return index;
}

function refuse(cause: string): never {
  throw new RangeError(`not a CodeFormer: ${cause}`);
}
