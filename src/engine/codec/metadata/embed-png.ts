// Puts metadata into a PNG: iCCP, pHYs, eXIf, iTXt XMP, and IPTC as the raw profile ImageMagick and ExifTool read.
import { crc32, deflateSync } from 'node:zlib';
import { photoshopFromIptc } from './iptc-datasets.ts';
import type { MetadataBlocks } from './metadata-blocks.ts';

/** Signature and IHDR, which always come first. */
const headBytes = 8 + 25;

/** `png` as an encoder wrote it without metadata. */
export function embedInPng(png: Uint8Array, blocks: MetadataBlocks): Uint8Array[] {
  const pieces: Uint8Array[] = [png.subarray(0, headBytes)];
  const latin = (text: string) => Buffer.from(text, 'latin1');
  if (blocks.iccProfile !== null) {
    pieces.push(chunk('iCCP', latin('ICC Profile\0\0'), deflateSync(blocks.iccProfile)));
  }
  if (blocks.densityPpi !== null) {
    const physical = Buffer.alloc(9);
    const perMetre = Math.round(blocks.densityPpi / 0.0254);
    physical.writeUInt32BE(perMetre, 0);
    physical.writeUInt32BE(perMetre, 4);
    physical[8] = 1;
    pieces.push(chunk('pHYs', physical));
  }
  if (blocks.exifBlock !== null) pieces.push(chunk('eXIf', blocks.exifBlock));
  // Keyword, no compression, no language, no translated keyword.
  if (blocks.xmp !== null) pieces.push(chunk('iTXt', latin('XML:com.adobe.xmp\0\0\0\0\0'), blocks.xmp));
  if (blocks.iptc !== null) {
    const hex = Buffer.from(photoshopFromIptc(blocks.iptc)).toString('hex').replace(/.{72}/g, '$&\n');
    const text = `\niptc\n${String(photoshopFromIptc(blocks.iptc).length).padStart(8)}\n${hex}\n`;
    pieces.push(chunk('zTXt', latin('Raw profile type iptc\0\0'), deflateSync(latin(text))));
  }
  const replaced = new Set(['iCCP', 'pHYs', 'eXIf', 'sRGB', 'iTXt']);
  let at = headBytes;
  const view = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  // Of what the encoder put before the pixels, all but its own metadata stays.
  while (at + 12 <= view.length) {
    const name = view.toString('latin1', at + 4, at + 8);
    if (name === 'IDAT') break;
    const end = at + 12 + view.readUInt32BE(at);
    if (!replaced.has(name)) pieces.push(view.subarray(at, end));
    at = end;
  }
  pieces.push(view.subarray(at));
  return pieces;
}

function chunk(name: string, ...data: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), ...data]);
  const bytes = Buffer.alloc(body.length + 8);
  bytes.writeUInt32BE(body.length - 4, 0);
  body.copy(bytes, 4);
  bytes.writeUInt32BE(crc32(body), body.length + 4);
  return bytes;
}
