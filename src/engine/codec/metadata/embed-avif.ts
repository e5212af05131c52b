// Puts metadata into an AVIF: EXIF and XMP as items of their own, ICC as a property of the picture (ISO/IEC 23008-12).
// AVIF has no place for IPTC-IIM, and none for density besides EXIF.
import type { MetadataBlocks } from './metadata-blocks.ts';

interface Box {
  readonly type: string;
  readonly body: Buffer;
}

/** `avif` as libheif writes it: ftyp, meta, mdat, with item locations counted from the file's start. */
export function embedInAvif(avif: Uint8Array, blocks: MetadataBlocks): Uint8Array[] {
  const bytes = Buffer.from(avif.buffer, avif.byteOffset, avif.byteLength);
  const boxes = readBoxes(bytes);
  const meta = boxes.find((box) => box.type === 'meta');
  if (meta === undefined) throw new Error('AVIF without meta box');
  const items: MetadataItem[] = [];
  if (blocks.exifBlock !== null) {
    // The first four bytes say how far the TIFF header is.
    items.push({ type: 'Exif', contentType: null, data: Buffer.concat([Buffer.alloc(4), blocks.exifBlock]) });
  }
  if (blocks.xmp !== null) {
    items.push({ type: 'mime', contentType: 'application/rdf+xml', data: Buffer.from(blocks.xmp) });
  }
  if (items.length === 0 && blocks.iccProfile === null) return [avif];
  const payload = Buffer.concat(items.map((item) => item.data));
  // Offsets depend on the new size of meta, which does not depend on them: built once to measure, once for good.
  const draft = rebuildMeta(meta.body, items, blocks.iccProfile, 0, 0);
  const shift = draft.length - (meta.body.length + 8);
  const rebuilt = rebuildMeta(meta.body, items, blocks.iccProfile, shift, bytes.length + shift + 8);
  const pieces = boxes.map((box) => (box === meta ? rebuilt : writeBox(box.type, box.body)));
  return payload.length === 0 ? pieces : [...pieces, writeBox('mdat', payload)];
}

interface MetadataItem {
  readonly type: 'Exif' | 'mime';
  readonly contentType: string | null;
  readonly data: Buffer;
}

function rebuildMeta(
  body: Buffer,
  items: readonly MetadataItem[],
  iccProfile: Uint8Array | null,
  shift: number,
  payloadAt: number,
): Buffer {
  const inner = readBoxes(body.subarray(4));
  const primary = primaryItem(inner);
  const firstId = largestItemId(inner) + 1;
  const rebuilt = inner.map((box) => {
    if (box.type === 'iinf') return addItemInfos(box.body, items, firstId);
    if (box.type === 'iloc') return addLocations(box.body, items, firstId, shift, payloadAt);
    if (box.type === 'iprp' && iccProfile !== null) return addProfile(box.body, iccProfile, primary);
    if (box.type === 'iref')
      return writeBox('iref', Buffer.concat([box.body, ...references(items, firstId, primary)]));
    return writeBox(box.type, box.body);
  });
  if (items.length > 0 && !inner.some((box) => box.type === 'iref')) {
    rebuilt.push(writeBox('iref', Buffer.concat([Buffer.alloc(4), ...references(items, firstId, primary)])));
  }
  return writeBox('meta', Buffer.concat([body.subarray(0, 4), ...rebuilt]));
}

function primaryItem(inner: readonly Box[]): number {
  const box = inner.find((candidate) => candidate.type === 'pitm');
  if (box === undefined) throw new Error('AVIF without primary item');
  return box.body[0] === 0 ? box.body.readUInt16BE(4) : box.body.readUInt32BE(4);
}

function largestItemId(inner: readonly Box[]): number {
  const box = inner.find((candidate) => candidate.type === 'iinf');
  if (box === undefined) throw new Error('AVIF without item information');
  const start = box.body[0] === 0 ? 6 : 8;
  return Math.max(
    ...readBoxes(box.body.subarray(start)).map((entry) =>
      entry.body[0] === 3 ? entry.body.readUInt32BE(4) : entry.body.readUInt16BE(4),
    ),
  );
}

function addItemInfos(body: Buffer, items: readonly MetadataItem[], firstId: number): Buffer {
  const isShort = body[0] === 0;
  const head = Buffer.from(body.subarray(0, isShort ? 6 : 8));
  if (isShort) head.writeUInt16BE(head.readUInt16BE(4) + items.length, 4);
  else head.writeUInt32BE(head.readUInt32BE(4) + items.length, 4);
  const entries = items.map((item, index) => {
    const fixed = Buffer.alloc(8);
    // Version 2; flag 1 marks an item that is not shown.
    fixed.writeUInt32BE(0x02000001, 0);
    fixed.writeUInt16BE(firstId + index, 4);
    const name = Buffer.from(
      `${item.type}\0${item.contentType === null ? '' : `${item.contentType}\0`}`,
      'latin1',
    );
    return writeBox('infe', Buffer.concat([fixed, name]));
  });
  return writeBox('iinf', Buffer.concat([head, body.subarray(head.length), ...entries]));
}

/** Rewritten as version 1 with 4-byte fields; every place in the file moves by `shift`. */
function addLocations(
  body: Buffer,
  items: readonly MetadataItem[],
  firstId: number,
  shift: number,
  payloadAt: number,
): Buffer {
  const version = body[0] ?? 0;
  const sizes = body.readUInt16BE(4);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexBytes = version === 0 ? 0 : sizes & 15;
  let at = 6;
  const number = (length: number): number => {
    const value =
      length === 0 ? 0 : length === 8 ? Number(body.readBigUInt64BE(at)) : body.readUIntBE(at, length);
    at += length;
    return value;
  };
  const count = number(version === 2 ? 4 : 2);
  const entries: Buffer[] = [];
  const entry = (
    id: number,
    method: number,
    extents: readonly (readonly [offset: number, length: number])[],
  ): void => {
    const written = Buffer.alloc(8 + extents.length * 8);
    written.writeUInt16BE(id, 0);
    written.writeUInt16BE(method, 2);
    written.writeUInt16BE(0, 4);
    written.writeUInt16BE(extents.length, 6);
    extents.forEach(([offset, length], index) => {
      written.writeUInt32BE(offset, 8 + index * 8);
      written.writeUInt32BE(length, 12 + index * 8);
    });
    entries.push(written);
  };
  for (let index = 0; index < count; index += 1) {
    const id = number(version === 2 ? 4 : 2);
    const method = version === 0 ? 0 : number(2) & 15;
    number(2);
    const base = number(baseBytes);
    const extents = Array.from({ length: number(2) }, () => {
      number(indexBytes);
      const offset = base + number(offsetBytes);
      // Only method 0 counts from the start of the file.
      return [method === 0 ? offset + shift : offset, number(lengthBytes)] as const;
    });
    entry(id, method, extents);
  }
  let place = payloadAt;
  items.forEach((item, index) => {
    entry(firstId + index, 0, [[place, item.data.length]]);
    place += item.data.length;
  });
  const head = Buffer.alloc(8);
  head[0] = 1;
  head.writeUInt16BE(0x4400, 4);
  head.writeUInt16BE(entries.length, 6);
  return writeBox('iloc', Buffer.concat([head, ...entries]));
}

/** "cdsc": this item describes the picture. */
function references(items: readonly MetadataItem[], firstId: number, primary: number): Buffer[] {
  return items.map((_, index) => {
    const body = Buffer.alloc(6);
    body.writeUInt16BE(firstId + index, 0);
    body.writeUInt16BE(1, 2);
    body.writeUInt16BE(primary, 4);
    return writeBox('cdsc', body);
  });
}

/** Adds a `colr` property of type `prof` and ties it to the primary item. */
function addProfile(body: Buffer, profile: Uint8Array, primary: number): Buffer {
  let propertyIndex = 0;
  const rebuilt = readBoxes(body).map((box) => {
    if (box.type === 'ipco') {
      propertyIndex = readBoxes(box.body).length + 1;
      const colour = writeBox('colr', Buffer.concat([Buffer.from('prof', 'latin1'), profile]));
      return writeBox('ipco', Buffer.concat([box.body, colour]));
    }
    return box.type === 'ipma' ? associate(box.body, primary, propertyIndex) : writeBox(box.type, box.body);
  });
  return writeBox('iprp', Buffer.concat(rebuilt));
}

function associate(body: Buffer, primary: number, propertyIndex: number): Buffer {
  const idBytes = body[0] === 0 ? 2 : 4;
  const indexBytes = ((body[3] ?? 0) & 1) === 1 ? 2 : 1;
  const pieces: Uint8Array[] = [body.subarray(0, 8)];
  let at = 8;
  for (let entry = body.readUInt32BE(4); entry > 0; entry -= 1) {
    const id = body.readUIntBE(at, idBytes);
    const count = body[at + idBytes] ?? 0;
    const end = at + idBytes + 1 + count * indexBytes;
    if (id === primary) {
      const head = Buffer.from(body.subarray(at, at + idBytes + 1));
      head[idBytes] = count + 1;
      const index = Buffer.alloc(indexBytes);
      index.writeUIntBE(propertyIndex, 0, indexBytes);
      pieces.push(head, body.subarray(at + idBytes + 1, end), index);
    } else pieces.push(body.subarray(at, end));
    at = end;
  }
  return writeBox('ipma', Buffer.concat(pieces));
}

function readBoxes(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    const end = size === 0 ? bytes.length : at + size;
    if (size === 1 || end > bytes.length || end < at + 8) throw new Error('AVIF box of unexpected size');
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + 8, end) });
    at = end;
  }
  return boxes;
}

function writeBox(type: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}
