// The metadata of a new picture, ready to be put into any container.
import type { RestorationRecord } from '#shared/contract/restoration-record.ts';
import type { ExportSettings } from '#shared/domain/export.ts';
import type { CodecLog } from '../decode-photo.ts';
import { hasMakerNote, patchExifBlock, rewriteExif } from './exif-rewrite.ts';
import { withoutPrivateDatasets } from './iptc-datasets.ts';
import type { OriginalMetadata } from './original-metadata.ts';
import { type TiffDirectory, writeTiffBlock } from './tiff-structure.ts';
import { rewriteXmp, type XmpChanges } from './xmp-packet.ts';

export interface MetadataBlocks {
  /** As a block of its own, from its byte order mark on. */
  readonly exifBlock: Uint8Array | null;
  /** The same as directories, for TIFF, where they are the file's own. */
  readonly exif: TiffDirectory | null;
  readonly xmp: Uint8Array | null;
  readonly iptc: Uint8Array | null;
  readonly iccProfile: Uint8Array | null;
  readonly densityPpi: number | null;
}

export interface NewPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly densityPpi: number | null;
  readonly iccProfile: Uint8Array | null;
  readonly record: RestorationRecord | null;
}

/** `none` still keeps what the picture needs to look right: profile and print size; and the record, if asked for. */
export function buildMetadata(
  original: OriginalMetadata,
  policy: ExportSettings['metadata'],
  picture: NewPicture,
  log: CodecLog,
): MetadataBlocks {
  const { widthPx, heightPx, densityPpi, iccProfile, record } = picture;
  const dropPrivate = policy === 'strip-private';
  const changes: XmpChanges = { widthPx, heightPx, densityPpi, dropPrivate, record };
  const kept = policy === 'none' ? { exifBlock: null, exif: null, xmp: null, iptc: null } : original;
  const exif = rewriteExif(kept.exif, changes);
  let exifBlock: Uint8Array | null = null;
  if (kept.exifBlock !== null && kept.exif !== null && hasMakerNote(kept.exif) && !dropPrivate) {
    try {
      exifBlock = patchExifBlock(kept.exifBlock, changes);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  if (exif !== null) exifBlock ??= writeTiffBlock(exif);
  const iptc = kept.iptc !== null && dropPrivate ? withoutPrivateDatasets(kept.iptc) : kept.iptc;
  return { exifBlock, exif, xmp: buildXmp(kept.xmp, changes, log), iptc, iccProfile, densityPpi };
}

function buildXmp(original: Uint8Array | null, changes: XmpChanges, log: CodecLog): Uint8Array | null {
  try {
    return rewriteXmp(original, changes);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    log('warn', `the original's XMP is not readable and was left out: ${error.message}`);
    return rewriteXmp(null, changes);
  }
}
