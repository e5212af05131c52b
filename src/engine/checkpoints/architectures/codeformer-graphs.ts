// CodeFormer's graphs: everything before w, everything after it, and the whole in one for networks without a choice.
// Engine process. The cut lies after the first generator block that meets a fusion: all before it, the first fusion
// included, is the same for every w.
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';
import { runBlocks } from './codeformer-blocks.ts';
import { type FusionHalf, fusionHalf, fusionResidual } from './codeformer-fusion.ts';
import type { Block, CodeFormerLayout, Fusion } from './codeformer-layout.ts';
import { predictedCodes } from './codeformer-transformer.ts';

/** Names of the tensors that travel from encode to decode, apart from one pair per later fusion. */
export const baseName = 'base';
export const residualName = 'residual';
export const fidelityName = 'fidelity';
export const imageName = 'image';
export const faceName = 'face';

export interface BetweenTensor {
  readonly name: string;
  readonly dims: readonly number[];
}

/** What encode answers and decode reads, in order. */
export function betweenTensors(layout: CodeFormerLayout): BetweenTensor[] {
  const [first, ...later] = layout.fusions as [Fusion, ...Fusion[]];
  return [
    { name: baseName, dims: dimsOf(first) },
    { name: residualName, dims: dimsOf(first) },
    ...later.flatMap((fusion) => halfNames(fusion).map((name) => ({ name, dims: dimsOf(fusion) }))),
  ];
}

const halfNames = ({ sidePx }: Fusion): [string, string] => [`features${sidePx}`, `shortcut${sidePx}`];
const dimsOf = ({ channels, sidePx }: Fusion): number[] => [1, channels, sidePx, sidePx];
const pictureDims = ({ sidePx }: CodeFormerLayout): number[] => [1, 3, sidePx, sidePx];

/** image (RGB, -1..1) → the tensors of `betweenTensors`. */
export async function writeEncode(network: NetworkWriter, layout: CodeFormerLayout): Promise<void> {
  const [first, ...later] = layout.fusions as [Fusion, ...Fusion[]];
  const { codes, halves } = await encodeFace(network, layout, true);
  const base = await runBlocks(network, codes, layout.generator.slice(0, first.generatorBlock + 1));
  const residual = await fusionResidual(network, first, halfOf(halves, first), base);
  network.output(base, baseName, dimsOf(first));
  network.output(residual, residualName, dimsOf(first));
  for (const fusion of later) {
    const half = halfOf(halves, fusion);
    const [features, shortcut] = halfNames(fusion);
    network.output(half.first, features, dimsOf(fusion));
    network.output(half.shortcut, shortcut, dimsOf(fusion));
  }
}

/** The tensors of `betweenTensors` and fidelity (one number, 0..1.3) → face (RGB, about -1..1). */
export async function writeDecode(network: NetworkWriter, layout: CodeFormerLayout): Promise<void> {
  const [first, ...later] = layout.fusions as [Fusion, ...Fusion[]];
  const base = network.input(baseName, dimsOf(first));
  const residual = network.input(residualName, dimsOf(first));
  const halves = new Map<number, FusionHalf>();
  for (const fusion of later) {
    const [features, shortcut] = halfNames(fusion);
    halves.set(fusion.sidePx, {
      first: network.input(features, dimsOf(fusion)),
      shortcut: network.input(shortcut, dimsOf(fusion)),
    });
  }
  const fidelity = network.input(fidelityName, [1]);
  const fused = addResidual(network, base, residual, fidelity);
  const face = await generate(network, layout, fused, first.generatorBlock + 1, halves, fidelity);
  network.output(face, faceName, pictureDims(layout));
}

/** base → face at w = 0, without anything fusion needs. */
export async function writeDecodeWithoutFusion(
  network: NetworkWriter,
  layout: CodeFormerLayout,
): Promise<void> {
  const first = layout.fusions[0] as Fusion;
  const base = network.input(baseName, dimsOf(first));
  const face = await generate(network, layout, base, first.generatorBlock + 1, new Map(), null);
  network.output(face, faceName, pictureDims(layout));
}

/** image → face in one graph: w is 0 or 1 for good. */
export async function writeWhole(
  network: NetworkWriter,
  layout: CodeFormerLayout,
  options: { readonly matchStatistics: boolean; readonly withFusion: boolean },
): Promise<void> {
  const { codes, halves } = await encodeFace(network, layout, options.matchStatistics, options.withFusion);
  const face = await generate(network, layout, codes, 0, halves, null);
  network.output(face, faceName, pictureDims(layout));
}

async function encodeFace(
  network: NetworkWriter,
  layout: CodeFormerLayout,
  matchStatistics: boolean,
  withFusion = true,
): Promise<{ codes: OnnxValue; halves: Map<number, FusionHalf> }> {
  const image = network.input(imageName, pictureDims(layout));
  const halves = new Map<number, FusionHalf>();
  const encoded = await runBlocks(network, image, layout.encoder, async (block, answer) => {
    const fusion = withFusion
      ? layout.fusions.find(({ encoderBlock }) => layout.encoder[encoderBlock] === block)
      : undefined;
    if (fusion !== undefined) halves.set(fusion.sidePx, await fusionHalf(network, fusion, answer, 'encoder'));
    return answer;
  });
  return { codes: await predictedCodes(network, encoded, layout, matchStatistics), halves };
}

/** Generator blocks from `start` on. A fusion takes part where `halves` has its half; fidelity null is 1. */
async function generate(
  network: NetworkWriter,
  layout: CodeFormerLayout,
  input: OnnxValue,
  start: number,
  halves: ReadonlyMap<number, FusionHalf>,
  fidelity: OnnxValue | null,
): Promise<OnnxValue> {
  const fusionAfter = (block: Block) =>
    layout.fusions.find(({ generatorBlock }) => layout.generator[generatorBlock] === block);
  return runBlocks(network, input, layout.generator.slice(start), async (block, answer) => {
    const fusion = fusionAfter(block);
    const half = fusion === undefined ? undefined : halves.get(fusion.sidePx);
    if (fusion === undefined || half === undefined) return answer;
    return addResidual(network, answer, await fusionResidual(network, fusion, half, answer), fidelity);
  });
}

function addResidual(
  network: NetworkWriter,
  value: OnnxValue,
  residual: OnnxValue,
  fidelity: OnnxValue | null,
): OnnxValue {
  const weighted = fidelity === null ? residual : network.node('Mul', [residual, fidelity]);
  return network.node('Add', [value, weighted]);
}

function halfOf(halves: ReadonlyMap<number, FusionHalf>, { sidePx }: Fusion): FusionHalf {
  const half = halves.get(sidePx);
  if (half === undefined) throw new RangeError(`the encoder was not tapped at ${sidePx}`);
  return half;
}
