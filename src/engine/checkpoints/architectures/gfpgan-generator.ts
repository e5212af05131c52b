// GFPGAN's generator: StyleGAN2 from 4 × 4 pixels up, half of its features steered by the U-net's. Engine process.
import { double } from '../layers/bilinear.ts';
import { modulatedColours, modulatedConvolution } from '../layers/modulated-convolution.ts';
import { leakyRelu } from '../layers/rectifiers.ts';
import type { NetworkWriter } from '../network-writer.ts';
import type { OnnxValue } from '../onnx-graph-writer.ts';

/** What the U-net says at one size: features become features · scale + shift. */
export interface Condition {
  readonly scale: OnnxValue;
  readonly shift: OnnxValue;
  /** All of the generator's at that size, or their second half. */
  readonly channels: number;
}

const prefix = 'stylegan_decoder';
const slope = 0.2;
/** The published weights were trained with a scaled rectifier; the "clean" network multiplies before it instead. */
const gain = Math.SQRT2;

/** `latents` are n × 1 × width, one per layer; `conditions` from the smallest size on. */
export async function generate(
  network: NetworkWriter,
  latents: OnnxValue,
  conditions: readonly Condition[],
): Promise<OnnxValue> {
  const latent = (index: number) =>
    network.node('Gather', [
      latents,
      network.graph.constant({ type: 'int64', data: BigInt64Array.of(BigInt(index)), dims: [] }),
    ]);
  const start = await network.weight(`${prefix}.constant_input.weight`);
  let features = await styleConvolution(network, start, latent(0), 'style_conv1', 0);
  let picture = await colours(network, features, latent(1), 'to_rgb1');
  for (const [size, condition] of conditions.entries()) {
    const first = 2 * size;
    features = await styleConvolution(
      network,
      features,
      latent(first + 1),
      `style_convs.${first}`,
      first + 1,
      (value) => double(network, value),
    );
    features = steer(network, features, condition, channelsOf(network, first));
    features = await styleConvolution(
      network,
      features,
      latent(first + 2),
      `style_convs.${first + 1}`,
      first + 2,
    );
    const drawn = await colours(network, features, latent(first + 3), `to_rgbs.${size}`);
    picture = network.node('Add', [drawn, double(network, picture)]);
  }
  return picture;
}

function channelsOf(network: NetworkWriter, index: number): number {
  return network.dims(`${prefix}.style_convs.${index}.modulated_conv.weight`)[1] as number;
}

/** `noiseIndex` of the stored noise, one number per pixel for all channels. */
async function styleConvolution(
  network: NetworkWriter,
  input: OnnxValue,
  latent: OnnxValue,
  name: string,
  noiseIndex: number,
  resize?: (value: OnnxValue) => OnnxValue,
): Promise<OnnxValue> {
  const answer = await modulatedConvolution(network, input, latent, `${prefix}.${name}.modulated_conv`, {
    gain,
    ...(resize === undefined ? {} : { resize }),
  });
  const [strength = 0] = await network.floats(`${prefix}.${name}.weight`);
  const noiseName = `${prefix}.noises.noise${noiseIndex}`;
  const noise = (await network.floats(noiseName)).map((value) => value * strength);
  const noisy = network.node('Add', [answer, await network.constant(noise, network.dims(noiseName))]);
  const biased = network.node('Add', [noisy, await network.weight(`${prefix}.${name}.bias`)]);
  return leakyRelu(network, biased, slope);
}

function steer(
  network: NetworkWriter,
  features: OnnxValue,
  { scale, shift, channels }: Condition,
  all: number,
): OnnxValue {
  const steered = (value: OnnxValue) => network.node('Add', [network.node('Mul', [value, scale]), shift]);
  if (channels === all) return steered(features);
  const [same, half] = network.graph.nodes(
    'Split',
    [features, network.graph.integers([all - channels, channels])],
    2,
    { axis: { int: 1 } },
  ) as [OnnxValue, OnnxValue];
  return network.node('Concat', [same, steered(half)], { axis: { int: 1 } });
}

async function colours(
  network: NetworkWriter,
  features: OnnxValue,
  latent: OnnxValue,
  name: string,
): Promise<OnnxValue> {
  const drawn = await modulatedColours(network, features, latent, `${prefix}.${name}.modulated_conv`);
  return network.node('Add', [drawn, await network.weight(`${prefix}.${name}.bias`)]);
}
