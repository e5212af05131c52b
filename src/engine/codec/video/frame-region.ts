// A rectangle of a raw frame as RGB, and back. Runs in the engine process; plain arithmetic on typed arrays.
// Only what changed in RGB is written: pixels outside the faces keep their exact values, colour planes included.
import { type Raster, setSample } from '../../pixels/raster.ts';
import { chromaSteps, type FrameFormat } from './pixel-format.ts';

export interface Region {
  readonly left: number;
  readonly top: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Kr and Kb of ITU-R BT.601, BT.709 and BT.2020 (non-constant luminance). */
const lumaShares = {
  bt601: { red: 0.299, blue: 0.114 },
  bt709: { red: 0.2126, blue: 0.0722 },
  bt2020: { red: 0.2627, blue: 0.0593 },
} as const;

interface Scaling {
  /** Sample value of black and of no colour; steps from black to white and across the colour planes. */
  readonly black: number;
  readonly middle: number;
  readonly lumaSteps: number;
  readonly chromaSpan: number;
  readonly largest: number;
}

function scalingOf({ bits, isFullRange }: FrameFormat): Scaling {
  const unit = bits === 10 ? 4 : 1;
  const largest = bits === 10 ? 1023 : 255;
  return isFullRange
    ? { black: 0, middle: 128 * unit, lumaSteps: largest, chromaSpan: largest, largest }
    : { black: 16 * unit, middle: 128 * unit, lumaSteps: 219 * unit, chromaSpan: 224 * unit, largest };
}

/** Smallest region the frame can cut around `region`: clipped to the frame, sides on the grid of the colour planes. */
export function regionOnGrid(region: Region, format: FrameFormat): Region {
  const { across, down } = chromaSteps(format);
  const left = Math.max(0, Math.floor(region.left / across) * across);
  const top = Math.max(0, Math.floor(region.top / down) * down);
  const right = Math.min(format.widthPx, Math.ceil((region.left + region.widthPx) / across) * across);
  const bottom = Math.min(format.heightPx, Math.ceil((region.top + region.heightPx) / down) * down);
  return { left, top, widthPx: Math.max(0, right - left), heightPx: Math.max(0, bottom - top) };
}

/** `region` lies on the grid. 8-bit frames give 8-bit pictures, deeper ones 16-bit. */
export function readRegion(frame: Uint8Array, format: FrameFormat, region: Region): Raster {
  const samples = samplesOf(frame, format);
  const { widthPx, heightPx } = region;
  const length = widthPx * heightPx * 3;
  const data = format.bits === 8 ? new Uint8Array(length) : new Uint16Array(length);
  if (format.layout === 'rgb') {
    for (let row = 0; row < heightPx; row++) {
      const from = ((region.top + row) * format.widthPx + region.left) * 3;
      data.set(samples.subarray(from, from + widthPx * 3), row * widthPx * 3);
    }
    return { widthPx, heightPx, data };
  }
  const { across, down } = chromaSteps(format);
  const chromaWidth = format.widthPx / across;
  const bluePlane = format.widthPx * format.heightPx;
  const redPlane = bluePlane + chromaWidth * (format.heightPx / down);
  const { black, middle, lumaSteps, chromaSpan } = scalingOf(format);
  const { red, blue } = lumaShares[format.matrix];
  const green = 1 - red - blue;
  const limit = format.bits === 8 ? 255 : 65535;
  const lumaGain = limit / lumaSteps;
  const redGain = (2 * (1 - red) * limit) / chromaSpan;
  const blueGain = (2 * (1 - blue) * limit) / chromaSpan;
  const greenFromRed = (red * redGain) / green;
  const greenFromBlue = (blue * blueGain) / green;
  let at = 0;
  for (let row = 0; row < heightPx; row++) {
    const y = region.top + row;
    const lumaRow = y * format.widthPx + region.left;
    const chromaRow = ((y / down) | 0) * chromaWidth + region.left / across;
    for (let column = 0; column < widthPx; column++, at += 3) {
      const chromaAt = chromaRow + ((column / across) | 0);
      const luma = ((samples[lumaRow + column] as number) - black) * lumaGain;
      const toBlue = (samples[bluePlane + chromaAt] as number) - middle;
      const toRed = (samples[redPlane + chromaAt] as number) - middle;
      const r = luma + redGain * toRed;
      const g = luma - greenFromRed * toRed - greenFromBlue * toBlue;
      const b = luma + blueGain * toBlue;
      setSample(data, at, r, limit);
      setSample(data, at + 1, g, limit);
      setSample(data, at + 2, b, limit);
    }
  }
  return { widthPx, heightPx, data };
}

/**
 * Writes what differs between `before` (as readRegion gave it) and `after`. The difference is added to the frame's own
 * values, so that neither rounding nor colours that RGB cannot hold change what was not meant to change.
 */
export function writeRegion(
  frame: Uint8Array,
  format: FrameFormat,
  region: Region,
  before: Raster,
  after: Raster,
): void {
  const samples = samplesOf(frame, format);
  if (format.layout === 'rgb') {
    for (let row = 0; row < region.heightPx; row++) {
      const to = ((region.top + row) * format.widthPx + region.left) * 3;
      const from = row * region.widthPx * 3;
      samples.set(after.data.subarray(from, from + region.widthPx * 3), to);
    }
    return;
  }
  addDifference(samples, format, region, before, after);
}

function addDifference(
  samples: Uint8Array | Uint16Array,
  format: FrameFormat,
  { left, top, widthPx, heightPx }: Region,
  { data: old }: Raster,
  { data: fresh }: Raster,
): void {
  const { across, down } = chromaSteps(format);
  const chromaWidth = format.widthPx / across;
  const bluePlane = format.widthPx * format.heightPx;
  const redPlane = bluePlane + chromaWidth * (format.heightPx / down);
  const { lumaSteps, chromaSpan, largest } = scalingOf(format);
  const { red, blue } = lumaShares[format.matrix];
  const green = 1 - red - blue;
  const limit = format.bits === 8 ? 255 : 65535;
  const lumaGain = lumaSteps / limit;
  const blueGain = chromaSpan / (2 * (1 - blue) * limit * across * down);
  const redGain = chromaSpan / (2 * (1 - red) * limit * across * down);
  for (let row = 0; row < heightPx; row += down) {
    const chromaRow = ((top + row) / down) * chromaWidth + left / across;
    for (let column = 0; column < widthPx; column += across) {
      let blueDifference = 0;
      let redDifference = 0;
      for (let j = 0; j < down; j++) {
        for (let i = 0; i < across; i++) {
          const at = ((row + j) * widthPx + column + i) * 3;
          const r = (fresh[at] as number) - (old[at] as number);
          const g = (fresh[at + 1] as number) - (old[at + 1] as number);
          const b = (fresh[at + 2] as number) - (old[at + 2] as number);
          if (r === 0 && g === 0 && b === 0) continue;
          const luma = red * r + green * g + blue * b;
          blueDifference += b - luma;
          redDifference += r - luma;
          const lumaAt = (top + row + j) * format.widthPx + left + column + i;
          samples[lumaAt] = clipped((samples[lumaAt] as number) + luma * lumaGain, largest);
        }
      }
      if (blueDifference === 0 && redDifference === 0) continue;
      const chromaAt = chromaRow + column / across;
      const blueAt = bluePlane + chromaAt;
      const redAt = redPlane + chromaAt;
      samples[blueAt] = clipped((samples[blueAt] as number) + blueDifference * blueGain, largest);
      samples[redAt] = clipped((samples[redAt] as number) + redDifference * redGain, largest);
    }
  }
}

function clipped(value: number, largest: number): number {
  return value <= 0 ? 0 : value >= largest ? largest : Math.round(value);
}

/** Frames come from a pool of plain byte arrays, whose buffers start at an even address. */
function samplesOf(frame: Uint8Array, { bits }: FrameFormat): Uint8Array | Uint16Array {
  return bits === 8 ? frame : new Uint16Array(frame.buffer, frame.byteOffset, frame.byteLength >> 1);
}
