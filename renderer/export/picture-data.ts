/** `data:` addresses of pictures, in the forms that editors write them; what they hold decides, not what they say. */
import { sniffFormat } from '../core/pictures/sniff-format.ts';

/** Before the comma, parameters by semicolons: image/png, img/png, image/jpeg;charset=utf-8, or nothing at all. */
const TYPE = /^(im(age|g)\/[\w.+-]{1,40}|application\/octet-stream|)$/i;
/** Longest head that is looked at. */
const MOST_HEAD = 200;

/** The bytes of a picture in an address; null for anything else, vector graphics included. */
export function readPictureData(address: string): Uint8Array | null {
  const start = address.length - address.trimStart().length;
  const comma = address.slice(start, start + MOST_HEAD).indexOf(',') + start;
  if (comma < start || address.slice(start, start + 5).toLowerCase() !== 'data:') return null;
  const [type, ...parameters] = address
    .slice(start + 5, comma)
    .split(';')
    .map((part) => part.trim());
  if (!TYPE.test(type)) return null;
  const isBase64 = parameters.some((parameter) => parameter.toLowerCase() === 'base64');
  const bytes = decode(address.slice(comma + 1), isBase64);
  return sniffFormat(bytes) ? bytes : null;
}

/** The address of a picture as every browser shows it. */
export const pictureData = (bytes: Uint8Array): string =>
  `data:image/${sniffFormat(bytes) ?? 'png'};base64,${Buffer.from(bytes).toString('base64')}`;

function decode(body: string, isBase64: boolean): Uint8Array {
  const plain = body.includes('%') ? withoutPercents(body) : Buffer.from(body, 'latin1');
  return isBase64 ? Buffer.from(plain.toString('latin1'), 'base64') : plain;
}

/** Each %XX as the byte that it names; others stay. */
function withoutPercents(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let i = 0; i < bytes.length; i++, length++) {
    const code = bytes[i] === 0x25 ? Number.parseInt(text.slice(i + 1, i + 3), 16) : Number.NaN;
    bytes[length] = Number.isNaN(code) ? bytes[i] : code;
    if (!Number.isNaN(code)) i += 2;
  }
  return bytes.subarray(0, length);
}
