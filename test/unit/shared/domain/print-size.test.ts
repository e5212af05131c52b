// Sizes on paper: what they make of a photo, and how they fold with sizes chosen otherwise.
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Edit } from '#shared/domain/edit.ts';
import { foldEdits } from '#shared/domain/fold-edits.ts';
import { editIdSchema, photoIdSchema } from '#shared/domain/ids.ts';
import { scaleForPrint } from '#shared/domain/print-size.ts';

const photo = { widthPx: 900, heightPx: 600 };
const fold = (...edits: Edit[]) =>
  foldEdits(
    photo,
    [],
    edits.map((edit, index) => ({
      id: editIdSchema.parse(randomUUID()),
      photoId: photoIdSchema.parse(randomUUID()),
      sequence: index + 1,
      edit,
      madeAt: '2026-01-01T00:00:00.000Z',
    })),
    edits.length,
  );

describe('a size on paper', () => {
  it('is a scale: ten inches at 180 per inch are 1800 pixels', () => {
    expect(scaleForPrint(photo, { longestSideCm: 25.4, pixelsPerInch: 180 })).toEqual({
      scale: 2,
      isLimited: false,
    });
    const portrait = { widthPx: 600, heightPx: 900 };
    expect(scaleForPrint(portrait, { longestSideCm: 2.54, pixelsPerInch: 450 }).scale).toBe(0.5);
  });

  it('is limited by what a photo can be enlarged to, and says so', () => {
    expect(scaleForPrint(photo, { longestSideCm: 100, pixelsPerInch: 600 })).toEqual({
      scale: 8,
      isLimited: true,
    });
    expect(scaleForPrint(photo, { longestSideCm: 0.5, pixelsPerInch: 1 })).toEqual({
      scale: 0.25,
      isLimited: true,
    });
  });

  it('gives way to a scale chosen after it, and comes back with undo', () => {
    const print = { longestSideCm: 25.4, pixelsPerInch: 270 };
    const wanted: Edit = { kind: 'photo.set-print-size', print };
    expect(fold(wanted)).toMatchObject({ scale: 3, print });
    const after = fold(wanted, { kind: 'photo.set-scale', scale: 4 });
    expect(after.scale).toBe(4);
    expect(after.print).toBeUndefined();
  });
});
