/**
 * The trust chain of a signer (RFC 5280, section 6, without policies and revocation): every link is signed by the next,
 * which is a certificate authority, up to an anchor of the trust list; all of them valid.
 */
import type { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { Identity } from './identity.ts';
import type { TrustList } from './trust-list.ts';

export type ChainVerdict = 'trusted' | 'expired' | 'untrusted';

/** Longer chains are not followed. */
const MOST_LINKS = 8;

/** @param at when all certificates must be valid */
export function checkChain(
  { certificate, chain }: Pick<Identity, 'certificate' | 'chain'>,
  trusted: TrustList,
  at: Date = new Date(),
): ChainVerdict {
  const path = pathToAnchor(certificate, [...chain], trusted);
  if (!path) return 'untrusted';
  return path.every((link) => link.validFromDate <= at && at <= link.validToDate) ? 'trusted' : 'expired';
}

/** From the certificate to the anchor, which ends it; null when there is none. */
function pathToAnchor(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  trusted: TrustList,
): X509Certificate[] | null {
  const path = [certificate];
  while (path.length <= MOST_LINKS) {
    const link = path[path.length - 1];
    const issues = (issuer: X509Certificate) => isIssuer(issuer, link, path.length - 1);
    const anchor = trusted.find(issues);
    if (anchor) return [...path, anchor];
    const next = others.find((other) => !path.includes(other) && issues(other));
    if (!next) return null;
    path.push(next);
  }
  return null;
}

/** @param below how many authorities stand between this issuer and the signer */
function isIssuer(issuer: X509Certificate, issued: X509Certificate, below: number): boolean {
  if (!issuer.ca || !issued.checkIssued(issuer) || !issued.verify(issuer.publicKey)) return false;
  const parsed = new x509.X509Certificate(issuer.raw);
  const usage = parsed.getExtension(x509.KeyUsagesExtension);
  if (usage && !(usage.usages & x509.KeyUsageFlags.keyCertSign)) return false;
  const longest = parsed.getExtension(x509.BasicConstraintsExtension)?.pathLength;
  return longest === undefined || below <= longest;
}
