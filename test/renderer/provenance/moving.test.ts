/** Animations and videos that are signed: they play as before, ours and the reference's readers believe them, changes show. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../../renderer/core/pictures/read-picture.ts';
import { run, versionOf } from '../../../renderer/core/sequences/ffmpeg.ts';
import { FrameStore } from '../../../renderer/core/sequences/frame-store.ts';
import { GIF_END, gifFrame, gifHeader } from '../../../renderer/core/sequences/gif.ts';
import { writeSequence } from '../../../renderer/core/sequences/write-sequence.ts';
import { GIF } from '../../../renderer/provenance/assets/gif.ts';
import { MP4 } from '../../../renderer/provenance/assets/mp4.ts';
import { WEBP } from '../../../renderer/provenance/assets/webp.ts';
import { inspectProvenance } from '../../../renderer/provenance/inspect-provenance.ts';
import { sha256 } from '../../../renderer/provenance/origin.ts';
import { createFileSeal } from '../../../renderer/provenance/seal.ts';
import { validateByReference } from '../../hosts/c2pa-reference.ts';
import { noise } from '../core/pictures/samples.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { testIdentity } from './identities.ts';

const { identity, root, rootPem } = await testIdentity();
const style = { name: 'Monk & "Co"', sha256: sha256('the style') };
const seal = createFileSeal(identity, { action: 'restyled', style });
const source = sha256('the clip');
const inFolder = temporaryFolder();
const fixture = (name: string) =>
  readFile(fileURLToPath(new URL(`../../fixtures/sequences/${name}`, import.meta.url)));

const KINDS = {
  async gif(xmp = '') {
    const frames = await Promise.all([1, 2].map(() => noise(40, 30).gif().toBuffer()));
    return Buffer.concat([
      gifHeader(40, 30, xmp),
      ...frames.map((frame) => gifFrame(frame, 0.1, false)),
      GIF_END,
    ]);
  },
  webp: async (xmp = '') =>
    sharp(await fixture('collins.webp'), { animated: true, pages: 2 })
      .withXmp(xmp)
      .toBuffer(),
  mp4: () => fixture('collins.mp4'),
} as const;
type Kind = keyof typeof KINDS;
const CONTAINERS = { gif: GIF, webp: WEBP, mp4: MP4 } as const;
const MEDIA: Record<Kind, string> = { gif: 'image/gif', webp: 'image/webp', mp4: 'video/mp4' };

async function make(kind: Kind) {
  const { xmp, sign } = seal(source, kind, 1e6);
  const plain = new Uint8Array(await KINDS[kind](xmp));
  return { plain, signed: await sign!(plain) };
}
const inspect = (file: Uint8Array) => inspectProvenance(file, [root]);

describe.each(['gif', 'webp', 'mp4'] as const)('a signed %s', async (kind) => {
  const { plain, signed } = await make(kind);
  /** A byte of its pictures. */
  const inside =
    kind === 'mp4' ? Buffer.from(signed).indexOf('mdat') + 3000 : Buffer.from(signed).length - 2300;

  it('says what was done to what, and is trusted, by the reference, too', async () => {
    expect(await inspect(signed)).toMatchObject({
      ...{ verdict: 'trusted', problems: [], action: 'restyled', source, style },
      actions: ['c2pa.opened', 'c2pa.edited'],
      digitalSourceType: expect.stringContaining('compositeWithTrainedAlgorithmicMedia'),
    });
    const reference = await validateByReference(signed, MEDIA[kind], rootPem);
    expect(reference).toEqual({ state: 'Trusted', failures: [] });
  });

  it('is tampered with once a picture was changed, says the reference, too', async () => {
    const changed = signed.slice();
    changed[kind === 'webp' ? Buffer.from(signed).indexOf('ANMF') + 200 : inside] ^= 1;
    const code = kind === 'mp4' ? 'assertion.bmffHash.mismatch' : 'assertion.dataHash.mismatch';
    expect(await inspect(changed)).toMatchObject({ verdict: 'tampered', problems: [code] });
    expect((await validateByReference(changed, MEDIA[kind], rootPem)).failures).toEqual([code]);
  });

  it('is not trusted with one bit changed outside of its manifest, and with one inside says the same or is not', async () => {
    const told = await inspect(signed);
    const [{ start, length }] = CONTAINERS[kind].find(signed);
    // What stands before the first box but one is not hashed: servers may change it (C2PA 2.1, 18.7.3.3).
    const first = kind === 'mp4' ? Buffer.from(signed).readUInt32BE(0) : 0;
    const place = fc.tuple(fc.integer({ min: first, max: signed.length - 1 }), fc.nat(7));
    await fc.assert(
      fc.asyncProperty(place, async ([at, bit]) => {
        const changed = signed.slice();
        changed[at] ^= 1 << bit;
        const now = await inspect(changed);
        // A manifest's own label and the flags of its boxes are not signed (C2PA 2.1, 13.2; ISO/IEC 19566-5).
        if (now.verdict === 'trusted' && at >= start && at < start + length) expect(now).toEqual(told);
        else expect(['tampered', 'stripped', 'none']).toContain(now.verdict);
      }),
      { numRuns: 100, examples: [[[first + 115, 0]]] },
    );
  });

  it('plays as before', async () => {
    expect(signed.length).toBeGreaterThan(plain.length);
    if (kind === 'mp4') return;
    const decode = (file: Uint8Array) =>
      sharp(file, { animated: true }).raw().toBuffer({ resolveWithObject: true });
    const [before, after] = await Promise.all([decode(plain), decode(signed)]);
    expect(after.info.pages).toBe(2);
    expect(after.data.equals(before.data)).toBe(true);
  });

  it('signed again has one manifest, the new one', async () => {
    const again = await seal(sha256('another clip'), kind, 1e6).sign!(signed);
    expect(await inspect(again)).toMatchObject({ source: sha256('another clip') });
    expect(again.length).toBe(signed.length);
  });
});

it.skipIf((await versionOf('ffmpeg')) === null)('a signed MP4 has the same pictures and sound', async () => {
  const { plain, signed } = await make('mp4');
  const sums = async (file: Uint8Array) => {
    await writeFile(inFolder('video.mp4'), file);
    const args = ['-v', 'error', '-i', inFolder('video.mp4'), '-f', 'framemd5', '-'];
    const { code, words, output } = await run('ffmpeg', args);
    expect([code, words]).toEqual([0, '']);
    return output;
  };
  expect(await sums(signed)).toBe(await sums(plain));
});

it.skipIf((await versionOf('ffmpeg')) === null)(
  'an MP4 as it is written is signed, XMP and all',
  async () => {
    const path = inFolder('written.mp4');
    const store = await FrameStore.open(`${path}.frames`, 'key');
    const picture = await decodePicture(await noise(64, 48).png().toBuffer(), 'noise');
    for (const at of [0, 0.1]) await store.add(picture, at, 0.1);
    await writeSequence(path, store, {
      ...{ width: 64, height: 48, format: 'mp4', hasAlpha: false, sound: null, plays: 0 },
      ...seal(source, 'mp4', 1e4),
      seal: async () => new Uint8Array(),
    });
    const file = await readFile(path);
    expect(await inspect(file)).toMatchObject({ verdict: 'trusted', problems: [], style });
    expect(await validateByReference(file, 'video/mp4', rootPem)).toEqual({ state: 'Trusted', failures: [] });
    const cut = Buffer.from(file.toString('latin1').replace('jumbf=/c2pa', 'jumbf=/c3pa'), 'latin1');
    expect(await inspect(cut)).toMatchObject({ verdict: 'tampered' });
  },
);

it('what has no place for a manifest, or is too large to be read whole, says so little by XMP', () => {
  expect(seal(source, 'webm', 1e6)).toEqual({ xmp: expect.not.stringContaining('jumbf') });
  expect(seal(source, 'gif', 2e9)).toEqual({ xmp: expect.stringContaining(source) });
  expect(createFileSeal(null, { action: 'restyled' })(source, 'gif', 1)).toEqual({});
});
