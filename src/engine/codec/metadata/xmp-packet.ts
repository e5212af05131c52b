// An original's XMP packet, corrected for the new picture and joined by the restoration record.
import type { RestorationRecord } from '#shared/contract/restoration-record.ts';
import { recordDescription } from './restoration-record.ts';
import { element, elementsOf, escapeXml, parseXml, writeXml, type XmlElement } from './xml-tree.ts';
import { isPrivateProperty, ns } from './xmp-namespaces.ts';

export interface XmpChanges {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly densityPpi: number | null;
  readonly dropPrivate: boolean;
  readonly record: RestorationRecord | null;
}

/**
 * A whole packet with its wrapper, or null when there is nothing to say. Throws SyntaxError when the original is
 * not readable XML.
 */
export function rewriteXmp(original: Uint8Array | null, changes: XmpChanges): Uint8Array | null {
  if (original === null && changes.record === null) return null;
  const root = original === null ? emptyPacket() : parseXml(decodePacket(original));
  const graph = findGraph(root, new Map());
  if (graph === null) throw new SyntaxError('no rdf:RDF');
  const { rdf, scope } = graph;
  const about = correctDescriptions(rdf, scope, changes);
  if (changes.record !== null) rdf.children.push(recordDescription(changes.record, rdf.name, about));
  return wrapPacket(writeXml(root));
}

/** `<?xpacket` makes the packet findable by programs that scan files; id is fixed by the XMP specification, part 1. */
export function wrapPacket(xml: string): Uint8Array {
  const packet = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\n${xml}\n<?xpacket end="w"?>`;
  return new TextEncoder().encode(packet);
}

function emptyPacket(): XmlElement {
  const rdf = element('rdf:RDF', { 'xmlns:rdf': ns.rdf });
  return element('x:xmpmeta', { 'xmlns:x': ns.adobeMeta }, [rdf]);
}

function decodePacket(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xfe && bytes[1] === 0xff
      ? 'utf-16be'
      : bytes[0] === 0xff && bytes[1] === 0xfe
        ? 'utf-16le'
        : 'utf-8';
  // Packets are often padded with NULs by those who store them.
  return new TextDecoder(encoding).decode(bytes).replace(/\0+$/, '');
}

/** Prefix -> namespace, as far as declared on the way down. */
type Scope = ReadonlyMap<string, string>;

function scopeWithin(outer: Scope, node: XmlElement): Scope {
  const inner = new Map(outer);
  for (const [name, value] of node.attributes) {
    if (name.startsWith('xmlns:')) inner.set(name.slice(6), value);
  }
  return inner;
}

function resolve(scope: Scope, name: string): readonly [namespace: string, local: string] {
  const colon = name.indexOf(':');
  return [scope.get(name.slice(0, Math.max(0, colon))) ?? '', name.slice(colon + 1)];
}

function findGraph(node: XmlElement, outer: Scope): { rdf: XmlElement; scope: Scope } | null {
  const scope = scopeWithin(outer, node);
  const [namespace, local] = resolve(scope, node.name);
  if (namespace === ns.rdf && local === 'RDF') return { rdf: node, scope };
  for (const child of elementsOf(node)) {
    const found = findGraph(child, scope);
    if (found !== null) return found;
  }
  return null;
}

/** Goes through every property, written as element or attribute; gives back what the descriptions are about. */
function correctDescriptions(rdf: XmlElement, scope: Scope, changes: XmpChanges): string {
  let about = '';
  for (const description of elementsOf(rdf)) {
    const inner = scopeWithin(scope, description);
    for (const [name, raw] of [...description.attributes]) {
      const [namespace, local] = resolve(inner, name);
      if (name.startsWith('xmlns:') || name === 'xmlns') continue;
      if (namespace === ns.rdf) {
        if (local === 'about') about = raw;
        continue;
      }
      const verdict = correction(namespace, local, changes);
      if (verdict === 'drop') description.attributes.delete(name);
      else if (verdict !== null) description.attributes.set(name, escapeXml(verdict));
    }
    description.children = description.children.filter((child) => {
      if (child.kind === 'text') return true;
      const [namespace, local] = resolve(scopeWithin(inner, child), child.name);
      const verdict = correction(namespace, local, changes);
      if (verdict !== null && verdict !== 'drop')
        child.children = [{ kind: 'text', raw: escapeXml(verdict) }];
      return verdict !== 'drop';
    });
  }
  return about;
}

/** A property's new value, 'drop', or null to leave it alone. */
function correction(namespace: string, local: string, changes: XmpChanges): string | null {
  if (changes.dropPrivate && isPrivateProperty(namespace, local)) return 'drop';
  // Extended XMP is not carried over, so the pointer to it would lead nowhere.
  if (namespace === ns.xmpNote) return 'drop';
  if (changes.record !== null) {
    if (namespace === ns.heirloom) return 'drop';
    if (namespace === ns.iptcExtension && local === 'DigitalSourceType') return 'drop';
  }
  if (namespace === ns.tiff) {
    if (local === 'Orientation') return '1';
    if (local === 'ImageWidth') return String(changes.widthPx);
    if (local === 'ImageLength') return String(changes.heightPx);
    if (changes.densityPpi !== null) {
      if (local === 'XResolution' || local === 'YResolution')
        return `${Math.round(changes.densityPpi * 100)}/100`;
      if (local === 'ResolutionUnit') return '2';
    }
  }
  if (namespace === ns.exif) {
    if (local === 'PixelXDimension') return String(changes.widthPx);
    if (local === 'PixelYDimension') return String(changes.heightPx);
  }
  return null;
}
