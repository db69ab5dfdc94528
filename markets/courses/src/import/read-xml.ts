import { parseXml, XmlCdata, XmlElement, XmlText } from '@rgrove/parse-xml';
import type { Element, ElementContent } from 'hast';
import { ImportError } from './import-error.ts';
import { note } from './notes.ts';
import { xmlNote } from './parser-errors.ts';

const xmlLimit = 5 * 1024 * 1024;
const depthLimit = 200;

/** HTML's names that course authors write into XML although XML does not know them. Nothing else is expanded. */
const entities: Record<string, string> = {
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  times: '×',
  deg: '°',
  euro: '€',
};

/**
 * Parses one XML file and returns its root element. Document types are skipped and their entities never expanded, so
 * neither local files nor a billion laughs get in. Throws `xml_too_large` (5 MiB) and `xml_invalid`.
 */
export function readXml(bytes: Uint8Array): XmlElement {
  if (bytes.byteLength > xmlLimit) {
    throw new ImportError('xml_too_large', note('xml_too_large', { bytes: bytes.byteLength, limit: xmlLimit }));
  }
  const xml = decode(bytes);
  try {
    const root = parseXml(xml, {
      ignoreUndefinedEntities: true,
      resolveUndefinedEntity: (entity) => {
        const name = entity.slice(1, -1);
        return Object.hasOwn(entities, name) ? entities[name] : null;
      },
    }).root;
    if (root === null) throw new ImportError('xml_invalid', note('xml_empty'));
    assertShallow(root);
    return root;
  } catch (error) {
    if (error instanceof ImportError) throw error;
    if (error instanceof RangeError) throw new ImportError('xml_invalid', note('xml_too_deep'));
    throw new ImportError('xml_invalid', xmlNote(error, xml), { cause: error });
  }
}

function decode(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]{1,40})["']/.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(declared).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function assertShallow(root: XmlElement) {
  let level: XmlElement[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > depthLimit) throw new ImportError('xml_invalid', note('xml_too_deep'));
    level = level.flatMap(elementsIn);
  }
}

/** The element children, in order. */
export function elementsIn(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => child instanceof XmlElement);
}

/** All elements below, in document order, the element itself left out. */
export function elementsBelow(element: XmlElement): XmlElement[] {
  return elementsIn(element).flatMap((child) => [child, ...elementsBelow(child)]);
}

/** The attribute's value, or null when it is absent. */
export function attribute(element: XmlElement, name: string): string | null {
  return Object.hasOwn(element.attributes, name) ? (element.attributes[name] ?? null) : null;
}

/** True when the element holds neither elements nor text. */
export function isEmpty(element: XmlElement): boolean {
  return elementsIn(element).length === 0 && element.text.trim() === '';
}

/** The children as an element tree for prose; `leaveOut` says which elements are not prose. */
export function proseNodes(element: XmlElement, leaveOut: (child: XmlElement) => boolean = () => false) {
  const nodes: ElementContent[] = [];
  for (const child of element.children) {
    if (child instanceof XmlText) nodes.push({ type: 'text', value: child.text });
    if (child instanceof XmlElement && !leaveOut(child)) nodes.push(proseNode(child, leaveOut));
  }
  return nodes;
}

/** The element itself as an element tree for prose. */
export function proseNode(element: XmlElement, leaveOut: (child: XmlElement) => boolean = () => false): Element {
  const properties: Element['properties'] = {};
  for (const [name, value] of Object.entries(element.attributes)) properties[name.toLowerCase()] = value;
  return { type: 'element', tagName: element.name.toLowerCase(), properties, children: proseNodes(element, leaveOut) };
}

/** The element as XML text again, for keeping what cannot be shown. */
export function xmlText(element: XmlElement): string {
  const attributes = Object.entries(element.attributes).map(([name, value]) => ` ${name}="${escapeXml(value)}"`);
  const inner = element.children.map((child) => {
    if (child instanceof XmlElement) return xmlText(child);
    return child instanceof XmlText || child instanceof XmlCdata ? escapeXml(child.text) : '';
  });
  const open = `<${element.name}${attributes.join('')}`;
  return inner.length === 0 ? `${open}/>` : `${open}>${inner.join('')}</${element.name}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
