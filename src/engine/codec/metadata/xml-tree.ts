// A small XML reader and writer for XMP packets. What it does not change comes out as it went in: text and attribute
// values stay in their escaped form. No DTDs, so no entity tricks.

export interface XmlElement {
  readonly kind: 'element';
  /** With its prefix, as written. */
  readonly name: string;
  /** Name as written -> raw value between the quotes. */
  readonly attributes: Map<string, string>;
  children: XmlNode[];
}

export type XmlNode = XmlElement | { readonly kind: 'text'; readonly raw: string };

/** Deeper than any XMP; keeps a hostile packet from exhausting the stack. */
const deepest = 200;

/** The document element. Processing instructions, comments and declarations around it are dropped. Throws SyntaxError. */
export function parseXml(text: string): XmlElement {
  const token =
    /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:[^>"']|"[^"]*"|'[^']*')*)>/g;
  const root: XmlElement = { kind: 'element', name: '', attributes: new Map(), children: [] };
  const open: XmlElement[] = [root];
  let end = 0;
  for (const match of text.matchAll(token)) {
    const parent = open.at(-1);
    if (parent === undefined) throw new SyntaxError('closed too often');
    const between = text.slice(end, match.index);
    if (between.includes('<')) throw new SyntaxError('stray <');
    if (between !== '') parent.children.push({ kind: 'text', raw: between });
    end = match.index + match[0].length;
    const [whole, closed, opened, rest = ''] = match;
    if (closed !== undefined) {
      if (parent.name !== closed || parent === root)
        throw new SyntaxError(`</${closed}> closes <${parent.name}>`);
      open.pop();
    } else if (opened !== undefined) {
      const isEmpty = rest.endsWith('/');
      const element: XmlElement = {
        kind: 'element',
        name: opened,
        attributes: parseAttributes(isEmpty ? rest.slice(0, -1) : rest),
        children: [],
      };
      parent.children.push(element);
      if (!isEmpty) open.push(element);
      if (open.length > deepest) throw new SyntaxError('nested too deep');
    } else if (whole.startsWith('<![CDATA[')) {
      parent.children.push({ kind: 'text', raw: whole });
    }
  }
  if (open.length !== 1) throw new SyntaxError('not closed');
  const element = elementsOf(root)[0];
  if (element === undefined) throw new SyntaxError('no element');
  return element;
}

export function writeXml(node: XmlNode): string {
  if (node.kind === 'text') return node.raw;
  const attributes = [...node.attributes]
    .map(([name, raw]) => ` ${name}="${raw.replaceAll('"', '&quot;')}"`)
    .join('');
  if (node.children.length === 0) return `<${node.name}${attributes}/>`;
  return `<${node.name}${attributes}>${node.children.map(writeXml).join('')}</${node.name}>`;
}

export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (XmlElement | string)[] = [],
): XmlElement {
  return {
    kind: 'element',
    name,
    attributes: new Map(Object.entries(attributes).map(([key, value]) => [key, escapeXml(value)] as const)),
    children: children.map((child) =>
      typeof child === 'string' ? { kind: 'text', raw: escapeXml(child) } : child,
    ),
  };
}

export function elementsOf(parent: XmlElement): XmlElement[] {
  return parent.children.filter((child) => child.kind === 'element');
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function parseAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const match of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const [, name = '', double, single] = match;
    attributes.set(name, double ?? single ?? '');
  }
  return attributes;
}
