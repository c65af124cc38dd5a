/**
 * Frames come from anywhere. What could run, or reach outside the file, is refused and named before a browser sees it; what
 * is neither known nor harmful is dropped. The browser draws exactly what is left, as XML (see draw-frame.ts), and has no
 * scripts, no network and no files either (see browser.ts).
 */
import { DOMParser, type Document, type Element, type Node } from '@xmldom/xmldom';
import { LimnerError } from '../../models/errors.ts';
import { checkCss, isInside, shorten } from './check-css.ts';
import { checkExpansion } from './check-expansion.ts';

/** Elements that run, embed other documents, or change what was checked. */
const FORBIDDEN = new Set(
  'script iframe frame object embed applet audio video link meta base form input button textarea select handler listener'.split(
    ' ',
  ),
);
/** Elements of SVG that are drawn, or that describe what is. */
const SVG = new Set(
  (
    'a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer ' +
    'feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB ' +
    'feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting ' +
    'feSpotLight feTile feTurbulence filter foreignObject g image line linearGradient marker mask metadata mpath path pattern ' +
    'polygon polyline radialGradient rect set stop style svg switch symbol text textPath title tspan use view'
  ).split(' '),
);
/** The only elements of HTML inside a foreignObject: Figma makes blurs and angular gradients of them. */
const HTML = new Set(['div', 'span', 'p', 'br']);
const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
const HTML_NAMESPACE = 'http://www.w3.org/1999/xhtml';
/** Attributes that hold an address, whatever prefix they have. */
const REFERENCES = new Set('href src srcset data action poster background base'.split(' '));
/** Named in a message at most. */
const MOST_NAMED = 5;

/** Characters of a frame, embedded pictures included; those of the service are also limited by --max-body. */
const MOST_CHARACTERS = 128 * 2 ** 20;
/** Elements; a busy page of Figma has some thousand. */
const MOST_ELEMENTS = 50_000;
/** Elements within each other; Figma's own limit for layers is lower. */
const MOST_DEPTH = 200;

/** @throws BAD_SVG when it is none, or larger than can be drawn; UNSAFE_SVG naming what cannot be allowed */
export function parseFrame(text: string, name: string): Document {
  checkSize(text, name);
  const plain = withoutPlainType(text);
  if (/<!DOCTYPE|<!ENTITY/i.test(plain)) throw unsafe(name, ['a document type']);
  const document = parse(plain, name);
  const problems = [...new Set(cleanse(document, name))];
  if (problems.length > 0) throw unsafe(name, problems);
  checkExpansion(document, name);
  return document;
}

/** A type that names a document of rules and has none of its own: Illustrator and Inkscape write it, nobody reads it. */
const PLAIN_TYPE =
  /^<!DOCTYPE\s{1,9}svg(?:\s{1,9}PUBLIC\s{1,9}"[^"<>]{1,99}"\s{1,9}"[^"<>]{1,199}")?\s{0,9}>/;

function withoutPlainType(text: string): string {
  const at = text.indexOf('<!DOCTYPE');
  const [type] = PLAIN_TYPE.exec(text.slice(at, at + 400)) ?? [];
  return at < 0 || type === undefined ? text : text.slice(0, at) + text.slice(at + type.length);
}

/** Before anything is built from it. */
function checkSize(text: string, name: string): void {
  if (text.length > MOST_CHARACTERS) throw tooComplex(name, `more than ${MOST_CHARACTERS} characters`);
  let tags = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) tags++;
  // An element has two at most.
  if (tags > 2 * MOST_ELEMENTS) throw tooComplex(name, `more than ${MOST_ELEMENTS} elements`);
}

function parse(text: string, name: string): Document {
  try {
    const onError = (_: string, message: string) => {
      throw new Error(message);
    };
    const document = new DOMParser({ onError }).parseFromString(text.trim(), 'image/svg+xml');
    const root = document.documentElement;
    if (root?.localName === 'svg' && root.namespaceURI === SVG_NAMESPACE) return document;
  } catch (cause) {
    throw new LimnerError('BAD_SVG', `${name} is not well-formed SVG.`, { cause });
  }
  throw new LimnerError('BAD_SVG', `${name} is not an SVG file.`);
}

/** Drops what is unknown. @returns what cannot be allowed */
function cleanse(document: Document, name: string): string[] {
  const problems: string[] = [];
  const ready: { node: Node; depth: number }[] = [{ node: document, depth: 0 }];
  while (ready.length > 0) {
    const { node, depth } = ready.pop()!;
    if (depth > MOST_DEPTH) throw tooComplex(name, `more than ${MOST_DEPTH} elements within each other`);
    if (node.nodeType === node.PROCESSING_INSTRUCTION_NODE && node.nodeName !== 'xml')
      problems.push(`the instruction <?${node.nodeName}?>`);
    if (node.nodeType === node.ELEMENT_NODE) {
      const element = node as Element;
      problems.push(...problemsOf(element));
      if (!isKnown(element)) {
        element.parentNode?.removeChild(element);
        continue;
      }
    }
    for (const child of Array.from(node.childNodes)) ready.push({ node: child, depth: depth + 1 });
  }
  return problems;
}

const isKnown = ({ namespaceURI, localName }: Element): boolean =>
  (namespaceURI === SVG_NAMESPACE && SVG.has(localName ?? '')) ||
  (namespaceURI === HTML_NAMESPACE && HTML.has(localName ?? ''));

function problemsOf(element: Element): string[] {
  const name = (element.localName ?? '').toLowerCase();
  const isHtml = element.namespaceURI === HTML_NAMESPACE;
  const problems = FORBIDDEN.has(name) || (isHtml && !HTML.has(name)) ? [`<${name}>`] : [];
  if (name === 'style') problems.push(...checkCss(element.textContent ?? '', { isSheet: true }).problems);
  for (const { name: attribute, localName, namespaceURI, value } of Array.from(element.attributes)) {
    const local = (localName ?? attribute).toLowerCase();
    if (isName(attribute) || isForeign(namespaceURI)) continue;
    const where = ` in ${attribute} of ${called(element)}`;
    if (local.startsWith('on')) problems.push(`the handler ${attribute} of ${called(element)}`);
    else if (REFERENCES.has(local))
      problems.push(...problemsOfReference(value).map((problem) => problem + where));
    else if (local === 'attributename' && /href|^on|src|style|base/i.test(value))
      problems.push(`an animation of ${value}`);
    // Without one of these there is neither an address in a style nor anything that hides one.
    else if (/[(\\@]/.test(value))
      problems.push(...checkCss(value).problems.map((problem) => problem + where));
  }
  return problems;
}

/** What people and programs call a thing: never an address or a style, whatever it reads like. */
const isName = (attribute: string): boolean =>
  /^(id|class|name|title|label|alt|xlink:title|data-.*|aria-.*)$/i.test(attribute);

/** Of other programs: a browser knows what is in no namespace, in XLink's and in XML's. */
const isForeign = (namespace: string | null): boolean =>
  Boolean(namespace) && !KNOWN_NAMESPACES.includes(namespace as string);
const KNOWN_NAMESPACES = [
  'http://www.w3.org/1999/xlink',
  'http://www.w3.org/XML/1998/namespace',
  'http://www.w3.org/2000/xmlns/',
  SVG_NAMESPACE,
  HTML_NAMESPACE,
];

/** An element as a message names it. */
function called(element: Element): string {
  const id = element.getAttribute('id');
  return `<${element.localName}${id ? ` id="${shorten(id)}"` : ''}>`;
}

function problemsOfReference(value: string): string[] {
  const address = value.trim();
  return address === '' || isInside(address) ? [] : [`the reference ${shorten(address)}`];
}

export const tooComplex = (name: string, what: string): LimnerError =>
  new LimnerError('BAD_SVG', `${name} has ${what}, which is more than is drawn.`);

export function unsafe(name: string, problems: readonly string[]): LimnerError {
  const named = problems.slice(0, MOST_NAMED).join(', ');
  const more = problems.length > MOST_NAMED ? ` and ${problems.length - MOST_NAMED} more` : '';
  return new LimnerError('UNSAFE_SVG', `${name} has ${named}${more}, which is not allowed in a frame.`);
}
