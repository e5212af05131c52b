// When a photo was taken, as EXIF says it.
import { tag } from './exif-tags.ts';
import { type TiffDirectory, textOf } from './tiff-structure.ts';

/**
 * ISO 8601; with a zone only when the file states one. Null when absent or impossible ("0000:00:00").
 * DateTimeOriginal only: DateTime is when the file was changed or scanned, not when the photo was taken.
 */
export function captureTime(exif: TiffDirectory): string | null {
  const directory = exif.children.get(tag.exifDirectory);
  const text = textOf(directory?.entries.get(tag.dateTimeOriginal));
  const match = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(text ?? '');
  if (match === null) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = match;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const asUtc = new Date(`${local}Z`);
  // A Date that rolled over (31 February) does not print the same day again.
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 19) !== local || year === '0000')
    return null;
  const offset = textOf(directory?.entries.get(tag.offsetTimeOriginal)) ?? '';
  return /^[+-]\d{2}:\d{2}$/.test(offset) ? local + offset : local;
}
