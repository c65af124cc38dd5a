import { describe, expect, it } from 'vitest';
import { type Copy, readCopy, writeCopy } from '../../../renderer/ledger/copy.ts';
import type { Entry } from '../../../renderer/ledger/entry.ts';
import { Ledger } from '../../../renderer/ledger/ledger.ts';
import { MemoryStore } from '../../../renderer/ledger/memory-store.ts';
import { leafHash } from '../../../renderer/ledger/merkle-tree.ts';
import { verifyCopy } from '../../../renderer/ledger/verify-copy.ts';
import { verifyConsistency, verifyInclusion } from '../../../renderer/ledger/verify-proof.ts';
import { sha256 } from '../../../renderer/provenance/origin.ts';
import { testIdentity } from '../provenance/identities.ts';

const mine = await testIdentity();
const at = '2026-01-01T00:00:00.000Z';
const upload = (n: number): Entry => ({ kind: 'upload', at, file: sha256(`portrait ${n}`) });
const hex = (text: string) => Buffer.from(text, 'hex');

async function linesOf(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

/** A ledger whose entries were stored one, nine, one, nine … at a time, and its copy. */
async function filled(count: number) {
  const store = new MemoryStore();
  const ledger = await Ledger.open(store, mine.identity);
  for (let i = 0; i < count; i += 10) {
    await Promise.all(
      Array.from({ length: Math.min(10, count - i) }, (_, k) => ledger.append([upload(i + k)])),
    );
  }
  const lines = await linesOf(writeCopy(store, ledger.head()));
  return { store, ledger, copy: readCopy(lines.join(''), 'copy') };
}

describe('a ledger', () => {
  it('keeps what is appended at the same time, each entry once, in one order', async () => {
    const ledger = await Ledger.open(new MemoryStore(), mine.identity);
    const indices = await Promise.all(Array.from({ length: 100 }, (_, i) => ledger.append([upload(i)])));
    expect([...indices].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('two processes on one store see the same', async () => {
    const store = new MemoryStore();
    const [a, b] = [await Ledger.open(store, mine.identity), await Ledger.open(store, mine.identity)];
    await Promise.all([
      a.append([upload(1)]),
      b.append([upload(2)]),
      a.append([upload(3)]),
      b.append([upload(4)]),
    ]);
    await Promise.all([a.refresh(), b.refresh()]);
    expect([a.size, b.size]).toEqual([4, 4]);
    expect(a.root()).toEqual(b.root());
  });

  it('refuses what is no entry, and is none the worse for it', async () => {
    const ledger = await Ledger.open(new MemoryStore(), mine.identity);
    expect(() => ledger.append([{ kind: 'upload', at, file: 'jane.jpg' }])).toThrow();
    expect(await ledger.append([upload(0)])).toBe(0);
  });

  it('a store that fails takes nothing and says so; the next append works', async () => {
    const store = new MemoryStore();
    const ledger = await Ledger.open(store, mine.identity);
    const append = store.append.bind(store);
    store.append = () => Promise.reject(new Error('disk full'));
    await expect(ledger.append([upload(0)])).rejects.toThrow('disk full');
    store.append = append;
    expect(await ledger.append([upload(1)])).toBe(0);
  });

  it('proves an entry under a signed head, and that heads continue each other', async () => {
    const { ledger } = await filled(25);
    const { entry, index, path, head } = await ledger.prove(7);
    expect(JSON.parse(entry)).toEqual(upload(7));
    expect(verifyInclusion(leafHash(Buffer.from(entry)), index, 25, path.map(hex), hex(head.root))).toBe(
      true,
    );
    await ledger.append([upload(25)]);
    const proof = ledger.proveConsistency(head.size).map(hex);
    expect(verifyConsistency(head.size, 26, proof, hex(head.root), ledger.root())).toBe(true);
  });
});

describe('a copy of a ledger', async () => {
  const { copy, ledger } = await filled(25);
  const verify = (changed: Partial<Copy>, trusted = [mine.root], known = [ledger.head()]) =>
    verifyCopy({ ...copy, ...changed }, trusted, known).faults.map(({ kind, entries }) => [kind, entries]);
  const without = (index: number) => copy.entries.filter((entry) => entry.index !== index);

  it('is found whole', () => expect(verify({})).toEqual([]));

  it('a changed entry is named', () => {
    const entries = copy.entries.map((entry) =>
      entry.index === 13 ? { ...entry, entry: entry.entry.replace('upload', 'uploaD') } : entry,
    );
    expect(verify({ entries })).toEqual([['changed', [13, 13]]]);
  });

  it('a dropped entry is named, also the last', () => {
    expect(verify({ entries: without(4) })).toEqual([['missing', [4, 4]]]);
    expect(verify({ entries: without(24) })).toEqual([['missing', [24, 24]]]);
  });

  it('reordered entries are named', () => {
    const entries = [...copy.entries];
    [entries[3], entries[4]] = [entries[4], entries[3]];
    expect(verify({ entries })).toEqual([['moved', [3, 3]]]);
  });

  it('an entry written anew together with its hash is found between the heads that frame it', () => {
    const entry = JSON.stringify(upload(99));
    const leaf = leafHash(Buffer.from(entry)).toString('hex');
    const entries = copy.entries.map((old) => (old.index === 13 ? { ...old, entry, leaf } : old));
    expect(verify({ entries })).toEqual([['rewritten', [11, 19]]]);
  });

  it('entries added behind the head are named', () => {
    const entries = [...copy.entries, { ...copy.entries[0], index: 25 }];
    expect(verify({ entries })).toContainEqual(['head', [25, 25]]);
  });

  it('a ledger rewritten and signed anew contradicts a head kept from before', async () => {
    const store = new MemoryStore();
    const other = await Ledger.open(store, mine.identity);
    for (let i = 0; i < 25; i++) await other.append([upload(i === 2 ? 99 : i)]);
    const lines = await linesOf(writeCopy(store, other.head()));
    const rewritten = readCopy(lines.join(''), 'copy');
    expect(verifyCopy(rewritten, [mine.root]).faults).toEqual([]);
    expect(verifyCopy(rewritten, [mine.root], [ledger.head()]).faults).toMatchObject([{ kind: 'rewritten' }]);
  });

  it('heads that are forged, of a stranger, or gone are told', () => {
    const [first, ...heads] = copy.heads;
    expect(verify({ heads: [{ ...first, at }, ...heads] })).toEqual([['head', null]]);
    expect(verify({ heads: [] }, [mine.root], [])).toContainEqual(['head', null]);
    const report = verifyCopy(copy, []);
    expect(report.faults[0].message).toMatch(/signed by nobody on the trust list/);
  });

  it('BAD_LEDGER for another file', () => {
    expect(() => readCopy('{"a":1}\n', 'x')).toThrow(expect.objectContaining({ code: 'BAD_LEDGER' }));
    expect(() => readCopy('hello', 'x')).toThrow(/Line 1 of x/);
  });
});
