/** What a file says about its origin, and whether that can be believed. */
import { X509Certificate } from 'node:crypto';
import type { Asset } from '@trustnxt/c2pa-ts/asset';
import { SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import { type Action, type Manifest, ManifestStore, ValidationResult } from '@trustnxt/c2pa-ts/manifest';
import { checkChain } from './check-chain.ts';
import { findXmp } from './find-xmp.ts';
import { BOXES_DIFFER, looseEnds } from './loose-ends.ts';
import { openAsset, PARAMETERS } from './manifest.ts';
import type { TrustList } from './trust-list.ts';
import { readXmp, type XmpFindings } from './xmp.ts';

/**
 * - `trusted`: whole, signed, by somebody on the trust list
 * - `untrusted`: whole and signed, by nobody we know
 * - `expired`: the same by somebody we know, whose certificate is no longer (or not yet) valid
 * - `tampered`: the file or its manifest was changed after signing
 * - `stripped`: the file says it had a manifest, which is gone
 * - `unsigned`: XMP alone, which anybody can write
 * - `none`: no word about an origin
 */
export type Verdict = 'trusted' | 'untrusted' | 'expired' | 'tampered' | 'stripped' | 'unsigned' | 'none';

export interface ProvenanceFindings {
  readonly verdict: Verdict;
  /** What is wrong, in the codes of C2PA or in words. */
  readonly problems: readonly string[];
  readonly signer: { readonly subject: string; readonly issuer: string; readonly until: string } | null;
  readonly software: string | null;
  /** Names of the actions, in their order. */
  readonly actions: readonly string[];
  readonly digitalSourceType: string | null;
  readonly action: string | null;
  /** SHA-256 of the source. */
  readonly source: string | null;
  readonly style: { readonly name: string; readonly sha256: string } | null;
}

/** @param now when certificates must be valid. Time stamps are not believed: there is no list of whose to trust. */
export async function inspectProvenance(
  file: Uint8Array,
  trusted: TrustList,
  now: Date = new Date(),
): Promise<ProvenanceFindings> {
  const packet = await findXmp(file);
  const xmp = packet === null ? null : readXmp(packet);
  const opened = openManifest(file);
  if (opened === null) return withoutManifest(xmp);
  if ('problem' in opened) return { ...NOTHING, verdict: 'tampered', problems: [opened.problem] };
  const { asset, manifest, store } = opened;
  const signature = readSignature(manifest);
  if (!signature)
    return { ...NOTHING, verdict: 'tampered', problems: ['There is no signature that can be read.'] };
  const result = await store.validate(asset).catch((error: Error) => ValidationResult.fromError(error));
  const failures = result.statusEntries
    .filter(({ success }) => success === false)
    .map(({ code }) => String(code));
  const broken = [
    ...failures.filter((code) => !code.startsWith('signingCredential.') && code !== BOXES_DIFFER),
    ...(await looseEnds(file, asset, manifest, xmp?.manifest ?? null)),
  ];
  const signer = describeSigner(signature.certificate);
  return { ...describeManifest(manifest), signer, ...judge(signature, broken, failures, trusted, now) };
}

const NOTHING: ProvenanceFindings = {
  verdict: 'none',
  problems: [],
  signer: null,
  software: null,
  actions: [],
  digitalSourceType: null,
  action: null,
  source: null,
  style: null,
};

function withoutManifest(xmp: XmpFindings | null): ProvenanceFindings {
  if (!xmp) return NOTHING;
  const { manifest, ...said } = xmp;
  if (manifest) {
    const problems = [`The file names the manifest ${manifest}, which is not in it.`];
    return { ...NOTHING, ...said, verdict: 'stripped', problems };
  }
  return { ...NOTHING, ...said, verdict: said.action || said.digitalSourceType ? 'unsigned' : 'none' };
}

type Opened = { asset: Asset; store: ManifestStore; manifest: Manifest };

/** Null without a manifest. */
function openManifest(file: Uint8Array): Opened | { problem: string } | null {
  const isMentioned = Buffer.from(file.buffer, file.byteOffset, file.byteLength).includes('urn:c2pa:');
  try {
    const asset = openAsset(file);
    const jumbf = asset?.getManifestJUMBF();
    if (!asset || !jumbf) return null;
    const store = ManifestStore.read(SuperBox.fromBuffer(jumbf.slice()));
    const manifest = store.getActiveManifest();
    return manifest ? { asset, store, manifest } : { problem: 'The manifest store is empty.' };
  } catch (error) {
    return isMentioned ? { problem: `The manifest cannot be read: ${(error as Error).message}.` } : null;
  }
}

interface ReadSignature {
  readonly certificate: X509Certificate;
  readonly chain: readonly X509Certificate[];
}

function readSignature({ signature }: Manifest): ReadSignature | null {
  const data = signature?.signatureData;
  const convert = ({ rawData }: { readonly rawData: ArrayBuffer }) =>
    new X509Certificate(new Uint8Array(rawData));
  try {
    if (!data?.certificate) return null;
    const chain = data.chainCertificates.map(convert);
    return { certificate: convert(data.certificate), chain };
  } catch {
    return null;
  }
}

function judge(
  signature: ReadSignature,
  broken: readonly string[],
  failures: readonly string[],
  trusted: TrustList,
  now: Date,
): Pick<ProvenanceFindings, 'verdict' | 'problems'> {
  if (broken.length > 0) return { verdict: 'tampered', problems: broken };
  const verdict = checkChain(signature, trusted, now);
  if (verdict === 'trusted' && failures.includes('signingCredential.invalid')) {
    return { verdict: 'untrusted', problems: ['The certificate is not one for signing content.'] };
  }
  return { verdict, problems: verdict === 'trusted' ? [] : [REASONS[verdict]] };
}

const describeSigner = ({ subject, issuer, validTo }: X509Certificate) => ({
  subject: oneLine(subject),
  issuer: oneLine(issuer),
  until: validTo,
});

const REASONS = {
  untrusted: 'Nobody on the trust list vouches for the signer.',
  expired: 'A certificate of the signer is not valid at this time.',
} as const;

const oneLine = (name: string) => name.replaceAll('\n', ', ');

function describeManifest({ assertions, claim }: Manifest) {
  const actions: Action[] = assertions?.getActionAssertions().flatMap(({ actions }) => actions) ?? [];
  const edit = actions.find(({ parameters }) => parameters?.[PARAMETERS.action]);
  const word = (name: string) => {
    const value = edit?.parameters?.[name];
    return typeof value === 'string' ? value : null;
  };
  const [name, sha256] = [word(PARAMETERS.style), word(PARAMETERS.styleHash)];
  const software = [claim?.claimGeneratorName, claim?.claimGeneratorVersion].filter(Boolean).join(' ');
  return {
    software: software || null,
    actions: actions.map(({ action }) => String(action)),
    digitalSourceType: actions.find((action) => action.digitalSourceType)?.digitalSourceType ?? null,
    action: word(PARAMETERS.action),
    source: word(PARAMETERS.source),
    style: name && sha256 ? { name, sha256 } : null,
  };
}
