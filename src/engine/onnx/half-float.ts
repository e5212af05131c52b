// IEEE 754 half precision to and from single. Pure; used where a graph computes in float16.

let floatOfHalf: Float32Array | null = null;

/** Half-precision bit patterns as floats; infinities and NaN stay. Through a table of all 65,536 values (256 KB). */
export function halvesToFloats(halves: Uint16Array): Float32Array {
  floatOfHalf ??= Float32Array.from({ length: 65536 }, (_, bits) => halfToFloat(bits));
  const floats = new Float32Array(halves.length);
  for (let index = 0; index < halves.length; index += 1) {
    floats[index] = floatOfHalf[halves[index] as number] as number;
  }
  return floats;
}

/** Floats as half-precision bit patterns, rounded to nearest even; beyond 65,504 becomes infinity. */
export function floatsToHalves(floats: Float32Array): Uint16Array {
  const bitsOf = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  const halves = new Uint16Array(floats.length);
  for (let index = 0; index < floats.length; index += 1) halves[index] = halfOfBits(bitsOf[index] as number);
  return halves;
}

/** IEEE 754 binary16 to a number. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function halfOfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 255) return sign | (fraction === 0 ? 0x7c00 : 0x7e00);
  // Single precision counts exponents from 127, half from 15.
  const halfExponent = exponent - 112;
  if (halfExponent >= 31) return sign | 0x7c00;
  if (halfExponent > 0) return sign | roundToEven((halfExponent << 23) | fraction, 13);
  if (halfExponent < -10) return sign;
  // Too small for a normal half: the leading one becomes explicit and moves right.
  return sign | roundToEven(fraction | 0x800000, 14 - halfExponent);
}

/** Drops `count` low bits; a carry into the exponent is what rounding up to the next power of two means. */
function roundToEven(value: number, count: number): number {
  const kept = value >>> count;
  const dropped = value & ((1 << count) - 1);
  const half = 1 << (count - 1);
  return dropped > half || (dropped === half && (kept & 1) === 1) ? kept + 1 : kept;
}
