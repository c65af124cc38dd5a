/** The hash of a plan in a ledger, and the proof beside the plan. */
import { join } from 'node:path';
import { LimnerError } from '../../../models/errors.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { saveFile } from '../../core/files/save-file.ts';
import type { Copy } from '../../ledger/copy.ts';
import {
  checkProof,
  entriesAbout,
  type InclusionProof,
  proofFromCopy,
  proofSchema,
} from '../../ledger/find-proof.ts';
import { openRemoteLedger } from '../../ledger/remote-ledger.ts';
import { readTrustList } from '../../provenance/trust-list.ts';
import type { OpenedPlan } from './plan.ts';

const PROOF_FILE = 'ledger-proof.json';

/** @throws RENDERER_FAILED, NOT_WRITABLE */
export async function notePlan(
  { folder, sha256 }: OpenedPlan,
  renderer: string,
  token: string,
): Promise<InclusionProof> {
  const proof = await openRemoteLedger(renderer, token).notePlan(sha256);
  await saveFile(join(folder, PROOF_FILE), Buffer.from(`${JSON.stringify(proof)}\n`));
  return proof;
}

export interface Noted {
  readonly at: string;
  /** Why that is not proved, in words. */
  readonly problem: string | null;
}

/**
 * When the plan was noted, from a copy of a ledger or the proof beside the plan.
 * @param trusted PEM files of signers that are believed beside one's own
 * @returns null where nothing is known of it. @throws BAD_LEDGER
 */
export async function readNote(
  { folder, sha256 }: OpenedPlan,
  { copy, trusted = [] }: { readonly copy?: Copy; readonly trusted?: readonly string[] },
): Promise<Noted | null> {
  const proof = copy ? firstProof(copy, sha256) : await savedProof(folder);
  if (proof === null) return null;
  const { entry, problem } = checkProof(proof, await readTrustList(trusted));
  const isOfPlan = proof.entry.includes(sha256);
  return { at: entry.at, problem: isOfPlan ? problem : 'the proof is about something else' };
}

function firstProof(copy: Copy, sha256: string): InclusionProof | null {
  const [index] = entriesAbout(copy, sha256);
  return index === undefined ? null : proofFromCopy(copy, index);
}

async function savedProof(folder: string): Promise<InclusionProof | null> {
  const path = join(folder, PROOF_FILE);
  const bytes = await readFileBytes(path).catch(() => null);
  if (bytes === null) return null;
  try {
    return proofSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new LimnerError('BAD_LEDGER', `${path} is not a proof.`, { cause });
  }
}
