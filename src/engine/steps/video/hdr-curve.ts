// What a network that knows ordinary pictures is shown of a film with light beyond white, and the way back to that film.
// Pure; runs in the engine process. Tables, because each frame asks for millions of powers.
import { blankRaster, type Raster, setSample } from '../../pixels/raster.ts';

export interface HdrCurve {
  /** Samples of the film (BT.2020, PQ or HLG, 16 bit) as an ordinary picture: BT.709 primaries, sRGB curve, 16 bit. */
  toStandard(picture: Raster): Raster;
  /**
   * The film's own samples with what became of the ordinary picture: what differs between `shown` (as toStandard gave it)
   * and `restored` (16 bit) is added as light, so that what an ordinary picture cannot hold stays as it is in `original`.
   */
  fromStandard(original: Raster, shown: Raster, restored: Raster): Raster;
}

export function hdrCurveOf(hdr: 'none' | 'pq' | 'hlg'): HdrCurve | null {
  if (hdr === 'none') return null;
  curves[hdr] ??= makeCurve(hdr);
  return curves[hdr];
}

const curves: { pq?: HdrCurve; hlg?: HdrCurve } = {};
const largest = 65535;

/** Light of the film's white, in cd/m2 (ITU-R BT.2408). Light is counted in it from here on. */
const whiteOfPq = 203;
/** Scene light of the same white in HLG: 75 % of the signal (ITU-R BT.2408). */
const whiteOfHlg = 0.265;

/** SMPTE ST 2084. */
const pq = { m1: 2610 / 16384, m2: 2523 / 32, c1: 3424 / 4096, c2: 2413 / 128, c3: 2392 / 128 };
/** ITU-R BT.2100, table 5. */
const hlgA = 0.17883277;
const hlgB = 1 - 4 * hlgA;
const hlgC = 0.5 - hlgA * Math.log(4 * hlgA);
/** HLG says what the camera saw, ordinary pictures mean what a screen shows of it: the OOTF of the same table. */
const hlgGamma = 1.2;

function lightOfPq(signal: number): number {
  const root = signal ** (1 / pq.m2);
  return (10000 / whiteOfPq) * (Math.max(0, root - pq.c1) / (pq.c2 - pq.c3 * root)) ** (1 / pq.m1);
}

function pqOfLight(light: number): number {
  const power = Math.max(0, (light * whiteOfPq) / 10000) ** pq.m1;
  return ((pq.c1 + pq.c2 * power) / (1 + pq.c3 * power)) ** pq.m2;
}

function lightOfHlg(signal: number): number {
  const scene = signal <= 0.5 ? (signal * signal) / 3 : (Math.exp((signal - hlgC) / hlgA) + hlgB) / 12;
  return (scene / whiteOfHlg) ** hlgGamma;
}

function hlgOfLight(light: number): number {
  const scene = Math.max(0, light) ** (1 / hlgGamma) * whiteOfHlg;
  return scene <= 1 / 12 ? Math.sqrt(3 * scene) : hlgA * Math.log(12 * scene - hlgB) + hlgC;
}

/** Up to here light stays as it is; what is brighter shares the rest of the range, ever more tightly. */
const knee = 0.8;

function compressed(light: number): number {
  const over = light - knee;
  return over <= 0 ? light : knee + (1 - knee) * (1 - Math.exp(-over / (1 - knee)));
}

function expanded(value: number): number {
  const over = (value - knee) / (1 - knee);
  // 16-bit samples tell no more apart up there.
  return over <= 0 ? value : knee - (1 - knee) * Math.log(1 - Math.min(over, 0.9999));
}

/** IEC 61966-2-1. */
function srgbOf(value: number): number {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}

function linearOf(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Light of BT.2020 primaries as light of BT.709's, and back (ITU-R BT.2087). */
const toNarrow = [
  [1.6605, -0.5876, -0.0728],
  [-0.1246, 1.1329, -0.0083],
  [-0.0182, -0.1006, 1.1187],
] as const;
const toWide = inverse(toNarrow);

type Matrix = readonly (readonly [number, number, number])[];

/** Computed, so that the way there and back gives the same light. */
function inverse(matrix: Matrix): Matrix {
  const [[a, b, c], [d, e, f], [g, h, i]] = matrix as [
    readonly [number, number, number],
    readonly [number, number, number],
    readonly [number, number, number],
  ];
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const determinant = a * A + b * B + c * C;
  const divided = (...row: [number, number, number]) =>
    [row[0] / determinant, row[1] / determinant, row[2] / determinant] as const;
  return [
    divided(A, c * h - b * i, b * f - c * e),
    divided(B, a * i - c * g, c * d - a * f),
    divided(C, b * g - a * h, a * e - b * d),
  ];
}

/** A rising function of light 0..mostLight, read at its fourth root: dark tones get as many entries as they need. */
class LightTable {
  readonly #values: Float32Array;
  readonly #mostLight: number;

  constructor(mostLight: number, sampleOf: (light: number) => number) {
    this.#mostLight = mostLight;
    this.#values = Float32Array.from(
      { length: lightSteps + 2 },
      (_, step) => sampleOf(mostLight * (Math.min(step, lightSteps) / lightSteps) ** 4) * largest,
    );
  }

  at(light: number): number {
    if (!(light > 0)) return this.#values[0] as number;
    const place = Math.sqrt(Math.sqrt(Math.min(1, light / this.#mostLight))) * lightSteps;
    const step = place | 0;
    const value = this.#values[step] as number;
    return value + (place - step) * ((this.#values[step + 1] as number) - value);
  }
}

const lightSteps = 1 << 15;

function sampleTable(meaning: (share: number) => number): Float32Array {
  return Float32Array.from({ length: largest + 1 }, (_, sample) => meaning(sample / largest));
}

function makeCurve(hdr: 'pq' | 'hlg'): HdrCurve {
  const [lightOf, signalOf] = hdr === 'pq' ? [lightOfPq, pqOfLight] : [lightOfHlg, hlgOfLight];
  const lights = sampleTable(lightOf);
  const mostLight = lightOf(1);
  const signals = new LightTable(mostLight, signalOf);
  const standard = new LightTable(mostLight, (light) => srgbOf(compressed(light)));
  const standardLights = sampleTable((value) => expanded(linearOf(value)));
  const [n0, n1, n2] = toNarrow;
  const [w0, w1, w2] = toWide as [Matrix[number], Matrix[number], Matrix[number]];
  return {
    toStandard(picture) {
      const shown = blankRaster(picture.widthPx, picture.heightPx, picture);
      for (let at = 0; at < picture.data.length; at += 3) {
        const r = lights[picture.data[at] as number] as number;
        const g = lights[picture.data[at + 1] as number] as number;
        const b = lights[picture.data[at + 2] as number] as number;
        setSample(shown.data, at, standard.at(n0[0] * r + n0[1] * g + n0[2] * b), largest);
        setSample(shown.data, at + 1, standard.at(n1[0] * r + n1[1] * g + n1[2] * b), largest);
        setSample(shown.data, at + 2, standard.at(n2[0] * r + n2[1] * g + n2[2] * b), largest);
      }
      return shown;
    },
    fromStandard(original, shown, restored) {
      const film = blankRaster(original.widthPx, original.heightPx, original);
      const change = (at: number): number =>
        (standardLights[restored.data[at] as number] as number) -
        (standardLights[shown.data[at] as number] as number);
      for (let at = 0; at < original.data.length; at += 3) {
        const r = change(at);
        const g = change(at + 1);
        const b = change(at + 2);
        const red = lights[original.data[at] as number] as number;
        const green = lights[original.data[at + 1] as number] as number;
        const blue = lights[original.data[at + 2] as number] as number;
        setSample(film.data, at, signals.at(red + w0[0] * r + w0[1] * g + w0[2] * b), largest);
        setSample(film.data, at + 1, signals.at(green + w1[0] * r + w1[1] * g + w1[2] * b), largest);
        setSample(film.data, at + 2, signals.at(blue + w2[0] * r + w2[1] * g + w2[2] * b), largest);
      }
      return film;
    },
  };
}
