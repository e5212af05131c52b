// ICC profiles made by code, for tests: matrix profiles of known spaces, gray curves, and a scanner profile that only
// leads out of its space. Colorants are the published ones, adapted to D50.

export type Triple = readonly [number, number, number];

export interface RgbSpace {
  /** Columns of the matrix to D50 XYZ. */
  readonly colorants: readonly [red: Triple, green: Triple, blue: Triple];
  /** Tone curve: the sRGB one, or a plain gamma. */
  readonly curve: 'srgb' | number;
}

export const srgbSpace: RgbSpace = {
  colorants: [
    [0.43607, 0.22249, 0.01392],
    [0.38515, 0.71687, 0.09708],
    [0.14307, 0.06061, 0.7141],
  ],
  curve: 'srgb',
};
export const displayP3: RgbSpace = {
  colorants: [
    [0.51512, 0.2412, -0.00105],
    [0.29198, 0.69225, 0.04189],
    [0.1571, 0.06657, 0.78407],
  ],
  curve: 'srgb',
};
export const adobeRgb: RgbSpace = {
  colorants: [
    [0.60974, 0.31111, 0.01947],
    [0.20528, 0.62567, 0.06087],
    [0.14919, 0.06322, 0.74457],
  ],
  curve: 2.19921875,
};

/** D50, the white of every profile connection space. */
const d50: Triple = [0.9642, 1, 0.8249];

export function matrixProfile(space: RgbSpace): Uint8Array {
  const curve = curveTag(space.curve);
  const [red, green, blue] = space.colorants;
  return profile('mntr', 'RGB ', 'XYZ ', {
    rXYZ: xyzTag(red),
    gXYZ: xyzTag(green),
    bXYZ: xyzTag(blue),
    rTRC: curve,
    gTRC: curve,
    bTRC: curve,
  });
}

export function grayProfile(gamma: number): Uint8Array {
  return profile('mntr', 'GRAY', 'XYZ ', { kTRC: curveTag(gamma) });
}

/** A scanner's table (A2B0, no B2A0) with the colours of `space`. */
export function scannerProfile(space: RgbSpace): Uint8Array {
  const side = 17;
  const table: number[] = [];
  for (let red = 0; red < side; red += 1) {
    for (let green = 0; green < side; green += 1) {
      for (let blue = 0; blue < side; blue += 1) {
        const [lightness, a, b] = labOf(
          toXyz(space, [red / (side - 1), green / (side - 1), blue / (side - 1)]),
        );
        // lut16Type's Lab: 100 is 0xFF00, and a and b count 256ths from -128.
        table.push((lightness / 100) * 0xff00, (a + 128) * 256, (b + 128) * 256);
      }
    }
  }
  const ends = [0, 65_535, 0, 65_535, 0, 65_535];
  const numbers = [2, 2, ...ends, ...table, ...ends];
  const lut = Buffer.alloc(48 + numbers.length * 2);
  lut.write('mft2', 0, 'latin1');
  lut.set([3, 3, side, 0], 8);
  for (const diagonal of [12, 28, 44]) lut.writeInt32BE(65_536, diagonal);
  numbers.forEach((value, index) => {
    lut.writeUInt16BE(Math.min(65_535, Math.max(0, Math.round(value))), 48 + index * 2);
  });
  return profile('scnr', 'RGB ', 'Lab ', { A2B0: lut });
}

/** Encoded RGB (0..1) of a space to D50 XYZ: the reference that lattices are measured against. */
export function toXyz(space: RgbSpace, rgb: Triple): Triple {
  const linear = rgb.map((value) => decode(space.curve, value));
  return [0, 1, 2].map((row) =>
    space.colorants.reduce((sum, column, index) => sum + (column[row] ?? 0) * (linear[index] ?? 0), 0),
  ) as unknown as Triple;
}

/** D50 XYZ to encoded RGB of a space, not clipped. */
export function fromXyz(space: RgbSpace, xyz: Triple): Triple {
  const inverse = invert(space.colorants);
  return [0, 1, 2].map((row) => {
    const linear = xyz.reduce((sum, value, index) => sum + (inverse[row]?.[index] ?? 0) * value, 0);
    return encode(space.curve, linear);
  }) as unknown as Triple;
}

function decode(curve: RgbSpace['curve'], value: number): number {
  if (curve !== 'srgb') return value ** curve;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function encode(curve: RgbSpace['curve'], linear: number): number {
  const sign = Math.sign(linear);
  const size = Math.abs(linear);
  if (curve !== 'srgb') return sign * size ** (1 / curve);
  return sign * (size <= 0.0031308 ? size * 12.92 : 1.055 * size ** (1 / 2.4) - 0.055);
}

function labOf(xyz: Triple): Triple {
  const [x, y, z] = xyz.map((value, index) => {
    const ratio = value / (d50[index] ?? 1);
    return ratio > 216 / 24_389 ? Math.cbrt(ratio) : (24_389 / 27 / 116) * ratio + 16 / 116;
  }) as unknown as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Inverse of the matrix whose columns are given, as rows. */
function invert(columns: readonly [Triple, Triple, Triple]): number[][] {
  const [[a, d, g], [b, e, h], [c, f, i]] = columns;
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [
    [e * i - f * h, c * h - b * i, b * f - c * e],
    [f * g - d * i, a * i - c * g, c * d - a * f],
    [d * h - e * g, b * g - a * h, a * e - b * d],
  ].map((row) => row.map((value) => value / determinant));
}

function profile(kind: string, space: string, connection: string, own: Record<string, Buffer>): Uint8Array {
  const tags: Record<string, Buffer> = {
    desc: textTag('Made for a test'),
    cprt: textTag('None'),
    wtpt: xyzTag(d50),
    ...own,
  };
  const names = Object.keys(tags);
  const head = Buffer.alloc(132 + names.length * 12);
  head[8] = 4;
  head[9] = 0x30;
  head.write(kind + space + connection, 12, 'latin1');
  head.write('acsp', 36, 'latin1');
  xyzTag(d50).copy(head, 68, 8);
  head.writeUInt32BE(names.length, 128);
  const pieces: Buffer[] = [head];
  let end = head.length;
  names.forEach((name, index) => {
    const data = tags[name] ?? Buffer.alloc(0);
    head.write(name, 132 + index * 12, 'latin1');
    head.writeUInt32BE(end, 136 + index * 12);
    head.writeUInt32BE(data.length, 140 + index * 12);
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
    pieces.push(padded);
    end += padded.length;
  });
  head.writeUInt32BE(end, 0);
  return Buffer.concat(pieces);
}

function xyzTag(values: Triple): Buffer {
  const tag = Buffer.alloc(20);
  tag.write('XYZ ', 0, 'latin1');
  values.forEach((value, index) => {
    tag.writeInt32BE(Math.round(value * 65_536), 8 + index * 4);
  });
  return tag;
}

function curveTag(curve: RgbSpace['curve']): Buffer {
  const parameters = curve === 'srgb' ? [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045] : [curve];
  const tag = Buffer.alloc(12 + parameters.length * 4);
  tag.write('para', 0, 'latin1');
  tag.writeUInt16BE(curve === 'srgb' ? 3 : 0, 8);
  parameters.forEach((value, index) => {
    tag.writeInt32BE(Math.round(value * 65_536), 12 + index * 4);
  });
  return tag;
}

function textTag(text: string): Buffer {
  const encoded = Buffer.from(text, 'utf16le').swap16();
  const tag = Buffer.alloc(28);
  tag.write('mluc', 0, 'latin1');
  tag.writeUInt32BE(1, 8);
  tag.writeUInt32BE(12, 12);
  tag.write('enUS', 16, 'latin1');
  tag.writeUInt32BE(encoded.length, 20);
  tag.writeUInt32BE(28, 24);
  return Buffer.concat([tag, encoded]);
}
