import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../models/image/random.ts';
import { packArchive } from '../../../models/style-file/archive.ts';
import { decodeStyle, encodeStyle, MAX_STYLE_BYTES } from '../../../models/style-file/index.ts';
import { codeOf, manifest, plainStyle } from './samples.ts';

const bytes = encodeStyle(plainStyle);
const classified = {
  ...plainStyle,
  manifest: { ...manifest, classifier: { threshold: 0.8 } },
  classifier: Uint8Array.of(1, 2, 3),
  weights: { srgan: Uint8Array.of(4), 'srgan-lite': Uint8Array.of(5) },
};

/** A zip with valid sums, of the style's entries with changes. */
function repack(change: Record<string, Uint8Array>): Uint8Array {
  const { SHA256SUMS: _, ...entries } = unzipSync(bytes);
  return packArchive({ ...entries, ...change });
}

const withManifest = (change: object) =>
  repack({ 'style.json': new TextEncoder().encode(JSON.stringify({ ...manifest, ...change })) });

describe('a style file', () => {
  it.each([
    ['plain', plainStyle],
    ['with networks and a classifier', classified],
  ])('comes back as it was: %s', (_, style) => {
    expect(decodeStyle(encodeStyle(style))).toEqual(style);
  });

  it('has the same bytes every time', () => {
    expect(encodeStyle({ ...plainStyle })).toEqual(bytes);
  });

  it('any cut is noticed', () => {
    for (let length = 0; length < bytes.length; length += 41)
      expect(codeOf(() => decodeStyle(bytes.subarray(0, length)))).toBe('STYLE_DAMAGED');
  });

  it('changed bits give the same style or a clear error, never another style', () => {
    const random = seededRandom(3);
    let noticed = 0;
    for (let round = 0; round < 1500; round++) {
      const changed = bytes.slice();
      const at = Math.floor(random() * bytes.length);
      changed[at] ^= 1 << Math.floor(random() * 8);
      try {
        expect(decodeStyle(changed)).toEqual(plainStyle);
      } catch (error) {
        expect(['STYLE_DAMAGED', 'STYLE_TOO_LARGE']).toContain((error as { code: string }).code);
        noticed++;
      }
    }
    expect(noticed).toBeGreaterThan(1300);
  });
});

describe('corrections of a style', () => {
  const corrections = { leftEyeUpperLid: [0.01, -0.06], chin: [0, 0.1] } as const;
  const corrected = { ...plainStyle, manifest: { ...manifest, corrections } };

  it('come back, in a file of the version that has them', () => {
    const { manifest: kept } = decodeStyle(encodeStyle(corrected));
    expect(kept).toMatchObject({ version: 2, corrections });
  });

  it('are of the largest face, or in a later version of another', () => {
    expect(decodeStyle(encodeStyle(corrected)).manifest.correctedFace).toBe(0);
    const ofAnother = { ...corrected, manifest: { ...corrected.manifest, correctedFace: 2 } };
    const { manifest: kept } = decodeStyle(encodeStyle(ofAnother));
    expect(kept).toMatchObject({ version: 3, corrections, correctedFace: 2 });
    expect(codeOf(() => decodeStyle(withManifest({ correctedFace: -1 })))).toBe('STYLE_DAMAGED');
  });

  it('leave the file as earlier Limners read it where there are none', () => {
    for (const none of [{}, { chin: [0, 0] as const }]) {
      const file = encodeStyle({ ...plainStyle, manifest: { ...manifest, version: 2, corrections: none } });
      const json = JSON.parse(new TextDecoder().decode(unzipSync(file)['style.json']));
      expect(json.version).toBe(1);
      expect(json).not.toHaveProperty('corrections');
      expect(decodeStyle(file).manifest.corrections).toEqual({});
    }
  });
});

describe('a style file that is refused', () => {
  it('of a later version, whatever else it holds', () => {
    expect(codeOf(() => decodeStyle(withManifest({ version: 4, layers: [1, 2] })))).toBe('STYLE_TOO_NEW');
  });

  it.each([
    ['without a name', { name: '' }],
    ['with a field of nobody', { colour: 'red' }],
    ['with half a face', { landmarks: [1, 2, 3] }],
    ['with a handle of nobody', { corrections: { ear: [0, 0] } }],
    ['with a handle too far away', { corrections: { chin: [0, 2] } }],
    ['with a likeness of 2', { settings: { ...manifest.settings, likeness: 2 } }],
    ['with a threshold but no classifier', { classifier: { threshold: 0.5 } }],
    ['whose reference is of another type', { reference: { ...manifest.reference, type: 'image/png' } }],
  ])('%s', (_, change) => {
    expect(codeOf(() => decodeStyle(withManifest(change)))).toBe('STYLE_DAMAGED');
  });

  it('with an entry of nobody, or one that style.json does not know', () => {
    for (const name of ['../evil.sh', 'classifier.json', 'reference.png'])
      expect(codeOf(() => decodeStyle(repack({ [name]: Uint8Array.of(1) })))).toBe('STYLE_DAMAGED');
  });

  it('that is no zip', () => {
    for (const data of [new Uint8Array(), new Uint8Array(100), new TextEncoder().encode('PK\x03\x04 no')])
      expect(codeOf(() => decodeStyle(data))).toBe('STYLE_DAMAGED');
  });
});

describe('limits', () => {
  const bomb = zipSync({ 'style.json': new Uint8Array(200 * 2 ** 20) });

  it('a zip that unpacks to 200 MB is refused before it is unpacked', () => {
    expect(bomb.length).toBeLessThan(MAX_STYLE_BYTES / 20);
    const before = process.memoryUsage().arrayBuffers;
    expect(codeOf(() => decodeStyle(bomb))).toBe('STYLE_TOO_LARGE');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 2 ** 20);
  });

  it('nor does one that lies about its size get more than it says', () => {
    const liar = bomb.slice();
    const view = new DataView(liar.buffer);
    const directory = view.getUint32(liar.length - 22 + 16, true);
    view.setUint32(directory + 24, 100, true);
    expect(codeOf(() => decodeStyle(liar))).toBe('STYLE_DAMAGED');
  });

  it('a zip of thousands of entries is refused at the first', () => {
    const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`e${i}`, new Uint8Array()]));
    expect(codeOf(() => decodeStyle(zipSync(many)))).toBe('STYLE_DAMAGED');
  });

  it('8 MB for a file, read or written', () => {
    expect(codeOf(() => decodeStyle(new Uint8Array(MAX_STYLE_BYTES + 1)))).toBe('STYLE_TOO_LARGE');
    const style = { ...plainStyle, reference: new Uint8Array(MAX_STYLE_BYTES) };
    expect(codeOf(() => encodeStyle(style))).toBe('STYLE_TOO_LARGE');
  });
});
