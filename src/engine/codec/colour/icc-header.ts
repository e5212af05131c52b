// The fixed part of an ICC profile (ICC.1:2022, 7.2) and its tag table: enough to tell a sound profile from a broken one.

export type IccColourSpace = 'RGB ' | 'GRAY' | 'CMYK' | 'Lab ';

export interface IccHeader {
  readonly colourSpace: string;
  /** 'XYZ ' or 'Lab '. */
  readonly connectionSpace: string;
}

/** Null when these bytes are not a profile: wrong signature, truncated, or a tag outside it. */
export function readIccHeader(profile: Uint8Array): IccHeader | null {
  if (profile.length < 132) return null;
  const bytes = asBuffer(profile);
  if (bytes.toString('latin1', 36, 40) !== 'acsp') return null;
  if (bytes.readUInt32BE(0) > profile.length) return null;
  const tagCount = bytes.readUInt32BE(128);
  if (tagCount === 0 || tagCount > 1000 || 132 + tagCount * 12 > profile.length) return null;
  for (let index = 0; index < tagCount; index += 1) {
    const at = 132 + index * 12;
    if (bytes.readUInt32BE(at + 4) + bytes.readUInt32BE(at + 8) > profile.length) return null;
  }
  return {
    colourSpace: bytes.toString('latin1', 16, 20),
    connectionSpace: bytes.toString('latin1', 20, 24),
  };
}

/** The data of a tag of a profile that `readIccHeader` accepted, or null. */
export function iccTag(profile: Uint8Array, signature: string): Buffer | null {
  const bytes = asBuffer(profile);
  const tagCount = bytes.readUInt32BE(128);
  for (let index = 0; index < tagCount; index += 1) {
    const at = 132 + index * 12;
    if (bytes.toString('latin1', at, at + 4) !== signature) continue;
    const offset = bytes.readUInt32BE(at + 4);
    return bytes.subarray(offset, offset + bytes.readUInt32BE(at + 8));
  }
  return null;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
