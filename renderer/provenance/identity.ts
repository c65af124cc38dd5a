/** A private key and the certificates that say whose it is. */
import { createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { LimnerError } from '../../models/errors.ts';

export interface Identity {
  readonly key: KeyObject;
  /** Of the key. */
  readonly certificate: X509Certificate;
  /** Those between it and an anchor, nearest first; perhaps none. */
  readonly chain: readonly X509Certificate[];
}

/** Signature algorithms of COSE that C2PA allows (RFC 9053), by their numbers. */
export const COSE = { ES256: -7, ES384: -35, ES512: -36, PS256: -37, EdDSA: -8 } as const;
export type CoseAlgorithm = (typeof COSE)[keyof typeof COSE];

const OF_CURVE: Record<string, CoseAlgorithm> = {
  prime256v1: COSE.ES256,
  secp384r1: COSE.ES384,
  secp521r1: COSE.ES512,
};

/** The algorithm a key signs with, or null for a kind of key that C2PA does not know. */
export function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): CoseAlgorithm | null {
  switch (asymmetricKeyType) {
    case 'ec':
      return OF_CURVE[asymmetricKeyDetails?.namedCurve ?? ''] ?? null;
    case 'rsa':
    case 'rsa-pss':
      return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048 ? COSE.PS256 : null;
    case 'ed25519':
      return COSE.EdDSA;
    default:
      return null;
  }
}

/** @returns an ECDSA signature over SHA-256 (DER), or what fits the key */
export const signBytes = ({ key }: Identity, bytes: Uint8Array): Buffer =>
  sign(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', bytes, key);

/**
 * @param keyPem PKCS#8, not encrypted
 * @param chainPem the key's certificate first
 * @throws BAD_CERTIFICATE when they do not fit together or cannot sign a manifest
 */
export function readIdentity(keyPem: string, chainPem: string): Identity {
  const key = parse(() => createPrivateKey(keyPem), 'The signing key is not a private key in PEM form');
  const [certificate, ...chain] = readCertificates(chainPem);
  if (!certificate) throw bad('The signing certificate is not in PEM form');
  if (!certificate.checkPrivateKey(key)) throw bad('The signing key does not belong to the certificate');
  if (algorithmOf(key) === null)
    throw bad('The signing key is neither P-256, P-384, P-521, RSA 2048 nor Ed25519');
  if (certificate.checkIssued(certificate)) {
    throw bad('The signing certificate is its own issuer, which C2PA does not allow');
  }
  return { key, certificate, chain };
}

/** Every certificate of a PEM file. @throws BAD_CERTIFICATE */
export function readCertificates(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => parse(() => new X509Certificate(block), 'A certificate is damaged'));
}

function parse<T>(read: () => T, message: string): T {
  try {
    return read();
  } catch (cause) {
    throw bad(message, cause);
  }
}

const bad = (message: string, cause?: unknown) =>
  new LimnerError('BAD_CERTIFICATE', `${message}.`, { cause });
