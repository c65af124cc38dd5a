/** Certificates of our own: a root that signs one certificate and is forgotten, and that certificate. */
import { randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** Object identifier of the extended key usage that C2PA asks of signers (document signing, RFC 9336). */
const DOCUMENT_SIGNING = '1.3.6.1.5.5.7.3.36';
const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const YEAR = 365.25 * 24 * 3600 * 1000;

export interface Issued {
  readonly keyPem: string;
  readonly certificatePem: string;
  /** The anchor that others must trust. Its private key is not kept anywhere. */
  readonly rootPem: string;
}

export interface Validity {
  readonly from: Date;
  readonly until: Date;
}

/** A signing certificate under a root made for it alone. @param validity default: ten years from now */
export async function issueCertificate(validity: Validity = tenYears()): Promise<Issued> {
  const [rootKeys, keys] = await Promise.all([newKeys(), newKeys()]);
  const root = `CN=Limner root ${randomBytes(4).toString('hex')}`;
  const common = { notBefore: validity.from, notAfter: validity.until, signingAlgorithm: P256 };
  const { BasicConstraintsExtension, KeyUsagesExtension, KeyUsageFlags, ExtendedKeyUsageExtension } = x509;
  const rootCertificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...common,
    name: root,
    serialNumber: serialNumber(),
    keys: rootKeys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    ...common,
    // The reference implementation (c2pa-rs) takes no signature of a signer without an organisation.
    subject: 'CN=Limner,O=Limner',
    issuer: root,
    serialNumber: serialNumber(),
    publicKey: keys.publicKey,
    signingKey: rootKeys.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([DOCUMENT_SIGNING]),
      await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    keyPem: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
    certificatePem: certificate.toString('pem'),
    rootPem: rootCertificate.toString('pem'),
  };
}

const newKeys = () => crypto.subtle.generateKey(P256, true, ['sign', 'verify']);

/** Positive, as RFC 5280 wants it. */
const serialNumber = () => `01${randomBytes(15).toString('hex')}`;

function tenYears(): Validity {
  const now = Date.now();
  // An hour back: clocks differ.
  return { from: new Date(now - 3_600_000), until: new Date(now + 10 * YEAR) };
}
