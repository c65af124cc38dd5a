/**
 * Frames come from anywhere. What could run, or reach outside the file, is refused and named before a browser sees it; the
 * browser that draws the rest has no scripts, no network and no files either (see browser.ts).
 */
import { DOMParser, type Document, type Element, type Node } from '@xmldom/xmldom';
import { LimnerError } from '../../models/errors.ts';

/** Elements that run, embed other documents, or change what was checked. */
const FORBIDDEN = new Set(
  'script iframe frame object embed applet audio video link meta base form input button textarea select handler listener'.split(
    ' ',
  ),
);
/** The only elements of HTML inside a foreignObject: Figma makes blurs and angular gradients of them. */
const HTML = new Set(['div', 'span', 'p', 'br']);
const REFERENCES = ['href', 'xlink:href', 'src', 'srcset', 'data', 'action', 'poster', 'background'];
const PICTURE_DATA = /^data:image\/(png|jpe?g|webp|gif|avif);base64,[A-Za-z0-9+/=\s]*$/;
const FONT_DATA = /^data:(font\/|application\/(x-)?font)[\w.+-]*;base64,[A-Za-z0-9+/=\s]*$/;
/** Named in a message at most. */
const MOST_NAMED = 5;

/** @throws BAD_SVG when it is none, UNSAFE_SVG naming what cannot be allowed */
export function parseFrame(text: string, name: string): Document {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw unsafe(name, ['a document type']);
  const document = parse(text, name);
  const problems = [...problemsOf(document)];
  if (problems.length > 0) throw unsafe(name, [...new Set(problems)]);
  return document;
}

function parse(text: string, name: string): Document {
  try {
    const onError = (_: string, message: string) => {
      throw new Error(message);
    };
    const document = new DOMParser({ onError }).parseFromString(text.trim(), 'image/svg+xml');
    if (document.documentElement?.localName === 'svg') return document;
  } catch (cause) {
    throw new LimnerError('BAD_SVG', `${name} is not well-formed SVG.`, { cause });
  }
  throw new LimnerError('BAD_SVG', `${name} is not an SVG file.`);
}

function* problemsOf(node: Node): Generator<string> {
  if (node.nodeType === node.PROCESSING_INSTRUCTION_NODE && node.nodeName !== 'xml') {
    yield `the instruction <?${node.nodeName}?>`;
  }
  if (node.nodeType === node.ELEMENT_NODE) yield* problemsOfElement(node as Element);
  for (const child of Array.from(node.childNodes)) yield* problemsOf(child);
}

function* problemsOfElement(element: Element): Generator<string> {
  const name = (element.localName ?? '').toLowerCase();
  const isHtml = element.namespaceURI === 'http://www.w3.org/1999/xhtml';
  if (FORBIDDEN.has(name) || (isHtml && !HTML.has(name))) yield `<${name}>`;
  if (name === 'style') yield* externalUrls(element.textContent ?? '');
  for (const { name: attribute, value } of Array.from(element.attributes)) {
    if (/^on/i.test(attribute)) yield `the handler ${attribute}`;
    else if (REFERENCES.includes(attribute.toLowerCase())) yield* externalReference(value);
    else if (/^attributeName$/i.test(attribute) && /href|^on|src/i.test(value))
      yield `an animation of ${value}`;
    else yield* externalUrls(value);
  }
}

function* externalReference(value: string): Generator<string> {
  const isInside = value.trim() === '' || /^\s*#/.test(value) || PICTURE_DATA.test(value);
  if (!isInside) yield `the reference ${shorten(value)}`;
}

/** url(…), @import and their kin within styles and attributes. Escapes could hide any of them. */
function* externalUrls(text: string): Generator<string> {
  if (/\\/.test(text) && /url|import|[({]/i.test(text)) yield 'an escape in a style';
  if (/@import|@namespace|expression\s*\(|image-set\s*\(|-moz-binding/i.test(text))
    yield 'an import in a style';
  for (const [, quoted] of text.matchAll(/(?:url|src)\(\s*("[^"]*"|'[^']*'|[^)]*)\s*\)/gi)) {
    const url = quoted.replaceAll(/^["']|["']$/g, '').trim();
    if (!url.startsWith('#') && !PICTURE_DATA.test(url) && !FONT_DATA.test(url))
      yield `the reference ${shorten(url)}`;
  }
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 77)}…` : text);

function unsafe(name: string, problems: readonly string[]): LimnerError {
  const named = problems.slice(0, MOST_NAMED).join(', ');
  const more = problems.length > MOST_NAMED ? ` and ${problems.length - MOST_NAMED} more` : '';
  return new LimnerError('UNSAFE_SVG', `${name} has ${named}${more}, which is not allowed in a frame.`);
}
