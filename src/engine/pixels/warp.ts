// Resampling through an affine matrix. Runs in the engine process.
// For turning and moderate scaling: it reads 2x2 or 4x4 samples, so a strong reduction must be prefiltered (resize.ts).
import { type AffineMatrix, invertAffine } from './affine-matrix.ts';
import { cubicPhases, phaseCount } from './cubic-weights.ts';
import { blankRaster, maxSample, type Raster, setSample } from './raster.ts';

export interface WarpOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Colour outside the source, in its own sample range; `edge` repeats the nearest sample. */
  readonly outside: readonly [number, number, number] | 'edge';
  readonly interpolation?: 'bilinear' | 'bicubic';
}

/**
 * `sourceToOutput` maps source pixels to output pixels, centres at integers. Same sample depth as the source.
 * A matrix that cannot be inverted gives a picture of the outside colour.
 */
export function warpAffine(source: Raster, sourceToOutput: AffineMatrix, options: WarpOptions): Raster {
  const output = blankRaster(options.widthPx, options.heightPx, source);
  const toSource = invertAffine(sourceToOutput);
  if (options.interpolation === 'bicubic') warpBicubic(source, toSource, output, options.outside);
  else warpBilinear(source, toSource, output, options.outside);
  return output;
}

/** Outside samples take part in the mean, as OpenCV's constant border does: the rim is one pixel of ramp. */
function warpBilinear(
  source: Raster,
  toSource: AffineMatrix | null,
  output: Raster,
  outside: WarpOptions['outside'],
): void {
  const { widthPx, heightPx, data } = source;
  const repeat = outside === 'edge';
  const fill = repeat ? ([0, 0, 0] as const) : outside;
  const right = widthPx - 1;
  const bottom = heightPx - 1;
  const [a, b, tx, c, d, ty] = toSource ?? [0, 0, -9, 0, 0, -9];
  const target = output.data;
  let at = 0;
  for (let row = 0; row < output.heightPx; row++) {
    for (let column = 0; column < output.widthPx; column++, at += 3) {
      let x = a * column + b * row + tx;
      let y = c * column + d * row + ty;
      if (repeat) {
        x = Math.min(Math.max(x, 0), right);
        y = Math.min(Math.max(y, 0), bottom);
      } else if (!(x > -1 && y > -1 && x < widthPx && y < heightPx)) {
        target[at] = fill[0];
        target[at + 1] = fill[1];
        target[at + 2] = fill[2];
        continue;
      }
      const left = Math.floor(x);
      const top = Math.floor(y);
      const u = x - left;
      const v = y - top;
      if (left >= 0 && top >= 0 && left < right && top < bottom) {
        const upper = (top * widthPx + left) * 3;
        const lower = upper + widthPx * 3;
        for (let channel = 0; channel < 3; channel++) {
          const north = data[upper + channel] as number;
          const south = data[lower + channel] as number;
          const onTop = north + u * ((data[upper + channel + 3] as number) - north);
          const below = south + u * ((data[lower + channel + 3] as number) - south);
          target[at + channel] = onTop + v * (below - onTop) + 0.5;
        }
        continue;
      }
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let corner = 0; corner < 4; corner++) {
          let sx = left + (corner & 1);
          let sy = top + (corner >> 1);
          const weight = (corner & 1 ? u : 1 - u) * (corner >> 1 ? v : 1 - v);
          const isOutside = sx < 0 || sy < 0 || sx > right || sy > bottom;
          if (isOutside && repeat) {
            sx = Math.min(Math.max(sx, 0), right);
            sy = Math.min(Math.max(sy, 0), bottom);
          }
          const sample =
            isOutside && !repeat
              ? (fill[channel] as number)
              : (data[(sy * widthPx + sx) * 3 + channel] as number);
          sum += weight * sample;
        }
        target[at + channel] = sum + 0.5;
      }
    }
  }
}

function warpBicubic(
  source: Raster,
  toSource: AffineMatrix | null,
  output: Raster,
  outside: WarpOptions['outside'],
): void {
  const { widthPx, heightPx, data } = source;
  const repeat = outside === 'edge';
  const fill = repeat ? ([0, 0, 0] as const) : outside;
  const limit = maxSample(source);
  const phases = cubicPhases;
  const [a, b, tx, c, d, ty] = toSource ?? [0, 0, -9, 0, 0, -9];
  const target = output.data;
  let at = 0;
  for (let row = 0; row < output.heightPx; row++) {
    for (let column = 0; column < output.widthPx; column++, at += 3) {
      let x = a * column + b * row + tx;
      let y = c * column + d * row + ty;
      if (repeat) {
        x = Math.min(Math.max(x, 0), widthPx - 1);
        y = Math.min(Math.max(y, 0), heightPx - 1);
      } else if (!(x > -2 && y > -2 && x < widthPx + 1 && y < heightPx + 1)) {
        target[at] = fill[0];
        target[at + 1] = fill[1];
        target[at + 2] = fill[2];
        continue;
      }
      const left = Math.floor(x);
      const top = Math.floor(y);
      const phaseX = Math.round((x - left) * phaseCount) * 4;
      const phaseY = Math.round((y - top) * phaseCount) * 4;
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let j = 0; j < 4; j++) {
          let sy = top - 1 + j;
          const rowOutside = sy < 0 || sy >= heightPx;
          sy = sy < 0 ? 0 : sy >= heightPx ? heightPx - 1 : sy;
          let line = 0;
          for (let i = 0; i < 4; i++) {
            let sx = left - 1 + i;
            const isOutside = rowOutside || sx < 0 || sx >= widthPx;
            sx = sx < 0 ? 0 : sx >= widthPx ? widthPx - 1 : sx;
            const sample =
              isOutside && !repeat
                ? (fill[channel] as number)
                : (data[(sy * widthPx + sx) * 3 + channel] as number);
            line += (phases[phaseX + i] as number) * sample;
          }
          sum += (phases[phaseY + j] as number) * line;
        }
        setSample(target, at + channel, sum, limit);
      }
    }
  }
}
