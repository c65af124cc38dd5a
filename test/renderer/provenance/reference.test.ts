import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../../renderer/core/pictures/read-picture.ts';
import { sha256 } from '../../../renderer/provenance/origin.ts';
import { createSeal } from '../../../renderer/provenance/seal.ts';
import { validateByReference } from '../../hosts/c2pa-reference.ts';
import { noise } from '../core/pictures/samples.ts';
import { testIdentity } from './identities.ts';

describe('the reference implementation of C2PA', async () => {
  const { identity, rootPem } = await testIdentity();
  const stranger = await testIdentity();
  const picture = await decodePicture(await noise().png().toBuffer(), 'noise');
  const style = { name: 'Monk', sha256: sha256('style') };
  const seal = createSeal(identity, { action: 'restyled', style });

  it.each(['png', 'jpeg', 'webp'] as const)(
    'trusts a %s that we have signed, and not one that was changed',
    async (format) => {
      const file = await seal(picture, format, sha256('portrait'));
      const validate = (bytes: Uint8Array, anchors = rootPem) =>
        validateByReference(bytes, `image/${format}`, anchors);
      expect(await validate(file)).toEqual({ state: 'Trusted', failures: [] });
      expect((await validate(file, stranger.rootPem)).failures).toEqual(['signingCredential.untrusted']);
      const changed = file.slice();
      changed[format === 'webp' ? Buffer.from(file).indexOf('VP8 ') + 40 : file.length - 40] ^= 1;
      expect((await validate(changed)).failures).toEqual(['assertion.dataHash.mismatch']);
    },
  );
});
