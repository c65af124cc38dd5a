/**
 * How fast the ledger takes entries and proves them, in memory and in the renderer's own database (PGlite, in a folder); the
 * peer is a bare SHA-256 of every entry.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry } from '../renderer/ledger/entry.ts';
import { Ledger } from '../renderer/ledger/ledger.ts';
import type { LedgerStore } from '../renderer/ledger/ledger-store.ts';
import { MemoryStore } from '../renderer/ledger/memory-store.ts';
import { issueCertificate } from '../renderer/provenance/certificates.ts';
import { readIdentity } from '../renderer/provenance/identity.ts';
import { sha256 } from '../renderer/provenance/origin.ts';
import { openDatabase } from '../renderer/server/database/open-database.ts';
import { DatabaseStore } from '../renderer/server/ledger/database-store.ts';

const ENTRIES = 100_000;
const PROOFS = 500;
/** Entries that are appended together, as under load. */
const TOGETHER = 100;

export async function benchLedger(): Promise<void> {
  const at = new Date().toISOString();
  const entries = Array.from({ length: ENTRIES }, (_, i): Entry => {
    return { kind: 'upload', at, file: sha256(`portrait ${i}`) };
  });
  const peer = await timeOf(() => {
    for (const entry of entries) createHash('sha256').update(JSON.stringify(entry)).digest();
  });
  console.log(`\nledger, ${ENTRIES} entries, ${TOGETHER} at a time`);
  await benchStore('in memory', new MemoryStore(), entries, peer);
  const folder = await mkdtemp(join(tmpdir(), 'limner-bench-'));
  const database = await openDatabase({ folder, onError: console.error });
  try {
    await benchStore('in the database', new DatabaseStore(database), entries, peer);
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchStore(
  name: string,
  store: LedgerStore,
  entries: readonly Entry[],
  peer: number,
): Promise<void> {
  const { keyPem, certificatePem } = await issueCertificate();
  const ledger = await Ledger.open(store, readIdentity(keyPem, certificatePem));
  const appending = await timeOf(async () => {
    for (let i = 0; i < entries.length; i += TOGETHER) await ledger.append(entries.slice(i, i + TOGETHER));
  });
  const proving = await timeOf(async () => {
    for (let i = 0; i < PROOFS; i++) await ledger.prove((i * 7919) % entries.length);
  });
  const rate = Math.round((1000 * entries.length) / appending);
  const ratio = (appending / peer).toFixed(1);
  console.log(
    `  ${name.padEnd(28)}${rate} entries a second, ${ratio} × bare SHA-256; ${(proving / PROOFS).toFixed(2)} ms a proof`,
  );
}

async function timeOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
