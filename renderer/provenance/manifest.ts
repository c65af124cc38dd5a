/**
 * C2PA manifests (specification 2.1) of pictures, animations and videos: the action, the software, the style, the source, a hash
 * over the whole file but the manifest itself, all of it signed.
 */
import { constants, type KeyObject, sign } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';
import { type Asset, JPEG, PNG } from '@trustnxt/c2pa-ts/asset';
import type { Signer } from '@trustnxt/c2pa-ts/cose';
import {
  ActionAssertion,
  ActionType,
  BMFFHashAssertion,
  ClaimVersion,
  DataHashAssertion,
  DigitalSourceType,
  IngredientAssertion,
  type Manifest,
  ManifestStore,
  RelationshipType,
} from '@trustnxt/c2pa-ts/manifest';
import { ContainerAsset } from './assets/container-asset.ts';
import { GIF } from './assets/gif.ts';
import { hashOfBoxes, MOV, MP4 } from './assets/mp4.ts';
import { WEBP } from './assets/webp.ts';
import { algorithmOf, COSE, type CoseAlgorithm, type Identity } from './identity.ts';
import { describeOrigin, type Origin } from './origin.ts';

/** Where Limner's own facts stand among an action's parameters. */
export const PARAMETERS = {
  action: 'limner.action',
  source: 'limner.source.sha256',
  style: 'limner.style.name',
  styleHash: 'limner.style.sha256',
} as const;

/** Bytes kept for a signature: an RSA key of 4096 bits needs 512. */
const SIGNATURE_ROOM = 1024;

export interface Software {
  readonly name: string;
  readonly version: string;
}

/** The asset of a file that can carry a manifest, or null. @throws when it is damaged */
export function openAsset(bytes: Uint8Array): Asset | null {
  if (PNG.canRead(bytes)) return new PNG(bytes);
  if (JPEG.canRead(bytes)) return new JPEG(bytes);
  const container = [WEBP, GIF, MP4, MOV].find(({ canRead }) => canRead(bytes));
  return container ? new ContainerAsset(bytes, container) : null;
}

/** Whether a file is hashed box by box. */
export const isBoxed = (asset: Asset): boolean =>
  asset instanceof ContainerAsset && [MP4, MOV].includes(asset.container);

/**
 * @param file a whole PNG, JPEG, WebP, GIF, MP4 or MOV
 * @param id a UUID, by which the file's XMP refers to the manifest
 * @returns the file with a signed manifest in it
 */
export async function embedManifest(
  file: Uint8Array,
  id: string,
  { origin, software, identity }: { origin: Origin; software: Software; identity: Identity },
): Promise<Uint8Array> {
  const asset = openAsset(file);
  if (!asset) throw new TypeError('Expected a PNG, JPEG, WebP, GIF, MP4 or MOV file.');
  const signer = signerOf(identity);
  const store = new ManifestStore();
  const manifest = store.createManifest({
    claimVersion: ClaimVersion.V2,
    assetFormat: asset.mimeType,
    instanceID: `xmp:iid:${id}`,
    defaultHashAlgorithm: 'SHA-256',
    signer,
  });
  manifest.label = manifestUrn(id);
  if (manifest.signature) manifest.signature.signatureData.paddingLength = SIGNATURE_ROOM;
  const hash = isBoxed(asset)
    ? BMFFHashAssertion.createV3('boxes', 'SHA-256')
    : DataHashAssertion.create('SHA-256');
  describe(manifest, hash, origin, software);
  await asset.ensureManifestSpace(store.measureSize());
  // The library hashes boxes of HEIC alone.
  if (hash instanceof BMFFHashAssertion) hash.hash = hashOfBoxes(await asset.getDataRange());
  else await hash.updateWithAsset(asset);
  await manifest.sign(signer);
  await asset.writeManifestJUMBF(store.getBytes());
  return asset.getDataRange();
}

export const manifestUrn = (id: string) => `urn:c2pa:${id}`;

/** How a file's XMP refers to the manifest of this label. */
export const manifestUri = (label: string) => `self#jumbf=/c2pa/${label}`;

/** Fills in claim and assertions; the hash is still to be taken. */
function describe(
  manifest: Manifest,
  hash: DataHashAssertion | BMFFHashAssertion,
  origin: Origin,
  software: Software,
): void {
  const { claim } = manifest;
  if (!claim) throw new TypeError('A new manifest has a claim.');
  claim.claimGeneratorName = software.name;
  claim.claimGeneratorVersion = software.version;
  const ingredient = IngredientAssertion.createV3(RelationshipType.ParentOf);
  manifest.addAssertion(ingredient);
  manifest.addAssertion(hash);
  const actions = new ActionAssertion();
  actions.actions = [
    {
      action: ActionType.C2paOpened,
      parameters: { ingredients: [manifest.createAssertionReference(ingredient)] },
    },
    {
      action: ActionType.C2paEdited,
      digitalSourceType: DigitalSourceType.CompositeWithTrainedAlgorithmicMedia,
      softwareAgent: software,
      parameters: { description: describeOrigin(origin), ...facts(origin) },
    },
  ];
  manifest.addAssertion(actions);
}

const facts = ({ action, source, style }: Origin) => ({
  [PARAMETERS.action]: action,
  [PARAMETERS.source]: source,
  ...(style ? { [PARAMETERS.style]: style.name, [PARAMETERS.styleHash]: style.sha256 } : {}),
});

/**
 * The library's own signer writes ECDSA signatures in ASN.1, which COSE (RFC 9053, section 2.1) and other readers of C2PA do not
 * take: https://github.com/TrustNXT/c2pa-ts, WebCryptoProvider.sign, version 0.9.4.
 */
function signerOf({ key, certificate, chain }: Identity): Signer {
  const algorithm = algorithmOf(key);
  if (algorithm === null) throw new TypeError('Expected a key that can sign manifests.');
  const convert = ({ raw }: { readonly raw: Uint8Array }) => new X509Certificate(new Uint8Array(raw));
  return {
    algorithm,
    certificate: convert(certificate),
    chainCertificates: chain.map(convert),
    sign: async (payload) => new Uint8Array(signPayload(key, algorithm, payload)),
  };
}

function signPayload(key: KeyObject, algorithm: CoseAlgorithm, payload: Uint8Array): Buffer {
  const hash = HASHES[algorithm];
  if (algorithm !== COSE.PS256) return sign(hash, payload, { key, dsaEncoding: 'ieee-p1363' });
  const { RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_DIGEST } = constants;
  return sign(hash, payload, { key, padding: RSA_PKCS1_PSS_PADDING, saltLength: RSA_PSS_SALTLEN_DIGEST });
}

const HASHES: Record<CoseAlgorithm, string | null> = {
  [COSE.ES256]: 'sha256',
  [COSE.ES384]: 'sha384',
  [COSE.ES512]: 'sha512',
  [COSE.PS256]: 'sha256',
  [COSE.EdDSA]: null,
};
