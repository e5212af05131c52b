// Files that are not what they should be: each is refused in words that name it, or read as far as it is sound.
// In every case the file itself stays as it was.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePhoto } from '../../../../src/engine/codec/decode-photo.ts';
import { inspectPhoto } from '../../../../src/engine/codec/inspect-photo.ts';
import { HeirloomError } from '../../../../src/shared/errors/heirloom-error.ts';
import { errors as sentences } from '../../../../src/shared/messages/en/errors.ts';
import { colourPicture, inSharp } from '../../../helpers/make-pictures.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heirloom-bad-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const picture = colourPicture(320, 240, 3);
const jpeg = () => inSharp(picture).jpeg({ quality: 90 }).toBuffer();
const png = () => inSharp(picture).png().toBuffer();

function write(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** The error both ways of opening give; the file is unchanged afterwards. */
async function refusal(path: string): Promise<HeirloomError> {
  const digest = (): string => createHash('sha256').update(readFileSync(path)).digest('hex');
  const before = digest();
  const caught = await decodePhoto(path, 0).then(
    () => null,
    (error: unknown) => error,
  );
  expect(digest()).toBe(before);
  if (!(caught instanceof HeirloomError)) throw new Error(`was not refused as it should: ${String(caught)}`);
  expect(sentences[caught.code].sentence.length).toBeGreaterThan(10);
  expect(sentences[caught.code].next.length).toBeGreaterThan(5);
  return caught;
}

/** A PNG whose header says a size that its data never fills. */
function pngOfSize(widthPx: number, heightPx: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(64))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('refused', () => {
  it('an empty file', async () => {
    const error = await refusal(write('empty.jpg', ''));
    expect(error.code).toBe('file.empty');
    expect(error.params).toMatchObject({ fileName: 'empty.jpg' });
  });

  it('a file that is not there', async () => {
    await expect(decodePhoto(join(folder, 'gone.jpg'), 0)).rejects.toMatchObject({ code: 'file.not-found' });
  });

  it('a folder', async () => {
    await expect(decodePhoto(folder, 0)).rejects.toMatchObject({ code: expect.stringMatching(/^file\./) });
  });

  it('text under the name of a picture', async () => {
    expect((await refusal(write('letter.jpg', 'Dear grandmother, '.repeat(50)))).code).toBe(
      'file.not-a-picture',
    );
  });

  it.each(['jpeg', 'png', 'tiff', 'webp'] as const)('a %s cut off in the middle', async (format) => {
    const whole = await inSharp(picture)[format]().toBuffer();
    const error = await refusal(write(`cut.${format}`, whole.subarray(0, whole.length * 0.6)));
    expect(error.code).toBe('file.damaged');
    expect(error.params).toMatchObject({ fileName: `cut.${format}` });
  });

  it.each([
    ['HEIC', Buffer.from('000000186674797068656963000000006d696631686569630000000000000000', 'hex')],
    // A TIFF whose only entry is the version tag of DNG.
    ['RAW', Buffer.from('49492a0008000000010012c601000400000001040000000000000000', 'hex')],
  ])('%s, by name and with a way out', async (name, bytes) => {
    const error = await refusal(write(`photo.${name.toLowerCase()}`, bytes));
    expect(error.code).toBe('file.format-unsupported');
    expect(String(error.params['format'])).toMatch(name === 'HEIC' ? /HEI[CF]/ : /RAW/);
    expect(sentences[error.code].next).toMatch(/JPEG|TIFF|PNG/);
  });

  it('30,000 x 30,000 pixels, before any memory is taken for them', async () => {
    const before = process.memoryUsage().rss;
    const error = await refusal(write('huge.png', pngOfSize(30_000, 30_000)));
    expect(error.code).toBe('file.too-large');
    expect(error.params).toMatchObject({ megapixels: 900 });
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });
});

describe('read as far as it is sound', () => {
  it('a picture with the wrong ending', async () => {
    const path = write('really-a-png.jpg', await png());
    expect(await inspectPhoto(path)).toMatchObject({ format: 'png', widthPx: 320 });
    expect((await decodePhoto(path, 0)).raster.data).toEqual(picture.data);
  });

  it('a broken colour profile: ignored, and said', async () => {
    const path = write('icc.png', await inSharp(picture).withIccProfile('srgb').png().toBuffer());
    const broken = readFileSync(path);
    const at = broken.indexOf('iCCP');
    // The profile's own name and compressed bytes; its chunk checksum no longer fits either.
    broken.fill(0x5a, at + 12, at + 60);
    writeFileSync(path, broken);
    const said: string[] = [];
    const photo = await decodePhoto(path, 0, (level, message) => said.push(`${level} ${message}`));
    expect([photo.raster.widthPx, photo.raster.heightPx]).toEqual([320, 240]);
  });

  it('a JPEG with a colour profile of noise', async () => {
    const whole = await jpeg();
    const profile = Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), Buffer.alloc(200, 0x33)]);
    const segment = Buffer.concat([Buffer.from([0xff, 0xe2, 0, 0]), profile]);
    segment.writeUInt16BE(profile.length + 2, 2);
    const path = write('noise.jpg', Buffer.concat([whole.subarray(0, 2), segment, whole.subarray(2)]));
    const said: string[] = [];
    const photo = await decodePhoto(path, 0, (level, message) => said.push(`${level} ${message}`));
    expect(photo.iccProfile).toBeNull();
    expect(said.join()).toMatch(/profile/);
  });

  it('broken EXIF: the picture opens, upright as it lies', async () => {
    const whole = await jpeg();
    const body = Buffer.concat([
      Buffer.from('Exif\0\0', 'latin1'),
      Buffer.from('II*\0\xff\xff\xff\x7f junk', 'latin1'),
    ]);
    const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 0]), body]);
    segment.writeUInt16BE(body.length + 2, 2);
    const path = write('exif.jpg', Buffer.concat([whole.subarray(0, 2), segment, whole.subarray(2)]));
    const facts = await inspectPhoto(path);
    expect(facts).toMatchObject({ widthPx: 320, heightPx: 240, takenAt: null });
    await decodePhoto(path, 0);
  });

  it('1 x 1 in every format', async () => {
    for (const format of ['jpeg', 'png', 'tiff', 'webp', 'gif', 'avif'] as const) {
      const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: '#806040' } });
      const photo = await decodePhoto(write(`dot.${format}`, await dot[format]().toBuffer()), 0);
      expect([photo.raster.widthPx, photo.raster.heightPx, photo.raster.data.length]).toEqual([1, 1, 3]);
    }
  });

  it('names with spaces, emoji and 200 characters', async () => {
    for (const name of ['old  photo .jpg', 'grandma 👵🏽 1921.jpg', `${'long '.repeat(39)}x.jpg`]) {
      expect((await decodePhoto(write(name, await jpeg()), 0)).raster.widthPx).toBe(320);
    }
  });
});
