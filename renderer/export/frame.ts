/** A frame to be exported: its document, its size, and the pictures in it. */
import { type Document, type Element, XMLSerializer } from '@xmldom/xmldom';
import { LimnerError } from '../../models/errors.ts';
import { checkCss } from './check-css.ts';
import { parseFrame } from './check-svg.ts';
import { pictureData, readPictureData } from './picture-data.ts';

export interface Frame {
  readonly name: string;
  readonly document: Document;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** An `<image>` of the frame, whose data lie in it. */
export interface EmbeddedPicture {
  readonly element: Element;
  readonly bytes: Uint8Array;
}

/** Marks pictures in the document for the browser: the value is their place in `embeddedPictures`. */
export const MARK = 'data-limner-picture';

/** Longest edge (CSS px); at the smallest scale it is as long as the longest export. */
const LONGEST_EDGE = 163_840;

/** @throws BAD_SVG, UNSAFE_SVG */
export function readFrame(text: string, name: string): Frame {
  const document = parseFrame(text, name);
  const svg = rootOf(document);
  const box = (svg.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [width, height] = [lengthOf(svg, 'width') ?? box[2], lengthOf(svg, 'height') ?? box[3]];
  if (!(width > 0 && height > 0)) throw new LimnerError('BAD_SVG', `${name} does not say how large it is.`);
  if (Math.min(width, height) < 1 || Math.max(width, height) > LONGEST_EDGE)
    throw new LimnerError('BAD_SVG', `${name} is not between 1 and ${LONGEST_EDGE} px wide and high.`);
  if (box.length !== 4 || !box.every(Number.isFinite)) svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  // What a frame brings of its own would be taken for ours.
  for (const element of Array.from(document.getElementsByTagName('*'))) element.removeAttribute(MARK);
  const frame = { name, document, width, height };
  // Browsers do not show all of the forms that are read.
  for (const picture of embeddedPictures(frame)) replacePicture(picture, picture.bytes);
  return frame;
}

export function embeddedPictures({ document }: Frame): EmbeddedPicture[] {
  return Array.from(document.getElementsByTagNameNS('*', 'image')).flatMap((element) => {
    const bytes = readPictureData(hrefOf(element) ?? '');
    return bytes ? [{ element, bytes }] : [];
  });
}

/** Pictures that are shown some other way than as an `<image>`: by filters, and as backgrounds of HTML. */
export function otherPictures({ document }: Frame): Uint8Array[] {
  const all = Array.from(document.getElementsByTagName('*'));
  const addresses = all.flatMap((element) => [
    ...(element.localName === 'feImage' ? [hrefOf(element) ?? ''] : []),
    ...(element.localName === 'style' ? checkCss(element.textContent ?? '').pictures : []),
    ...Array.from(element.attributes).flatMap(({ value }) =>
      value.includes('(') ? checkCss(value).pictures : [],
    ),
  ]);
  return addresses.flatMap((address) => readPictureData(address) ?? []);
}

const XLINK = 'http://www.w3.org/1999/xlink';

export const hrefOf = (element: Element): string | null =>
  element.getAttribute('href') ?? element.getAttributeNS(XLINK, 'href');

/** Puts other data in a picture's place; its size in the frame stays. */
export function replacePicture({ element }: EmbeddedPicture, png: Uint8Array): void {
  element.removeAttributeNS(XLINK, 'href');
  element.setAttribute('href', pictureData(png));
}

/** The frame as a file, `scale` times as large. */
export function writeFrame({ document, width, height }: Frame, scale: number): string {
  const copy = document.cloneNode(true) as Document;
  const svg = rootOf(copy);
  svg.setAttribute('width', String(Math.round(width * scale)));
  svg.setAttribute('height', String(Math.round(height * scale)));
  return new XMLSerializer().serializeToString(svg);
}

function rootOf({ documentElement }: Document): Element {
  if (!documentElement) throw new LimnerError('BAD_SVG', 'The frame is empty.');
  return documentElement;
}

function lengthOf(svg: Element, name: string): number | null {
  const value = /^\s*([\d.]+)(px)?\s*$/.exec(svg.getAttribute(name) ?? '');
  return value ? Number(value[1]) : null;
}
