/** How fast the ledger takes entries and proves them; the peer is a bare SHA-256 of every entry. */
import { createHash } from 'node:crypto';
import { Ledger } from '../renderer/ledger/ledger.ts';
import { MemoryStore } from '../renderer/ledger/memory-store.ts';
import { issueCertificate } from '../renderer/provenance/certificates.ts';
import { readIdentity } from '../renderer/provenance/identity.ts';
import { sha256 } from '../renderer/provenance/origin.ts';

const ENTRIES = 100_000;
const PROOFS = 1000;
/** Entries that wait together, as under load. */
const TOGETHER = 100;

export async function benchLedger(): Promise<void> {
  const { keyPem, certificatePem } = await issueCertificate();
  const ledger = await Ledger.open(new MemoryStore(), readIdentity(keyPem, certificatePem));
  const at = new Date().toISOString();
  const files = Array.from({ length: ENTRIES }, (_, i) => sha256(`portrait ${i}`));
  const appending = await timeOf(async () => {
    for (let i = 0; i < ENTRIES; i += TOGETHER) {
      const together = files.slice(i, i + TOGETHER);
      await Promise.all(together.map((file) => ledger.append([{ kind: 'upload', at, file }])));
    }
  });
  const peer = await timeOf(() => {
    for (const file of files)
      createHash('sha256')
        .update(JSON.stringify({ kind: 'upload', at, file }))
        .digest();
  });
  const proving = await timeOf(async () => {
    for (let i = 0; i < PROOFS; i++) await ledger.prove((i * 7919) % ENTRIES);
  });
  console.log(`\nledger, ${ENTRIES} entries, ${TOGETHER} at a time, in memory`);
  console.log(
    `  ${'entries a second'.padEnd(28)}${Math.round((1000 * ENTRIES) / appending)}, ${(appending / peer).toFixed(1)} × bare SHA-256`,
  );
  console.log(`  ${'milliseconds a proof'.padEnd(28)}${(proving / PROOFS).toFixed(3)}`);
}

async function timeOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
