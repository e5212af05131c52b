// IPTC-IIM: finding it inside Photoshop's resource blocks, wrapping it again, and taking private fields out.

/** Resource id of IPTC-IIM in an "8BIM" block (Adobe Photoshop file format, image resources). */
const iptcResourceId = 0x0404;

/** The datasets inside an APP13 payload or a TIFF Photoshop tag; bare datasets are handed back; null when none. */
export function iptcFromPhotoshop(block: Uint8Array): Uint8Array | null {
  if (block[0] === 0x1c) return block;
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  let at = bytes.toString('latin1', 0, 13) === 'Photoshop 3.0' ? 14 : 0;
  while (at + 12 <= bytes.length && bytes.toString('latin1', at, at + 4) === '8BIM') {
    const id = bytes.readUInt16BE(at + 4);
    const nameLength = bytes[at + 6] ?? 0;
    // The Pascal string and the data are each padded to an even length.
    const sizeAt = at + 6 + ((nameLength + 2) & ~1);
    if (sizeAt + 4 > bytes.length) return null;
    const size = bytes.readUInt32BE(sizeAt);
    const dataAt = sizeAt + 4;
    if (dataAt + size > bytes.length) return null;
    if (id === iptcResourceId) return bytes.subarray(dataAt, dataAt + size);
    at = dataAt + size + (size & 1);
  }
  return null;
}

/** "8BIM" block with the datasets, as APP13 and ImageMagick's PNG profile hold it. */
export function photoshopFromIptc(iptc: Uint8Array): Uint8Array {
  const head = Buffer.alloc(12);
  head.write('8BIM', 0, 'latin1');
  head.writeUInt16BE(iptcResourceId, 4);
  head.writeUInt32BE(iptc.length, 8);
  return Buffer.concat([head, iptc, new Uint8Array(iptc.length & 1)]);
}

/**
 * Application record datasets `strip-private` removes (IPTC-IIM 4.2): content location 26/27, by-line 80 and its
 * title 85, city 90, sub-location 92, contact 118, caption writer 122. The copyright notice (116) stays: it says
 * what may be done with the photo.
 */
const privateDatasets: ReadonlySet<number> = new Set([26, 27, 80, 85, 90, 92, 118, 122]);

/** The datasets without people and places. Stops at the first byte that is not a dataset. */
export function withoutPrivateDatasets(iptc: Uint8Array): Uint8Array | null {
  const kept: Uint8Array[] = [];
  let hasContent = false;
  for (let at = 0; at + 5 <= iptc.length && iptc[at] === 0x1c; ) {
    const record = iptc[at + 1] ?? 0;
    const dataset = iptc[at + 2] ?? 0;
    let length = ((iptc[at + 3] ?? 0) << 8) | (iptc[at + 4] ?? 0);
    let headerBytes = 5;
    if ((length & 0x8000) !== 0) {
      // Extended dataset: the field gives how many bytes hold the length.
      const lengthBytes = length & 0x7fff;
      if (lengthBytes > 4) break;
      length = 0;
      for (let index = 0; index < lengthBytes; index += 1)
        length = length * 256 + (iptc[at + 5 + index] ?? 0);
      headerBytes += lengthBytes;
    }
    const end = at + headerBytes + length;
    if (end > iptc.length) break;
    if (record !== 2 || !privateDatasets.has(dataset)) {
      kept.push(iptc.subarray(at, end));
      // 1:90 (character set) and 2:0 (version) alone say nothing.
      if (record === 2 && dataset !== 0) hasContent = true;
    }
    at = end;
  }
  return hasContent ? Buffer.concat(kept) : null;
}
