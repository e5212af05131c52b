// The XMP namespaces this codec reads or writes, and which of their properties are private or describe the pixels.

export const ns = {
  adobeMeta: 'adobe:ns:meta/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  heirloom: 'https://heirloom.photo/ns/1.0/',
  iptcExtension: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  iptcCore: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  exifEx: 'http://cipa.jp/exif/1.0/',
  aux: 'http://ns.adobe.com/exif/1.0/aux/',
  dublinCore: 'http://purl.org/dc/elements/1.1/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  xmpNote: 'http://ns.adobe.com/xmp/note/',
} as const;

/** Whole namespaces `strip-private` takes out: named face regions of three makers. */
const privateNamespaces: ReadonlySet<string> = new Set([
  'http://www.metadataworkinggroup.com/schemas/regions/',
  'http://ns.microsoft.com/photo/1.2/',
  'http://www.digikam.org/ns/1.0/',
]);

const privateProperties: Readonly<Record<string, readonly string[]>> = {
  [ns.dublinCore]: ['creator', 'contributor'],
  [ns.tiff]: ['Artist'],
  [ns.aux]: ['SerialNumber', 'LensSerialNumber', 'OwnerName'],
  [ns.exifEx]: ['CameraOwnerName', 'BodySerialNumber', 'LensSerialNumber', 'Photographer', 'ImageEditor'],
  [ns.exif]: ['MakerNote', 'ImageUniqueID'],
  [ns.photoshop]: ['AuthorsPosition', 'CaptionWriter', 'City'],
  [ns.iptcCore]: ['CreatorContactInfo', 'Location'],
  [ns.iptcExtension]: [
    'PersonInImage',
    'PersonInImageWDetails',
    'LocationShown',
    'LocationCreated',
    'ImageRegion',
    'ContentCreator',
  ],
};

/** People, places, serial numbers. exif:GPS… is a family of names. */
export function isPrivateProperty(namespace: string, name: string): boolean {
  if (privateNamespaces.has(namespace)) return true;
  if (namespace === ns.exif && name.startsWith('GPS')) return true;
  return privateProperties[namespace]?.includes(name) ?? false;
}
