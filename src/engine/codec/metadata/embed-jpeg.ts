// Puts metadata into a JPEG: JFIF density, APP1 EXIF and XMP, APP13 IPTC, APP2 ICC. Pixels are not touched.
import { createHash } from 'node:crypto';
import type { CodecLog } from '../decode-photo.ts';
import { photoshopFromIptc } from './iptc-datasets.ts';
import type { MetadataBlocks } from './metadata-blocks.ts';
import { element, writeXml } from './xml-tree.ts';
import { ns } from './xmp-namespaces.ts';
import { wrapPacket } from './xmp-packet.ts';

/** A segment's 16-bit length counts itself. */
const largestPayload = 65_533;
const xmpMark = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const extensionMark = Buffer.from('http://ns.adobe.com/xmp/extension/\0', 'latin1');

/** `jpeg` as an encoder wrote it without metadata. Pieces to be written one after the other. */
export function embedInJpeg(jpeg: Uint8Array, blocks: MetadataBlocks, log: CodecLog): Uint8Array[] {
  const pieces: Uint8Array[] = [jpeg.subarray(0, 2), jfifSegment(blocks.densityPpi)];
  if (blocks.exifBlock !== null) {
    const payload = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), blocks.exifBlock]);
    if (payload.length <= largestPayload) pieces.push(...segment(0xe1, payload));
    else log('warn', `EXIF of ${payload.length} bytes does not fit into a JPEG and was left out`);
  }
  if (blocks.xmp !== null) pieces.push(...xmpSegments(blocks.xmp));
  if (blocks.iptc !== null) {
    const payload = Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), photoshopFromIptc(blocks.iptc)]);
    if (payload.length <= largestPayload) pieces.push(...segment(0xed, payload));
    else log('warn', `IPTC of ${payload.length} bytes does not fit into a JPEG and was left out`);
  }
  if (blocks.iccProfile !== null) pieces.push(...iccSegments(blocks.iccProfile));
  pieces.push(jpeg.subarray(endOfJfif(jpeg)));
  return pieces;
}

function segment(marker: number, payload: Uint8Array): Uint8Array[] {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return [head, payload];
}

function jfifSegment(densityPpi: number | null): Uint8Array {
  const density = densityPpi === null ? 1 : Math.min(65_535, Math.max(1, Math.round(densityPpi)));
  const bytes = Buffer.from([
    0xff,
    0xe0,
    0,
    16,
    0x4a,
    0x46,
    0x49,
    0x46,
    0,
    1,
    1,
    densityPpi === null ? 0 : 1,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
  bytes.writeUInt16BE(density, 12);
  bytes.writeUInt16BE(density, 14);
  return bytes;
}

/** Where the encoder's own APP0 ends, or the end of SOI when it wrote none. */
function endOfJfif(jpeg: Uint8Array): number {
  const isJfif = jpeg[2] === 0xff && jpeg[3] === 0xe0;
  return isJfif ? 4 + (((jpeg[4] ?? 0) << 8) | (jpeg[5] ?? 0)) : 2;
}

/** A packet too long for one segment goes into extension segments, named by their MD5 (XMP specification part 3, 1.1.3.1). */
function xmpSegments(packet: Uint8Array): Uint8Array[] {
  if (packet.length + xmpMark.length <= largestPayload) {
    return segment(0xe1, Buffer.concat([xmpMark, packet]));
  }
  const extended = Buffer.from(
    new TextDecoder()
      .decode(packet)
      .replace(/<\?xpacket[^>]*\?>/g, '')
      .trim(),
    'utf8',
  );
  const digest = createHash('md5').update(extended).digest('hex').toUpperCase();
  const pointer = element('x:xmpmeta', { 'xmlns:x': ns.adobeMeta }, [
    element('rdf:RDF', { 'xmlns:rdf': ns.rdf }, [
      element('rdf:Description', {
        'rdf:about': '',
        'xmlns:xmpNote': ns.xmpNote,
        'xmpNote:HasExtendedXMP': digest,
      }),
    ]),
  ]);
  const pieces = segment(0xe1, Buffer.concat([xmpMark, wrapPacket(writeXml(pointer))]));
  const chunkBytes = 65_400;
  for (let at = 0; at < extended.length; at += chunkBytes) {
    const place = Buffer.alloc(8);
    place.writeUInt32BE(extended.length, 0);
    place.writeUInt32BE(at, 4);
    const chunk = extended.subarray(at, at + chunkBytes);
    pieces.push(
      ...segment(0xe1, Buffer.concat([extensionMark, Buffer.from(digest, 'latin1'), place, chunk])),
    );
  }
  return pieces;
}

/** ICC.1:2022 annex B.4: numbered chunks. */
function iccSegments(profile: Uint8Array): Uint8Array[] {
  const chunkBytes = largestPayload - 14;
  const count = Math.ceil(profile.length / chunkBytes);
  const pieces: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) {
    const mark = Buffer.from('ICC_PROFILE\0\0\0', 'latin1');
    mark[12] = index + 1;
    mark[13] = count;
    const chunk = profile.subarray(index * chunkBytes, (index + 1) * chunkBytes);
    pieces.push(...segment(0xe2, Buffer.concat([mark, chunk])));
  }
  return pieces;
}
