// What to do with a photo's ICC profile: nothing (it is sRGB), map face crops through it, convert the photo, ignore it.
// The transforms themselves are lcms', reached through libvips by sending it a small lattice of colours.
import { createHash, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColourMap } from '../decoded-photo.ts';
import { sharp } from '../libvips.ts';
import { tag } from '../metadata/exif-tags.ts';
import {
  bytesEntry,
  longEntry,
  shortEntry,
  type TiffEntry,
  writeDirectory,
} from '../metadata/tiff-structure.ts';
import { grayMaps } from './gray-maps.ts';
import { readIccHeader } from './icc-header.ts';
import { latticeCorners, mapThroughLattice } from './lattice.ts';

export type ProfileVerdict =
  /** Close enough to sRGB that its numbers can be used as they are; the profile is still written back. */
  | { readonly kind: 'srgb' }
  | { readonly kind: 'maps'; readonly toSrgb: ColourMap; readonly fromSrgb: ColourMap }
  /** Sound, but it only leads out of its space (many scanner profiles): the whole photo is converted to sRGB. */
  | { readonly kind: 'one-way' }
  | { readonly kind: 'broken'; readonly reason: string };

/** One and a half 8-bit steps: what different makers' sRGB profiles differ by. */
const sameAsSrgb = 1.5 * 257;
/** Largest round-trip error, in 16-bit steps, before a reverse transform is taken for missing. */
const roundTripTolerance = 6 * 257;

const remembered = new Map<string, Promise<ProfileVerdict>>();
const rememberedAtMost = 8;

/** `channels`: what the file stores, 1 for gray and 3 for RGB. Verdicts are kept per profile: scans share one. */
export function judgeProfile(profile: Uint8Array, channels: 1 | 3): Promise<ProfileVerdict> {
  const key = `${channels}:${createHash('sha256').update(profile).digest('hex')}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const verdict = judge(profile, channels);
  remembered.set(key, verdict);
  verdict.catch(() => remembered.delete(key));
  const oldest = remembered.keys().next().value;
  if (remembered.size > rememberedAtMost && oldest !== undefined) remembered.delete(oldest);
  return verdict;
}

async function judge(profile: Uint8Array, channels: 1 | 3): Promise<ProfileVerdict> {
  const header = readIccHeader(profile);
  if (header === null) return { kind: 'broken', reason: 'not an ICC profile' };
  if (header.colourSpace === 'GRAY') {
    if (channels === 3) return { kind: 'broken', reason: 'a gray profile on a colour picture' };
    const maps = grayMaps(profile);
    return maps === null ? { kind: 'broken', reason: 'no usable gray curve' } : { kind: 'maps', ...maps };
  }
  if (header.colourSpace !== 'RGB ') {
    return { kind: 'broken', reason: `a ${header.colourSpace.trim()} profile on an RGB picture` };
  }
  const corners = latticeCorners();
  const forward = await throughProfiles(corners, profile, 'srgb');
  if (largestDifference(forward, corners) <= sameAsSrgb) return { kind: 'srgb' };
  if (await isLeftAlone(profile)) return { kind: 'broken', reason: 'the colour engine refuses it' };
  const backward = await fromSrgbThrough(corners, profile);
  const toSrgb = mapThroughLattice(forward);
  const fromSrgb = mapThroughLattice(backward);
  return canReturn(toSrgb, backward, corners) ? { kind: 'maps', toSrgb, fromSrgb } : { kind: 'one-way' };
}

/**
 * sharp swallows a profile lcms refuses and goes on with the numbers as they are. In 8 bits its working space is
 * sRGB, so a refused profile leaves the numbers unchanged; in 16 bits it is P3, so there they changed. A profile
 * that truly is neither shows a change in 8 bits too.
 */
async function isLeftAlone(profile: Uint8Array): Promise<boolean> {
  const coarse = Uint8Array.from(latticeCorners(9), (value) => Math.round(value / 257));
  const png = await sharp(taggedTiff(coarse, profile)).raw().toBuffer();
  return coarse.every((value, index) => Math.abs(value - (png[index] ?? 0)) <= 1);
}

/** sRGB -> profile -> sRGB must come home wherever the profile's gamut reaches (no channel at its end). */
function canReturn(toSrgb: ColourMap, backward: Uint16Array, corners: Uint16Array): boolean {
  const returned = toSrgb({ widthPx: backward.length / 3, heightPx: 1, data: backward }).data;
  let compared = 0;
  for (let at = 0; at < corners.length; at += 3) {
    const isInside = [0, 1, 2].every((channel) => {
      const value = backward[at + channel] ?? 0;
      return value > 0 && value < 65_535;
    });
    if (!isInside) continue;
    compared += 1;
    for (let channel = 0; channel < 3; channel += 1) {
      if (Math.abs((returned[at + channel] ?? 0) - (corners[at + channel] ?? 0)) > roundTripTolerance)
        return false;
    }
  }
  return compared > 0;
}

/** 16-bit colours from `source` into the profile called `target` (a libvips name or a path). */
async function throughProfiles(
  colours: Uint16Array,
  source: Uint8Array,
  target: string,
): Promise<Uint16Array> {
  const out = await sharp(taggedTiff(colours, source))
    .withIccProfile(target, { attach: false })
    .toColourspace('rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer();
  return new Uint16Array(out.buffer.slice(out.byteOffset, out.byteOffset + out.byteLength));
}

/** sharp takes an output profile only by name or path, so it lies in a temporary file meanwhile. */
async function fromSrgbThrough(colours: Uint16Array, profile: Uint8Array): Promise<Uint16Array> {
  const path = join(tmpdir(), `heirloom-${randomUUID()}.icc`);
  try {
    await writeFile(path, profile, { flag: 'wx', mode: 0o600 });
    return await throughProfiles(colours, await srgbProfile(), path);
  } finally {
    await rm(path, { force: true });
  }
}

let builtInSrgb: Promise<Uint8Array> | undefined;

/** libvips' own sRGB profile. */
export function srgbProfile(): Promise<Uint8Array> {
  builtInSrgb ??= (async () => {
    const raw = { width: 1, height: 1, channels: 3 } as const;
    const png = await sharp(new Uint8Array(3), { raw }).withIccProfile('srgb').png().toBuffer();
    const { icc } = await sharp(png).metadata();
    if (icc === undefined) throw new Error('libvips embedded no sRGB profile');
    return icc;
  })();
  return builtInSrgb;
}

/** An uncompressed one-row TIFF: the one way to hand sharp raw colours together with a profile. */
function taggedTiff(colours: Uint8Array | Uint16Array, profile: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(colours.buffer, colours.byteOffset, colours.byteLength);
  const padded = Buffer.concat([pixels, new Uint8Array(pixels.length & 1)]);
  const bits = colours.BYTES_PER_ELEMENT * 8;
  const entries: TiffEntry[] = [
    longEntry(tag.imageWidth, colours.length / 3),
    longEntry(tag.imageLength, 1),
    shortEntry(tag.bitsPerSample, bits, bits, bits),
    shortEntry(tag.compression, 1),
    shortEntry(tag.photometric, 2),
    longEntry(tag.stripOffsets, 8),
    shortEntry(tag.samplesPerPixel, 3),
    longEntry(tag.rowsPerStrip, 1),
    longEntry(tag.stripByteCounts, pixels.length),
    bytesEntry(tag.iccProfile, 7, profile),
  ];
  const directoryAt = 8 + padded.length;
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]);
  header.writeUInt32LE(directoryAt, 4);
  const directory = {
    entries: new Map(entries.map((entry) => [entry.tag, entry] as const)),
    children: new Map(),
  };
  return Buffer.concat([header, padded, writeDirectory(directory, directoryAt)]);
}

function largestDifference(left: Uint16Array, right: Uint16Array): number {
  let largest = 0;
  for (let index = 0; index < left.length; index += 1) {
    largest = Math.max(largest, Math.abs((left[index] ?? 0) - (right[index] ?? 0)));
  }
  return largest;
}
