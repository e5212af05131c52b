// Colour for an aligned gray face: the network's colours on the photo's own light and shade. Engine process.
import type { LoadedModel } from '../onnx/loaded-model.ts';
import { maxSample, type Raster, setSample } from '../pixels/raster.ts';
import { restoreFace } from './restore-face.ts';

/** Shares of red, green and blue in luma (ITU-R BT.601), as the authors' pipeline weighs them. */
const lumaShares = [0.299, 0.587, 0.114] as const;

export interface ColouriseOptions {
  /** False: the network's picture as it is, which is what the authors' script writes. */
  readonly keepLuma: boolean;
  /** 0: gray, 1: the network's colours. Only with `keepLuma`. */
  readonly strength: number;
}

/**
 * @param alignedFace square of the model's side, sRGB, 8 or 16 bit; its own colours, if any, are not looked at.
 * @returns a raster of the same size; depth as the face with `keepLuma`, 8 bit without.
 * Errors: as restoreFace.
 */
export async function colouriseFace(
  alignedFace: Raster,
  model: LoadedModel,
  { keepLuma, strength }: ColouriseOptions,
): Promise<Raster> {
  const answer = await restoreFace(inGray(alignedFace), model, 0);
  return keepLuma ? withChromaOf(alignedFace, answer, strength) : answer;
}

/** Luma of `face`, chroma of `coloured` times `strength`. Equal sizes; depth as `face`. */
export function withChromaOf(face: Raster, coloured: Raster, strength: number): Raster {
  if (face.data.length !== coloured.data.length) throw new RangeError('the pictures differ in size');
  const white = maxSample(face);
  const toDepth = white / maxSample(coloured);
  const data = face.data.slice();
  for (let at = 0; at < data.length; at += 3) {
    const luma = lumaAt(face, at);
    const colouredLuma = lumaAt(coloured, at);
    for (let channel = at; channel < at + 3; channel += 1) {
      const chroma = ((coloured.data[channel] as number) - colouredLuma) * toDepth * strength;
      setSample(data, channel, luma + chroma, white);
    }
  }
  return { ...face, data };
}

function inGray(face: Raster): Raster {
  const data = face.data.slice();
  for (let at = 0; at < data.length; at += 3) data.fill(lumaAt(face, at) + 0.5, at, at + 3);
  return { ...face, data };
}

function lumaAt({ data }: Raster, at: number): number {
  const [red, green, blue] = lumaShares;
  return red * (data[at] as number) + green * (data[at + 1] as number) + blue * (data[at + 2] as number);
}
