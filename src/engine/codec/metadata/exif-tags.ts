// The EXIF and TIFF tag numbers this codec deals with (CIPA DC-008 "Exif 3.0", TIFF 6.0, Adobe TIFF notes).
import type { PointerTags } from './tiff-structure.ts';

export const tag = {
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  resolutionUnit: 296,
  dateTime: 306,
  artist: 315,
  hostComputer: 316,
  xmp: 700,
  iptc: 33_723,
  photoshop: 34_377,
  exifDirectory: 34_665,
  iccProfile: 34_675,
  gpsDirectory: 34_853,
  dateTimeOriginal: 36_867,
  offsetTimeOriginal: 36_881,
  makerNote: 37_500,
  subSecTimeOriginal: 37_521,
  colorSpace: 40_961,
  pixelXDimension: 40_962,
  pixelYDimension: 40_963,
  interoperabilityDirectory: 40_965,
  imageUniqueId: 42_016,
  cameraOwnerName: 42_032,
  bodySerialNumber: 42_033,
  lensSerialNumber: 42_037,
  photographer: 42_039,
  imageEditor: 42_040,
  xpAuthor: 40_093,
} as const;

const none: PointerTags = new Map();

/** Where the main directory points: EXIF (which may point to interoperability) and GPS. */
export const exifPointers: PointerTags = new Map([
  [tag.exifDirectory, new Map([[tag.interoperabilityDirectory, none]])],
  [tag.gpsDirectory, none],
]);

/**
 * Tags of a main directory that describe the photo, not how its pixels are stored: only these travel between an
 * EXIF block and a TIFF file's own directory. XP* are Windows' UTF-16 fields, 18246/18249 its rating.
 */
export const descriptiveTags: ReadonlySet<number> = new Set([
  269, 270, 271, 272, 285, 305, 306, 315, 316, 18_246, 18_249, 33_432, 40_091, 40_092, 40_093, 40_094, 40_095,
]);

/** What `strip-private` takes out: people's names, serial numbers, maker notes. GPS is a whole directory. */
export const privateTags: ReadonlySet<number> = new Set([
  tag.artist,
  tag.hostComputer,
  tag.xpAuthor,
  tag.makerNote,
  tag.imageUniqueId,
  tag.cameraOwnerName,
  tag.bodySerialNumber,
  tag.lensSerialNumber,
  tag.photographer,
  tag.imageEditor,
  // DNG: camera serial number, original raw file name, private maker data, raw unique id.
  50_735,
  50_827,
  50_740,
  50_781,
]);
