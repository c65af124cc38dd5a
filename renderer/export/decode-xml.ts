/** Bytes of XML before whose end a declaration stands. */
const HEAD = 200;
/** Byte order marks of UTF-16; that of UTF-8 is a TextDecoder's own business. */
const MARKS: readonly (readonly [string, number, number])[] = [
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/** XML as text, by its byte order mark or the encoding that it declares; else UTF-8. */
export function decodeXml(bytes: Uint8Array): string {
  const mark = MARKS.find(([, first, second]) => bytes[0] === first && bytes[1] === second);
  if (mark) return new TextDecoder(mark[0]).decode(bytes);
  const head = Buffer.from(bytes.subarray(0, HEAD)).toString('latin1');
  const declaration = head.startsWith('<?xml') ? head.slice(0, head.indexOf('?>') + 1) : '';
  const [, label = 'utf-8'] = /encoding\s?=\s?["']([\w.:-]{1,40})["']/i.exec(declaration) ?? [];
  // Whoever declares UTF-16 in single bytes means something else.
  return new TextDecoder(isKnown(label) && !/^utf-?16/i.test(label) ? label : 'utf-8').decode(bytes);
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label) !== null;
  } catch {
    return false;
  }
}
