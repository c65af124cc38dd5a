/** ICC profiles (ICC.1:2022) of three primaries under sRGB's curve. */
import type { Gamut } from './gamut.ts';
import { D50, invert, multiply, toConnectionSpace, xyzToLinearSrgb } from './primaries.ts';

const HEADER = 128;
const VERSION_4_3 = 0x04300000;
/** Any date: profiles of one gamut are the same to the byte. */
const DATE = [2026, 1, 1, 0, 0, 0];
/** XYZ of the connection space's white, as rounded in 7.2.16. */
const WHITE = [0.9642, 1, 0.8249];
/** Gamma, a, b, c and d of IEC 61966-2-1, of function type 3. */
const SRGB_CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

/** A display profile. */
export function writeProfile({ name, toSrgb }: Gamut): Buffer {
  const colorants = multiply(invert(xyzToLinearSrgb(D50)), toSrgb);
  const curve = element('para', [uint16(3, 0), ...SRGB_CURVE.map(fixed)]);
  const columns = [0, 1, 2].map((i) => xyz(colorants.map((row) => row[i])));
  return assemble([
    ['desc', text(name)],
    ['cprt', text('No copyright, use freely')],
    ['wtpt', xyz(WHITE)],
    ['chad', element('sf32', toConnectionSpace().flat().map(fixed))],
    ...['rXYZ', 'gXYZ', 'bXYZ'].map((tag, i) => [tag, columns[i]] as const),
    ...['rTRC', 'gTRC', 'bTRC'].map((tag) => [tag, curve] as const),
  ]);
}

function assemble(tags: readonly (readonly [string, Buffer])[]): Buffer {
  const bodies = [...new Set(tags.map(([, body]) => body))];
  const start = HEADER + 4 + 12 * tags.length;
  const offsetOf = (body: Buffer) =>
    start + bodies.slice(0, bodies.indexOf(body)).reduce((sum, { length }) => sum + length, 0);
  const table = tags.map(([tag, body]) =>
    Buffer.concat([Buffer.from(tag, 'latin1'), uint32(offsetOf(body), body.length)]),
  );
  const profile = Buffer.concat([Buffer.alloc(HEADER), uint32(tags.length), ...table, ...bodies]);
  profile.set(uint32(profile.length), 0);
  profile.set(uint32(VERSION_4_3), 8);
  profile.write('mntrRGB XYZ ', 12, 'latin1');
  profile.set(uint16(...DATE), 24);
  profile.write('acsp', 36, 'latin1');
  profile.set(Buffer.concat(WHITE.map(fixed)), 68);
  return profile;
}

/** A type signature, four bytes of nothing, the body, and zeros up to a multiple of four. */
function element(type: string, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), uint32(0), ...parts]);
  return Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
}

const xyz = (values: readonly number[]): Buffer => element('XYZ ', values.map(fixed));

function text(words: string): Buffer {
  const characters = Buffer.from(words, 'utf16le').swap16();
  const record = Buffer.concat([Buffer.from('enUS', 'latin1'), uint32(characters.length, 28)]);
  return element('mluc', [uint32(1, 12), record, characters]);
}

function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => {
    bytes.writeUInt32BE(value, 4 * i);
  });
  return bytes;
}

function uint16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => {
    bytes.writeUInt16BE(value, 2 * i);
  });
  return bytes;
}

/** s15Fixed16Number. */
function fixed(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.round(value * 65_536));
  return bytes;
}
