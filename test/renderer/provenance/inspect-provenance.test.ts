import { SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import { ManifestStore } from '@trustnxt/c2pa-ts/manifest';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../../renderer/core/pictures/read-picture.ts';
import { inspectProvenance } from '../../../renderer/provenance/inspect-provenance.ts';
import { openAsset } from '../../../renderer/provenance/manifest.ts';
import { sha256 } from '../../../renderer/provenance/origin.ts';
import { createSeal, unsignedXmp } from '../../../renderer/provenance/seal.ts';
import { noise } from '../core/pictures/samples.ts';
import { DAY, testIdentity } from './identities.ts';

const source = new TextEncoder().encode('the portrait');
const style = { name: 'Monk & "Co"', sha256: sha256('the style') };
const mine = await testIdentity();
const seal = createSeal(mine.identity, { action: 'restyled', style });
const picture = await decodePicture(await noise().png().toBuffer(), 'noise');
const signed = {
  png: await seal(picture, 'png', source),
  jpeg: await seal(picture, 'jpeg', source),
  webp: await seal(picture, 'webp', source),
};
const inspect = (file: Uint8Array, trusted = [mine.root], now = new Date()) =>
  inspectProvenance(file, trusted, now);

describe.each(['png', 'jpeg', 'webp'] as const)('a signed %s', (format) => {
  it('says what was done to what, in which style, by which software, and is trusted', async () => {
    expect(await inspect(signed[format])).toEqual({
      verdict: 'trusted',
      problems: [],
      signer: {
        subject: 'CN=Limner, O=Limner',
        issuer: expect.stringMatching(/^CN=Limner root/),
        until: expect.any(String),
      },
      software: expect.stringMatching(/^Limner \d/),
      actions: ['c2pa.opened', 'c2pa.edited'],
      digitalSourceType:
        'http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia',
      action: 'restyled',
      source: sha256(source),
      style,
    });
  });

  it('is signed as COSE has it: r and s of 32 bytes each, not ASN.1', () => {
    const jumbf = openAsset(signed[format])?.getManifestJUMBF() ?? new Uint8Array();
    const [manifest] = ManifestStore.read(SuperBox.fromBuffer(jumbf.slice())).manifests;
    expect(manifest.signature?.signatureData.signature).toHaveLength(64);
  });

  it('shows the same pixels as an unsigned one', async () => {
    const unsigned = await createSeal(null, { action: 'restyled' })(picture, format, source);
    const [a, b] = await Promise.all([signed[format], unsigned].map((file) => decodePicture(file, format)));
    expect(a.data).toEqual(b.data);
  });

  it('is not trusted with one bit changed outside of its manifest, and with one inside says the same or is not', async () => {
    const file = signed[format];
    const told = await inspect(file);
    const { start, length } = openAsset(file)!.getHashExclusionRange();
    const place = fc.tuple(fc.nat(file.length - 1), fc.nat(7));
    await fc.assert(
      fc.asyncProperty(place, async ([at, bit]) => {
        const changed = file.slice();
        changed[at] ^= 1 << bit;
        const now = await inspect(changed);
        // A manifest's own label and the flags of its boxes are not signed (C2PA 2.1, 13.2; ISO/IEC 19566-5), nor is a JPEG's box instance number.
        if (now.verdict === 'trusted' && at >= start && at < start + length) expect(now).toEqual(told);
        else expect(['tampered', 'stripped', 'none']).toContain(now.verdict);
      }),
      { numRuns: 300 },
    );
  });

  it('is tampered with once a pixel has been painted over, the manifest kept', async () => {
    const file = signed[format];
    const changed = file.slice();
    changed[format === 'webp' ? Buffer.from(file).indexOf('VP8 ') + 40 : file.length - 40] ^= 1;
    const { verdict, problems } = await inspect(changed);
    expect({ verdict, problems }).toEqual({ verdict: 'tampered', problems: ['assertion.dataHash.mismatch'] });
  });

  it('is stripped when the manifest alone was taken out', async () => {
    const { xmp } = await sharp(signed[format]).metadata();
    const stripped = await sharp(signed[format]).withXmp(String(xmp)).toFormat(format).toBuffer();
    expect(await inspect(stripped)).toMatchObject({ verdict: 'stripped', style, source: sha256(source) });
  });

  it('says nothing when all metadata were taken out', async () => {
    const bare = await sharp(signed[format]).toFormat(format).toBuffer();
    expect(await inspect(bare)).toMatchObject({ verdict: 'none', software: null, style: null });
  });

  it('is untrusted where nobody vouches for the signer, also not a root of the same name', async () => {
    const other = await testIdentity();
    for (const trusted of [[], [other.root]]) {
      const { verdict, problems } = await inspect(signed[format], trusted);
      expect(verdict).toBe('untrusted');
      expect(problems).toEqual(['Nobody on the trust list vouches for the signer.']);
    }
  });

  it('is expired before and after its certificate is valid', async () => {
    for (const days of [-2, 2]) {
      const then = new Date(Date.now() + days * DAY);
      expect((await inspect(signed[format], [mine.root], then)).verdict).toBe('expired');
    }
    const old = await testIdentity(-10, -5);
    const file = await createSeal(old.identity, { action: 'enlarged' })(picture, format, source);
    expect((await inspect(file, [old.root])).verdict).toBe('expired');
    expect((await inspect(file)).verdict).toBe('untrusted');
  });
});

describe('XMP alone', () => {
  it('carries the same facts, unsigned', async () => {
    const xmp = unsignedXmp({ action: 'restyled', style, source: sha256(source) });
    expect(await inspect(await noise().webp().withXmp(xmp).toBuffer())).toMatchObject({
      verdict: 'unsigned',
      signer: null,
      action: 'restyled',
      style,
      source: sha256(source),
      digitalSourceType: expect.stringContaining('compositeWithTrainedAlgorithmicMedia'),
    });
  });
});

describe('files of others', () => {
  it.each([
    ['a picture without a word', () => noise().png().toBuffer()],
    ['no picture at all', async () => Buffer.from('hello')],
    ['nothing', async () => Buffer.alloc(0)],
    [
      'XMP of somebody else',
      () => noise().jpeg().withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>').toBuffer(),
    ],
    ['XMP that is no XML', () => noise().jpeg().withXmp('<x:xmpmeta <<</x:xmpmeta>').toBuffer()],
  ])('%s: none', async (_, make) => {
    expect((await inspect(await make())).verdict).toBe('none');
  });

  it('a manifest moved to another picture is tampered with', async () => {
    const other = await createSeal(mine.identity, { action: 'enlarged' })(picture, 'png', source);
    const end = (png: Uint8Array) => Buffer.from(png).indexOf('IDAT');
    const mixed = Buffer.concat([
      signed.png.subarray(0, end(signed.png)),
      other.subarray(end(other), other.length - 20),
      other.subarray(other.length - 20).map((byte, i) => (i === 0 ? byte ^ 1 : byte)),
    ]);
    expect((await inspect(mixed)).verdict).toBe('tampered');
  });
});
