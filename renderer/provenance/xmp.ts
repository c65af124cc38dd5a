/**
 * XMP (ISO 16684-1): all that WebP and PDF carry, and in PNG and JPEG the sign that a manifest was there. It is not
 * signed; whoever removes a manifest but leaves the XMP is found out, nobody else.
 */
import { DOMParser, type Element } from '@xmldom/xmldom';
import { describeOrigin, type Origin } from './origin.ts';

const NAMESPACES = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  limner: 'urn:limner:provenance:1',
} as const;

/** IPTC's digital source type: a composite in which trained networks had a part. */
export const SOURCE_TYPE =
  'http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia';

/** @param manifest the URI of the C2PA manifest in the same file */
export function xmpPacket(origin: Origin, software: string, manifest?: string): string {
  const attributes = {
    'xmp:CreatorTool': software,
    'Iptc4xmpExt:DigitalSourceType': SOURCE_TYPE,
    'limner:action': origin.action,
    'limner:source': origin.source,
    ...(origin.style ? { 'limner:style': origin.style.name, 'limner:styleHash': origin.style.sha256 } : {}),
    ...(manifest ? { 'dcterms:provenance': manifest } : {}),
  };
  const named = Object.entries(NAMESPACES).map(([prefix, uri]) => [`xmlns:${prefix}`, uri]);
  const words = [...named, ...Object.entries(attributes)].map(
    ([name, value]) => `${name}="${escapeXml(value)}"`,
  );
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${NAMESPACES.rdf}">`,
    `<rdf:Description rdf:about="" ${words.join(' ')}>`,
    `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(describeOrigin(origin))}</rdf:li></rdf:Alt></dc:description>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('');
}

export interface XmpFindings {
  readonly software: string | null;
  readonly digitalSourceType: string | null;
  readonly action: string | null;
  readonly source: string | null;
  readonly style: { readonly name: string; readonly sha256: string } | null;
  /** The URI of the manifest that the file says it has. */
  readonly manifest: string | null;
}

/** What an XMP packet says of the origin, or null when it is none of Limner's or cannot be read. */
export function readXmp(packet: string): XmpFindings | null {
  const description = parse(packet);
  if (!description) return null;
  const value = (prefix: keyof typeof NAMESPACES, name: string) =>
    description.getAttributeNS(NAMESPACES[prefix], name) || null;
  const [name, sha256] = [value('limner', 'style'), value('limner', 'styleHash')];
  return {
    software: value('xmp', 'CreatorTool'),
    digitalSourceType: value('Iptc4xmpExt', 'DigitalSourceType'),
    action: value('limner', 'action'),
    source: value('limner', 'source'),
    style: name && sha256 ? { name, sha256 } : null,
    manifest: value('dcterms', 'provenance'),
  };
}

function parse(packet: string): Element | null {
  const start = packet.indexOf('<x:xmpmeta');
  const end = packet.indexOf('</x:xmpmeta>');
  if (start < 0 || end < start) return null;
  try {
    const xml = packet.slice(start, end + '</x:xmpmeta>'.length);
    const document = new DOMParser({ onError: () => undefined }).parseFromString(xml, 'text/xml');
    return document.getElementsByTagNameNS(NAMESPACES.rdf, 'Description')[0] ?? null;
  } catch {
    return null;
  }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeXml = (text: string) =>
  text.replaceAll(/\p{Cc}/gu, ' ').replaceAll(/[&<>"]/g, (character) => ENTITIES[character]);
