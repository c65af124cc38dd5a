/**
 * Bytes of a signed file that neither the hash nor the signature covers. https://github.com/TrustNXT/c2pa-ts takes any
 * exclusion range at its word and does not look at check sums and at the framing of boxes.
 */
import type { Asset } from '@trustnxt/c2pa-ts/asset';
import { CBORBox, SuperBox } from '@trustnxt/c2pa-ts/jumbf';
import { BMFFHashAssertion, DataHashAssertion, type Manifest } from '@trustnxt/c2pa-ts/manifest';
import { hashOfBoxes } from './assets/mp4.ts';
import { isBoxed, manifestUri, openAsset } from './manifest.ts';

/**
 * What is wrong with them, in words.
 * @param named the manifest that the file's XMP, which the hash covers, speaks of
 */
export async function looseEnds(
  file: Uint8Array,
  asset: Asset,
  manifest: Manifest,
  named: string | null,
): Promise<string[]> {
  const problems: string[] = [];
  if (isBoxed(asset) && !coversBoxes(file, manifest)) problems.push(BOXES_DIFFER);
  else if (!isBoxed(asset) && !coversAll(asset, manifest))
    problems.push('The hash does not cover the whole file.');
  if (hasStrayNames(manifest)) problems.push('A box of the manifest has a name it should not have.');
  if (!(await isWrappedAsWritten(file))) problems.push('The wrapping of the manifest was changed.');
  if (named && named !== manifestUri(manifest.label ?? ''))
    problems.push('The manifest is not the one the file names.');
  return problems;
}

/** A code of C2PA. The library says it of every file but HEIC, whose boxes alone it hashes. */
export const BOXES_DIFFER = 'assertion.bmffHash.mismatch';

function coversBoxes(file: Uint8Array, { assertions }: Manifest): boolean {
  const hash = assertions?.assertions.find((assertion) => assertion instanceof BMFFHashAssertion);
  return hash?.hash !== undefined && Buffer.compare(hash.hash, hashOfBoxes(file)) === 0;
}

/** Whether the hash leaves out the manifest and nothing else. */
function coversAll(asset: Asset, { assertions }: Manifest): boolean {
  const hash = assertions?.assertions.find((assertion) => assertion instanceof DataHashAssertion);
  const [excluded, ...more] = hash?.exclusions ?? [];
  const { start, length } = asset.getHashExclusionRange();
  return more.length === 0 && excluded?.start === start && excluded.length === length;
}

/** What COSE (RFC 9052) and C2PA put into the part of a signature that is not signed itself. */
const UNPROTECTED = ['pad', 'pad2', 'sigTst', 'sigTst2', 'rVals', '33', 'x5chain'];

function hasStrayNames({ parentStore, signature }: Manifest): boolean {
  const [box] = signature?.sourceBox?.contentBoxes ?? [];
  const content: unknown = box instanceof CBORBox ? box.content : null;
  const unprotected: unknown = Array.isArray(content) ? content[1] : null;
  const names = Object.keys(unprotected ?? {});
  return (
    parentStore.sourceBox?.descriptionBox?.label !== 'c2pa' ||
    names.some((name) => !UNPROTECTED.includes(name))
  );
}

/** Whether writing the same boxes into the same place gives the same file. */
async function isWrappedAsWritten(file: Uint8Array): Promise<boolean> {
  const copy = openAsset(file.slice());
  const jumbf = copy?.getManifestJUMBF();
  if (!copy || !jumbf) return false;
  const written = SuperBox.fromBuffer(jumbf.slice()).toBuffer(false);
  if (written.length !== jumbf.length) return false;
  await copy.writeManifestJUMBF(written);
  return Buffer.compare(await copy.getDataRange(), file) === 0;
}
