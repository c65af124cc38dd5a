import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkChain } from '../../../renderer/provenance/check-chain.ts';
import { ownIdentity } from '../../../renderer/provenance/own-identity.ts';
import { readTrustList } from '../../../renderer/provenance/trust-list.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { testIdentity } from './identities.ts';

const inFolder = temporaryFolder();

describe('the own identity', () => {
  it('is made once, also by many at the same time, and trusted here', async () => {
    const many = await Promise.all(Array.from({ length: 8 }, () => ownIdentity(inFolder('many'))));
    const again = await ownIdentity(inFolder('many'));
    expect(new Set([...many, again].map(({ certificate }) => certificate.fingerprint256)).size).toBe(1);
    expect(await readdir(inFolder('many'))).toEqual(['signing']);
    expect(checkChain(again, await readTrustList([], inFolder('many')))).toBe('trusted');
    expect(checkChain(again, [])).toBe('untrusted');
  });

  it.skipIf(process.platform === 'win32')('can be read by its owner alone', async () => {
    await ownIdentity(inFolder('private'));
    expect((await stat(inFolder('private', 'signing', 'key.pem'))).mode & 0o777).toBe(0o600);
    expect((await stat(inFolder('private', 'signing'))).mode & 0o777).toBe(0o700);
  });

  it('is replaced when it is about to expire; what it signed stays trusted', async () => {
    const old = await ownIdentity(inFolder('old'));
    const { keyPem, certificatePem, rootPem } = await testIdentity(-100, 10);
    await writeFile(inFolder('old', 'signing', 'key.pem'), keyPem);
    await writeFile(inFolder('old', 'signing', 'certificate.pem'), certificatePem);
    await writeFile(inFolder('old', 'signing', 'root.pem'), rootPem);
    const made = await ownIdentity(inFolder('old'));
    expect(made.certificate.fingerprint256).not.toBe(old.certificate.fingerprint256);
    expect(made.certificate.validToDate.getTime()).toBeGreaterThan(Date.now() + 9 * 365 * 24 * 3600 * 1000);
    expect(await readTrustList([], inFolder('old'))).toHaveLength(2);
  });

  it('KEY_UNAVAILABLE without a place to keep it, BAD_CERTIFICATE when it is damaged; neither shows the key', async () => {
    await writeFile(inFolder('file'), '');
    await expect(ownIdentity(inFolder('file'))).rejects.toMatchObject({ code: 'KEY_UNAVAILABLE' });
    await ownIdentity(inFolder('damaged'));
    const key = await readFile(inFolder('damaged', 'signing', 'key.pem'), 'utf8');
    await writeFile(inFolder('damaged', 'signing', 'key.pem'), key.slice(0, 90));
    const error = await ownIdentity(inFolder('damaged')).catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: 'BAD_CERTIFICATE' });
    expect(String(error)).not.toContain(key.slice(40, 80));
  });
});
