// What to do with a photo's ICC profile: nothing (it is sRGB), map face crops through it, convert the photo, ignore it.
// Matrix and gray profiles are computed; tables go through lcms, reached by sending libvips a lattice of colours.
import { createHash, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Raster } from '../../pixels/raster.ts';
import type { ColourMap } from '../decoded-photo.ts';
import { sharp } from '../libvips.ts';
import { grayMaps } from './gray-maps.ts';
import { readIccHeader } from './icc-header.ts';
import { latticeCorners, mapThroughLattice } from './lattice.ts';
import { isMatrixProfile, matrixMaps } from './matrix-maps.ts';
import { taggedTiff } from './tagged-tiff.ts';

export type ProfileVerdict =
  /** Close enough to sRGB that its numbers can be used as they are; the profile is still written back. */
  | { readonly kind: 'srgb' }
  | { readonly kind: 'maps'; readonly toSrgb: ColourMap; readonly fromSrgb: ColourMap }
  /** Sound, but it only leads out of its space (many scanner profiles): the whole photo is converted to sRGB. */
  | { readonly kind: 'one-way' }
  | { readonly kind: 'broken'; readonly reason: string };

/** What different makers' sRGB profiles differ by, in 8-bit steps. */
const sameAsSrgb = 1.5;
/** Largest mean round-trip error, in 8-bit steps, before a reverse transform is taken for missing. */
const roundTripTolerance = 2;

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
  return isMatrixProfile(profile) ? judgeMatrix(profile) : judgeTable(profile);
}

function judgeMatrix(profile: Uint8Array): ProfileVerdict {
  const maps = matrixMaps(profile);
  if (maps === null) return { kind: 'broken', reason: 'no usable curves or primaries' };
  const corners = latticeCorners();
  const mapped = maps.toSrgb(asRow(corners)).data;
  return largestDifference(mapped, corners) <= sameAsSrgb ? { kind: 'srgb' } : { kind: 'maps', ...maps };
}

async function judgeTable(profile: Uint8Array): Promise<ProfileVerdict> {
  const corners = latticeCorners();
  const forward = await bytesOf(sharp(taggedTiff(corners, profile)).toColourspace('srgb'));
  if (largestDifference(forward, corners) <= sameAsSrgb) {
    return (await isRefused(profile))
      ? { kind: 'broken', reason: 'the colour engine refuses it' }
      : { kind: 'srgb' };
  }
  const backward = await fromSrgbThrough(corners, profile);
  const toSrgb = mapThroughLattice(forward);
  if (!comesHome(toSrgb, backward, corners)) return { kind: 'one-way' };
  return { kind: 'maps', toSrgb, fromSrgb: mapThroughLattice(backward) };
}

/**
 * sharp swallows a profile lcms refuses and goes on with the numbers as they are. In 8 bits its working space is
 * sRGB, so such a profile looks like sRGB itself; in 16 bits it is P3, so there the two differ.
 */
async function isRefused(profile: Uint8Array): Promise<boolean> {
  const probe = new Uint16Array([10_000, 20_000, 30_000]);
  const out = await sharp(taggedTiff(probe, profile))
    .withIccProfile('srgb', { attach: false })
    .toColourspace('rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer();
  // A red of 10,000 in P3 is 5,500 in sRGB.
  return out.readUInt16LE(0) < 8_000;
}

/** sRGB -> profile -> sRGB must come home wherever the profile's gamut reaches (no channel at its end). */
function comesHome(toSrgb: ColourMap, backward: Uint8Array, corners: Uint8Array): boolean {
  const returned = toSrgb(asRow(backward)).data;
  let sum = 0;
  let compared = 0;
  for (let at = 0; at < corners.length; at += 3) {
    const isInside = [0, 1, 2].every((channel) => {
      const value = backward[at + channel] ?? 0;
      return value > 0 && value < 255;
    });
    if (!isInside) continue;
    for (let channel = 0; channel < 3; channel += 1) {
      sum += Math.abs((returned[at + channel] ?? 0) - (corners[at + channel] ?? 0));
      compared += 1;
    }
  }
  return compared > 0 && sum / compared <= roundTripTolerance;
}

/** sharp takes an output profile only by name or path, so it lies in a temporary file meanwhile. */
async function fromSrgbThrough(colours: Uint8Array, profile: Uint8Array): Promise<Uint8Array> {
  const path = join(tmpdir(), `heirloom-${randomUUID()}.icc`);
  const raw = { width: colours.length / 3, height: 1, channels: 3 } as const;
  try {
    await writeFile(path, profile, { flag: 'wx', mode: 0o600 });
    return await bytesOf(sharp(colours, { raw }).withIccProfile(path, { attach: false }));
  } finally {
    await rm(path, { force: true });
  }
}

async function bytesOf(pipeline: ReturnType<typeof sharp>): Promise<Uint8Array> {
  return new Uint8Array(await pipeline.raw().toBuffer());
}

function asRow(data: Uint8Array): Raster {
  return { widthPx: data.length / 3, heightPx: 1, data };
}

function largestDifference(left: Raster['data'], right: Raster['data']): number {
  let largest = 0;
  for (let index = 0; index < left.length; index += 1) {
    largest = Math.max(largest, Math.abs((left[index] ?? 0) - (right[index] ?? 0)));
  }
  return largest;
}
