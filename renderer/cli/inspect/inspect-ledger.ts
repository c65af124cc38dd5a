/** The part of `limner inspect` that asks a ledger, or a copy of one, about a file. */

import { readFileBytes } from '../../core/files/read-file.ts';
import { readCopy } from '../../ledger/copy.ts';
import type { Entry } from '../../ledger/entry.ts';
import { checkProof, entriesAbout, type InclusionProof, proofFromCopy } from '../../ledger/find-proof.ts';
import { openRemoteLedger } from '../../ledger/remote-ledger.ts';
import { sha256 } from '../../provenance/origin.ts';
import { readTrustList } from '../../provenance/trust-list.ts';
import { tokenFor } from '../options/renderer-options.ts';
import type { Finding, InspectOptions, InspectorFactory } from './inspector.ts';

/** Null unless --ledger or --renderer is given. */
export const ledgerInspector: InspectorFactory = async (options) => {
  const source = await openSource(options);
  if (!source) return null;
  const trusted = await readTrustList(options.trust);
  return {
    async inspect(file) {
      const proofs = await source(sha256(file));
      const checked = proofs.map((proof) => ({ index: proof.index, ...checkProof(proof, trusted) }));
      const ledger = checked.map(({ index, entry, problem }) => ({ index, entry, problem }));
      const lines = checked.map(({ index, entry, problem }) => {
        const worth = problem ? `NOT PROVED: ${problem}` : 'proved';
        return `ledger       entry ${index}, ${describe(entry)} on ${entry.at}, ${worth}`;
      });
      const ok = checked.every(({ problem }) => problem === null);
      const none = 'ledger       no entry about this file';
      return { ok, lines: lines.length > 0 ? lines : [none], json: { ledger } } satisfies Finding;
    },
  };
};

type Source = (sha256: string) => Promise<InclusionProof[]>;

async function openSource({ ledger, renderer, tokenEnv }: InspectOptions): Promise<Source | null> {
  if (ledger !== undefined) {
    const copy = readCopy(new TextDecoder().decode(await readFileBytes(ledger)), ledger);
    return async (hash) => entriesAbout(copy, hash).map((index) => proofFromCopy(copy, index));
  }
  return renderer === undefined ? null : openRemoteLedger(renderer, tokenFor(renderer, tokenEnv)).proofs;
}

function describe(entry: Entry): string {
  switch (entry.kind) {
    case 'render':
      return `rendered by job ${entry.job}${entry.consent ? ` under consent ${entry.consent}` : ''}`;
    case 'upload':
      return 'uploaded';
    case 'consent':
      return `consent ${entry.consent} until ${entry.until}`;
    case 'adaptation':
      return `made a style by job ${entry.job}`;
    case 'deletion':
      return 'deleted';
    case 'plan':
      return 'planned to be rated';
    case 'revocation':
      return `consent ${entry.consent} revoked`;
    default:
      throw entry satisfies never;
  }
}
