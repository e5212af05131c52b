// The icon containers, read back as a system reads them.
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { icnsOf, icoOf } from '../../../scripts/make-icons.ts';

it('ICO: each entry points at its own picture; 256 is written as 0', () => {
  const pictures = [16, 48, 256].map((sidePx) => ({ sidePx, png: randomBytes(sidePx) }));
  const ico = icoOf(pictures);
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, 3]);
  pictures.forEach(({ sidePx, png }, index) => {
    const entry = 6 + 16 * index;
    expect(ico.readUInt8(entry)).toBe(sidePx === 256 ? 0 : sidePx);
    const byteSize = ico.readUInt32LE(entry + 8);
    const offset = ico.readUInt32LE(entry + 12);
    expect(ico.subarray(offset, offset + byteSize).equals(png)).toBe(true);
  });
});

it('ICNS: types and lengths lead through to the end', () => {
  const pictures = ['ic07', 'ic09'].map((type, index) => ({ type, png: randomBytes(100 + index) }));
  const icns = icnsOf(pictures);
  expect(icns.toString('ascii', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  let offset = 8;
  for (const { type, png } of pictures) {
    expect(icns.toString('ascii', offset, offset + 4)).toBe(type);
    const byteSize = icns.readUInt32BE(offset + 4);
    expect(icns.subarray(offset + 8, offset + byteSize).equals(png)).toBe(true);
    offset += byteSize;
  }
  expect(offset).toBe(icns.length);
});
