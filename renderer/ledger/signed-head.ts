/** The state of a ledger at one moment, signed: whoever keeps one can tell later whether the past was rewritten. */
import { verify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { type ChainVerdict, checkChain } from '../provenance/check-chain.ts';
import { type Identity, signBytes } from '../provenance/identity.ts';
import type { TrustList } from '../provenance/trust-list.ts';
import type { Digest } from './merkle-tree.ts';

export const signedHeadSchema = z.strictObject({
  size: z.number().int().min(0),
  root: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  signature: z.base64(),
  /** DER, the signer's first. */
  certificates: z.array(z.base64()).min(1).max(8),
});

export type SignedHead = z.infer<typeof signedHeadSchema>;

export function signHead(size: number, root: Digest, identity: Identity, now: Date = new Date()): SignedHead {
  const statement = { size, root: root.toString('hex'), at: now.toISOString() };
  const certificates = [identity.certificate, ...identity.chain].map(({ raw }) => raw.toString('base64'));
  return {
    ...statement,
    signature: signBytes(identity, bytesOf(statement)).toString('base64'),
    certificates,
  };
}

/** `forged` when the signature does not belong to the words, else what the signer's chain is worth. */
export function checkHead(head: SignedHead, trusted: TrustList, now?: Date): ChainVerdict | 'forged' {
  try {
    const [certificate, ...chain] = head.certificates.map(
      (der) => new X509Certificate(Buffer.from(der, 'base64')),
    );
    const { publicKey } = certificate;
    const digest = publicKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
    const isGenuine = verify(digest, bytesOf(head), publicKey, Buffer.from(head.signature, 'base64'));
    return isGenuine ? checkChain({ certificate, chain }, trusted, now) : 'forged';
  } catch {
    return 'forged';
  }
}

/** The prefix keeps a signature of a head from passing for one of something else. */
const bytesOf = ({ size, root, at }: Pick<SignedHead, 'size' | 'root' | 'at'>) =>
  Buffer.from(`limner ledger head v1\n${size}\n${root}\n${at}\n`);
