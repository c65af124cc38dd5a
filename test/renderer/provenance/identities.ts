/** Identities for tests: a day's certificates under roots of their own. */
import type { X509Certificate } from 'node:crypto';
import { issueCertificate } from '../../../renderer/provenance/certificates.ts';
import { type Identity, readCertificates, readIdentity } from '../../../renderer/provenance/identity.ts';

export const DAY = 24 * 3600 * 1000;

/** @param from days from now, negative: ago */
export async function testIdentity(
  from = -1,
  until = 1,
): Promise<{
  identity: Identity;
  root: X509Certificate;
  keyPem: string;
  certificatePem: string;
  rootPem: string;
}> {
  const now = Date.now();
  const issued = await issueCertificate({
    from: new Date(now + from * DAY),
    until: new Date(now + until * DAY),
  });
  const identity = readIdentity(issued.keyPem, issued.certificatePem);
  return { ...issued, identity, root: readCertificates(issued.rootPem)[0] };
}
