// Between 8 and 16 bits per sample, rounding to the nearest.
import type { Samples } from './split-alpha.ts';

/** 65535 is 255 * 257, so each 8-bit value is exactly one 16-bit value. */
export function toBytes(samples: Samples): Uint8Array {
  if (samples instanceof Uint8Array) return samples;
  const bytes = new Uint8Array(samples.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = ((samples[index] ?? 0) + 128) / 257;
  return bytes;
}

export function toWords(samples: Samples): Uint16Array {
  if (samples instanceof Uint16Array) return samples;
  const words = new Uint16Array(samples.length);
  for (let index = 0; index < words.length; index += 1) words[index] = (samples[index] ?? 0) * 257;
  return words;
}
