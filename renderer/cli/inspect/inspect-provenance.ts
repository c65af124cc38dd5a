/** The part of `limner inspect` that reads manifests and XMP. */
import {
  inspectProvenance,
  type ProvenanceFindings,
  type Verdict,
} from '../../provenance/inspect-provenance.ts';
import { readTrustList } from '../../provenance/trust-list.ts';
import type { Finding, InspectorFactory } from './inspector.ts';

const SENTENCES: Record<Verdict, string> = {
  trusted: 'Trusted: unchanged since it was signed, by somebody on your trust list.',
  untrusted:
    'Unknown signer: unchanged since it was signed, but nobody on your trust list vouches for the signer.',
  expired: 'Expired: unchanged since it was signed, but the certificate is not valid now.',
  tampered: 'Tampered: the file or its manifest was changed after signing.',
  stripped: 'Stripped: the file once carried a signed manifest, which was removed.',
  unsigned: 'Unsigned: what the file says of its origin, anybody could have written.',
  none: 'The file says nothing about its origin.',
};

const FINE: readonly Verdict[] = ['trusted', 'unsigned', 'none'];

export const provenanceInspector: InspectorFactory = async ({ trust }) => {
  const trusted = await readTrustList(trust);
  return {
    async inspect(file) {
      const provenance = await inspectProvenance(file, trusted);
      const ok = FINE.includes(provenance.verdict);
      return { ok, lines: describe(provenance), json: { provenance } } satisfies Finding;
    },
  };
};

function describe(findings: ProvenanceFindings): string[] {
  const { verdict, problems, signer, software, actions, digitalSourceType, action, source, style } = findings;
  const facts: [string, string | null][] = [
    ['signer', signer && `${signer.subject}, vouched for by ${signer.issuer}, until ${signer.until}`],
    ['software', software],
    ['actions', actions.join(', ') || action],
    ['source type', digitalSourceType?.split('/').pop() ?? null],
    ['style', style && `${style.name}, SHA-256 ${style.sha256}`],
    ['source', source && `SHA-256 ${source}`],
  ];
  return [
    SENTENCES[verdict],
    ...problems.map((problem) => `problem      ${problem}`),
    ...facts.flatMap(([name, value]) => (value ? [`${name.padEnd(12)} ${value}`] : [])),
  ];
}
