import { decodeXml } from './decode-xml.ts';

/** Bytes looked at: prologues are short. */
const HEAD_BYTES = 4096;
/** What may stand before the root of an SVG file, and how each ends. */
const PROLOGUE = [
  ['<?', '?>'],
  ['<!--', '-->'],
] as const;

/** Whether a file looks like SVG. Time is linear in the bytes looked at, whatever they are. */
export function isFrame(bytes: Uint8Array): boolean {
  let rest = decodeXml(bytes.subarray(0, HEAD_BYTES)).trimStart();
  for (let at = afterPrologue(rest); at > 0; at = afterPrologue(rest)) rest = rest.slice(at).trimStart();
  return /^<(svg|!DOCTYPE svg)[\s>/]/i.test(rest);
}

/** Where the first part of a prologue ends; 0 when there is none. */
function afterPrologue(text: string): number {
  const part = PROLOGUE.find(([opening]) => text.startsWith(opening));
  if (!part) return 0;
  const [opening, closing] = part;
  const end = text.indexOf(closing, opening.length);
  return end < 0 ? 0 : end + closing.length;
}
