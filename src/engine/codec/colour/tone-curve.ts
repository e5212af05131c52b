// Tone curves: those an ICC profile holds, and sRGB's own. Pure functions of 0..1.

/** ICC `curv` and `para` types as a function of 0..1; null for others. */
export function readCurve(tag: Buffer): ((value: number) => number) | null {
  const type = tag.toString('latin1', 0, 4);
  if (type === 'curv' && tag.length >= 12) {
    const count = tag.readUInt32BE(8);
    if (count === 0) return (value) => value;
    if (tag.length < 12 + count * 2) return null;
    if (count === 1) {
      const gamma = tag.readUInt16BE(12) / 256;
      return (value) => value ** gamma;
    }
    const samples = Float64Array.from(
      { length: count },
      (_, index) => tag.readUInt16BE(12 + index * 2) / 65_535,
    );
    return (value) => {
      const position = value * (count - 1);
      const cell = Math.min(count - 2, Math.floor(position));
      const fraction = position - cell;
      return (samples[cell] ?? 0) * (1 - fraction) + (samples[cell + 1] ?? 0) * fraction;
    };
  }
  if (type === 'para' && tag.length >= 16) return readParametric(tag);
  return null;
}

/** ICC.1:2022 table 68: parameters g a b c d e f as far as the function type uses them. */
function readParametric(tag: Buffer): ((value: number) => number) | null {
  const kind = tag.readUInt16BE(8);
  const parameterCount = [1, 3, 4, 5, 7][kind];
  if (parameterCount === undefined || tag.length < 12 + parameterCount * 4) return null;
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from(
    { length: parameterCount },
    (_, index) => tag.readInt32BE(12 + index * 4) / 65_536,
  );
  const power = (value: number) => Math.max(0, a * value + b) ** g;
  switch (kind) {
    case 0:
      return (value) => value ** g;
    case 1:
      return (value) => (value >= -b / a ? power(value) : 0);
    case 2:
      return (value) => (value >= -b / a ? power(value) + c : c);
    case 3:
      return (value) => (value >= d ? power(value) : c * value);
    default:
      return (value) => (value >= d ? power(value) + e : c * value + f);
  }
}

/** IEC 61966-2-1, clipped to 0..1. */
export function srgbEncode(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}

export function srgbDecode(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
