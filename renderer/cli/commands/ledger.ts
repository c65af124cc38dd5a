/** `limner ledger`: the log of a renderer, taken home and checked there. */
import type { Command } from 'commander';
import { LimnerError } from '../../../models/errors.ts';
import { readFileBytes } from '../../core/files/read-file.ts';
import { saveFile } from '../../core/files/save-file.ts';
import { readCopy } from '../../ledger/copy.ts';
import { entriesAbout, proofFromCopy } from '../../ledger/find-proof.ts';
import { openRemoteLedger } from '../../ledger/remote-ledger.ts';
import { verifyCopy } from '../../ledger/verify-copy.ts';
import { sha256 } from '../../provenance/origin.ts';
import { readTrustList } from '../../provenance/trust-list.ts';
import { countOption } from '../options/option-values.ts';
import { addRendererOptions, type RendererOptions, tokenFor } from '../options/renderer-options.ts';
import type { Io } from '../terminal/io.ts';

const EXAMPLES = `
Examples:
  Take a copy home, and check it; once more next month, against the head kept from today:
    $ LIMNER_TOKEN=… limner ledger export --renderer http://127.0.0.1:8017 --out ledger.jsonl
    $ limner ledger verify ledger.jsonl
    $ limner ledger verify next-month.jsonl --known ledger.jsonl
  Show somebody that a picture is in the log, without showing the log:
    $ limner ledger proof ledger.jsonl --file jane.mona-lisa.png > proof.json

A copy is lines of JSON: entries, then signed heads. It holds hashes and times, no pictures and no names.
Exit codes: 0 the log is whole, 2 wrong usage, 3 no copy of a ledger, or one in which something was changed, dropped,
moved or rewritten: every fault is named.`;

/** @param exit called with the exit code */
export function addLedgerCommand(program: Command, io: Io, exit: (code: number) => void): void {
  const ledger = program
    .command('ledger')
    .description("Check a renderer's tamper-evident log.")
    .addHelpText('after', EXAMPLES);
  ledger
    .command('verify')
    .description('Check a copy offline against its signed heads.')
    .argument('<copy>', 'what limner ledger export wrote')
    .option('--known <copy>', 'an earlier copy: this one must continue it')
    .option('--trust <pem...>', 'believe signers that these certificates vouch for', [])
    .option('--json', 'print JSON, and errors as JSON on stderr', false)
    .action(async (path: string, options: VerifyOptions) => exit(await verify(path, options, io)));
  ledger
    .command('proof')
    .description('Print proofs, as JSON, that entries are in the log.')
    .argument('<copy>', 'what limner ledger export wrote')
    .addOption(countOption('--entry <n>', 'the entry of this index', 0))
    .option('--file <path>', 'all entries about this file')
    .action(async (path: string, options: ProofOptions) => prove(path, options, io));
  const exporter = ledger
    .command('export')
    .description('Write a copy of the log of a running renderer.')
    .requiredOption('--out <file>', 'where to write');
  addRendererOptions(exporter).action((options: ExportOptions) => exportCopy(options, io));
}

interface VerifyOptions {
  known?: string;
  trust: string[];
  json: boolean;
}

async function verify(path: string, { known, trust, json }: VerifyOptions, io: Io): Promise<number> {
  const heads = known === undefined ? [] : (await openCopy(known)).heads;
  const { size, head, faults } = verifyCopy(await openCopy(path), await readTrustList(trust), heads);
  const ok = faults.length === 0;
  if (json) io.out(JSON.stringify({ ok, size, root: head?.root ?? null, at: head?.at ?? null, faults }));
  else if (ok) io.out(`Whole: ${size} entries, as signed on ${head?.at}, root ${head?.root}`);
  else for (const { message } of faults) io.out(message);
  return ok ? 0 : 3;
}

interface ProofOptions {
  entry?: number;
  file?: string;
}

async function prove(path: string, { entry, file }: ProofOptions, io: Io): Promise<void> {
  if ((entry === undefined) === (file === undefined)) {
    throw new LimnerError('USAGE', 'Expected either --entry or --file.');
  }
  const copy = await openCopy(path);
  const indices = file === undefined ? [entry ?? 0] : entriesAbout(copy, sha256(await readFileBytes(file)));
  if (indices.length === 0) throw new LimnerError('NOT_IN_LEDGER', `No entry of ${path} is about ${file}.`);
  for (const index of indices) io.out(JSON.stringify(proofFromCopy(copy, index)));
}

interface ExportOptions extends RendererOptions {
  out: string;
}

async function exportCopy({ renderer, tokenEnv, out }: ExportOptions, io: Io): Promise<void> {
  if (renderer === undefined)
    throw new LimnerError('USAGE', 'Expected the address of a renderer for --renderer.');
  const text = await openRemoteLedger(renderer, tokenFor(renderer, tokenEnv)).copy(io.signal);
  const { entries } = readCopy(text, renderer);
  await saveFile(out, Buffer.from(text), io.signal);
  io.out(`${out} (${entries.length} entries)`);
}

const openCopy = async (path: string) => readCopy(new TextDecoder().decode(await readFileBytes(path)), path);
