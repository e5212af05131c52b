// Pictures as network input and back: planes of floats (1 x 3 x height x width). Runs in the engine process.
import type { ModelContract } from '#shared/domain/model.ts';
import { maxSample, type Raster, setSample } from '../pixels/raster.ts';
import type { FloatTensor } from './loaded-model.ts';

export type SampleRange = NonNullable<ModelContract['range']>;

export interface TensorLayout {
  /** What 0 and 255 become; see modelContractSchema. */
  readonly range: SampleRange;
  /** Order of the three planes. */
  readonly colour: 'rgb' | 'bgr';
}

/** value = sample (0..255) * scale + offset, for red, green and blue. */
interface Scaling {
  readonly scale: readonly [number, number, number];
  readonly offset: readonly [number, number, number];
}

const imagenetMean = [0.485, 0.456, 0.406] as const;
const imagenetDeviation = [0.229, 0.224, 0.225] as const;
/** Mean colour of the pictures RetinaFace was trained on (RGB; the Caffe convention). */
const caffeMean = [123, 117, 104] as const;

const scalings: Record<SampleRange, Scaling> = {
  'minus-one-to-one': same(1 / 127.5, -1),
  'zero-to-one': same(1 / 255, 0),
  raw: same(1, 0),
  'detector-128': same(1 / 128, -127.5 / 128),
  imagenet: {
    scale: perChannel((i) => 1 / (255 * imagenetDeviation[i])),
    offset: perChannel((i) => -imagenetMean[i] / imagenetDeviation[i]),
  },
  'caffe-mean': { scale: [1, 1, 1], offset: perChannel((i) => -caffeMean[i]) },
};

function same(scale: number, offset: number): Scaling {
  return { scale: [scale, scale, scale], offset: [offset, offset, offset] };
}

function perChannel(value: (channel: 0 | 1 | 2) => number): [number, number, number] {
  return [value(0), value(1), value(2)];
}

/** Dims [1, 3, heightPx, widthPx]. 16-bit samples keep their fraction: they are scaled, not cut, to 0..255. */
export function rasterToTensor(raster: Raster, layout: TensorLayout): FloatTensor {
  const { widthPx, heightPx, data } = raster;
  const pixels = widthPx * heightPx;
  const values = new Float32Array(pixels * 3);
  const { scale, offset } = scalings[layout.range];
  const to255 = 255 / maxSample(raster);
  for (let channel = 0; channel < 3; channel++) {
    const factor = (scale[channel] as number) * to255;
    const shift = offset[channel] as number;
    let at = (layout.colour === 'rgb' ? channel : 2 - channel) * pixels;
    for (let from = channel; from < data.length; from += 3) {
      values[at++] = (data[from] as number) * factor + shift;
    }
  }
  return { type: 'float32', data: values, dims: [1, 3, heightPx, widthPx] };
}

/** The way back, clipped and rounded. `bits` 8 or 16. The tensor is [1, 3, height, width] or [3, height, width]. */
export function tensorToRaster(tensor: FloatTensor, layout: TensorLayout, bits: 8 | 16 = 8): Raster {
  const [channels, heightPx, widthPx] = tensor.dims.slice(-3);
  if (channels !== 3 || heightPx === undefined || widthPx === undefined) {
    throw new RangeError(`not a picture: [${tensor.dims.join(', ')}]`);
  }
  const pixels = widthPx * heightPx;
  const limit = bits === 16 ? 65535 : 255;
  const data = bits === 16 ? new Uint16Array(pixels * 3) : new Uint8Array(pixels * 3);
  const { scale, offset } = scalings[layout.range];
  for (let channel = 0; channel < 3; channel++) {
    const factor = limit / 255 / (scale[channel] as number);
    const shift = offset[channel] as number;
    let from = (layout.colour === 'rgb' ? channel : 2 - channel) * pixels;
    for (let at = channel; at < data.length; at += 3) {
      const value = ((tensor.data[from++] as number) - shift) * factor;
      setSample(data, at, value, limit);
    }
  }
  return { widthPx, heightPx, data };
}
