// The soft square that keeps a pasted face inside its crop, as a formula. Runs in the engine process.
//
// The official way draws a square of ones, warps it onto the whole canvas, erodes it twice and blurs it. A square
// eroded by an upright square is still a rectangle with the same turn, and a Gaussian blur does not know directions,
// so the result is a product of two curves, one along each side of the crop. Nothing has to be drawn.
import { type AffineMatrix, scaleOfAffine } from '../../pixels/affine-matrix.ts';
import { gaussianKernel } from '../../pixels/gaussian-blur.ts';
import { clipToPicture, polygonArea, transformedCorners } from '../../pixels/quadrilateral.ts';
import { makeSoftStep } from './soft-step.ts';

export interface SquareMask {
  /** Mask factor by position along the crop's x side: `across[round((u + 1) * stepsPerPx)]`, u in aligned pixels. */
  readonly across: Float32Array;
  readonly down: Float32Array;
  readonly stepsPerPx: number;
  /** Outside of these positions (aligned pixels) the mask is zero. */
  readonly support: { left: number; right: number; top: number; bottom: number };
  /** e: the width of erosion and of half the blur, in canvas pixels. */
  readonly edgePx: number;
}

export interface SquareMaskInput {
  readonly alignedToCanvas: AffineMatrix;
  readonly alignedSizePx: number;
  readonly canvasWidthPx: number;
  readonly canvasHeightPx: number;
  /** Canvas over photo. */
  readonly scale: number;
  /** Aligned pixels the edge moves outwards (negative: inwards); it gets harder rather than leave the crop. */
  readonly expandPx: number;
  /** Aligned pixels by which the soft edge grows inwards. */
  readonly featherPx: number;
}

const stepsPerPx = 8;

/** An even erosion window is lopsided: on one side the blur may reach this many canvas pixels beyond the crop, to be cut off. */
const lopsidedPx = 1;

/** Erosion by (2 x scale), then by 2e, Gaussian 2e + 1, where e is a twentieth of the root of the mask's area. */
export function makeSquareMask(input: SquareMaskInput): SquareMask {
  const { alignedToCanvas, alignedSizePx: size } = input;
  const zoom = scaleOfAffine(alignedToCanvas);
  // Unit vectors of the crop's sides on the canvas; a square window reaches differently far along each.
  const [a, b, , c, d] = alignedToCanvas;
  const sides = [
    [a / zoom, c / zoom],
    [b / zoom, d / zoom],
  ] as const;

  const first = Math.max(1, Math.floor(2 * input.scale));
  const once = sides.map(([x, y]) => reachOfSquare(x, y, first));
  const area = areaOnCanvas(input, once, zoom);
  const edgePx = Math.floor(Math.sqrt(area) / 20);
  const second = 2 * edgePx;
  const blur = gaussianKernel(2 * edgePx + 1);
  // The warped square's own rim is a ramp one aligned pixel wide; its variance adds to the blur's.
  const blurVariance = blur.reduce((sum, weight, i) => sum + weight * (i - edgePx) ** 2, 0);
  const feather = Math.max(0, input.featherPx) * zoom;
  const blurSigma = Math.sqrt(blurVariance + zoom ** 2 / 12);
  // The blur's kernel ends after e samples; so does the edge's softness, this many deviations from its middle.
  const reach = Math.min((edgePx + zoom / 2 + 0.5) / blurSigma, 3.3);
  const sigma = blurSigma + feather / reach;

  const curves = sides.map(([x, y], side) => {
    const eroded = once[side] ?? { start: 0, end: 0 };
    const again = second > 0 ? reachOfSquare(x, y, second) : { start: 0, end: 0 };
    // Distances of the edges' middles from the crop's own edges, in canvas pixels.
    const shift = { sigma, reach, feather, expand: input.expandPx * zoom };
    const near = shiftEdge(eroded.start + again.start, shift);
    const far = shiftEdge(eroded.end + again.end, shift);
    return makeCurve(
      { middle: -0.5 + near.inset / zoom, sigma: near.sigma / zoom },
      { middle: size - 0.5 - far.inset / zoom, sigma: far.sigma / zoom },
      reach,
      size,
    );
  });
  const [across, down] = curves as [Curve, Curve];
  return {
    across: across.values,
    down: down.values,
    stepsPerPx,
    support: { left: across.from, right: across.to, top: down.from, bottom: down.to },
    edgePx,
  };
}

/** How far a square window of `sidePx` (anchor at side / 2) moves the two ends of the mask along (x, y). */
function reachOfSquare(x: number, y: number, sidePx: number): { start: number; end: number } {
  const before = sidePx >> 1;
  const after = sidePx - 1 - before;
  const most = (value: number) => Math.max(-before * value, after * value);
  return { start: most(-x) + most(-y), end: most(x) + most(y) };
}

/** Area of the once-eroded square on the canvas; what lies outside the canvas does not count. */
function areaOnCanvas(
  input: SquareMaskInput,
  once: readonly { start: number; end: number }[],
  zoom: number,
): number {
  const [x, y] = once as [{ start: number; end: number }, { start: number; end: number }];
  const near = (reach: number) => -0.5 + reach / zoom;
  const far = (reach: number) => input.alignedSizePx - 0.5 - reach / zoom;
  if (far(x.end) <= near(x.start) || far(y.end) <= near(y.start)) return 0;
  const corners = transformedCorners(
    input.alignedToCanvas,
    [near(x.start), near(y.start)],
    [far(x.end), far(y.end)],
  );
  return polygonArea(clipToPicture(corners, input.canvasWidthPx, input.canvasHeightPx));
}

/** Growing may use up this part of the edge's distance from the crop: a rest of softness always remains. */
const mostGrowth = 0.75;

/**
 * The edge's middle moved by feather and expansion, all in canvas pixels. An edge that would reach beyond the crop
 * becomes harder instead.
 */
function shiftEdge(
  inset: number,
  { sigma, reach, feather, expand }: { sigma: number; reach: number; feather: number; expand: number },
) {
  const natural = Math.max(inset, 1) + feather;
  const moved = Math.max(natural - expand, natural * (1 - mostGrowth));
  return { inset: moved, sigma: Math.min(sigma, (moved + lopsidedPx) / reach) };
}

interface Edge {
  /** Where the mask is one half, in aligned pixels. */
  readonly middle: number;
  readonly sigma: number;
}

interface Curve {
  readonly values: Float32Array;
  readonly from: number;
  readonly to: number;
}

/** A plateau between two soft edges, tabled from -1 to size in aligned pixels. */
function makeCurve(near: Edge, far: Edge, reach: number, size: number): Curve {
  const softStep = makeSoftStep(reach);
  const values = new Float32Array((size + 1) * stepsPerPx + 2);
  for (let at = 0; at < values.length; at++) {
    const u = at / stepsPerPx - 1;
    const risen = softStep((u - near.middle) / near.sigma);
    const left = softStep((far.middle - u) / far.sigma);
    values[at] = Math.max(0, risen + left - 1);
  }
  return {
    values,
    from: Math.max(-0.5, near.middle - reach * near.sigma),
    to: Math.min(size - 0.5, far.middle + reach * far.sigma),
  };
}
