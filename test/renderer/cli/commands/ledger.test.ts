import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeCopy } from '../../../../renderer/ledger/copy.ts';
import { Ledger } from '../../../../renderer/ledger/ledger.ts';
import { MemoryStore } from '../../../../renderer/ledger/memory-store.ts';
import { sha256 } from '../../../../renderer/provenance/origin.ts';
import { ownIdentity } from '../../../../renderer/provenance/own-identity.ts';
import { astronaut, joconde, runLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const copy = () => inFolder('ledger.jsonl');

beforeAll(async () => {
  const store = new MemoryStore();
  const ledger = await Ledger.open(store, await ownIdentity());
  const at = new Date().toISOString();
  for (let i = 0; i < 5; i++) await ledger.append([{ kind: 'upload', at, file: sha256(`portrait ${i}`) }]);
  await ledger.append([
    {
      kind: 'render',
      at,
      job: 'job-1',
      source: sha256('portrait 1'),
      result: sha256(await readFile(astronaut)),
    },
  ]);
  let text = '';
  for await (const line of writeCopy(store, ledger.head())) text += line;
  await writeFile(copy(), text);
});

const edit = async (change: (lines: string[]) => string[]) => {
  const lines = (await readFile(copy(), 'utf8')).split('\n');
  await writeFile(inFolder('edited.jsonl'), change(lines).join('\n'));
  return runLimner(['ledger', 'verify', inFolder('edited.jsonl'), '--json']);
};

describe('limner ledger verify', () => {
  it('finds a whole copy whole, and an earlier copy continued', async () => {
    const { code, out } = await runLimner(['ledger', 'verify', copy(), '--known', copy()]);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^Whole: 6 entries, as signed on .* root [0-9a-f]{64}$/),
    });
  });

  it('names what was changed or dropped, and exits 3', async () => {
    const changed = await edit((lines) =>
      lines.map((line, i) => (i === 2 ? line.replace('upload', 'uplaod') : line)),
    );
    expect(changed.code).toBe(3);
    expect(JSON.parse(changed.out).faults).toMatchObject([{ kind: 'changed', entries: [2, 2] }]);
    const dropped = await edit((lines) => lines.filter((_, i) => i !== 3));
    expect(JSON.parse(dropped.out).faults).toMatchObject([{ kind: 'missing', entries: [3, 3] }]);
  });

  it('BAD_LEDGER for another file', async () => {
    const { code, err } = await runLimner(['ledger', 'verify', joconde, '--json']);
    expect([code, JSON.parse(err).error.code]).toEqual([3, 'BAD_LEDGER']);
  });
});

describe('proofs', () => {
  it('limner inspect proves that a file is in the copy, and which job made it', async () => {
    const { code, out } = await runLimner(['inspect', astronaut, '--ledger', copy()]);
    expect(code).toBe(0);
    expect(out).toMatch(/entry 5, rendered by job job-1 on .*, proved$/);
    const none = await runLimner(['inspect', joconde, '--ledger', copy()]);
    expect(none.out).toContain('no entry about this file');
  });

  it('a forged entry is not proved', async () => {
    const forged = (await readFile(copy(), 'utf8')).replace('job-1', 'job-2');
    await writeFile(inFolder('forged.jsonl'), forged);
    const { code, out } = await runLimner(['inspect', astronaut, '--ledger', inFolder('forged.jsonl')]);
    expect(code).toBe(3);
    expect(out).toContain('NOT PROVED: the proof does not lead to the head');
  });

  it('limner ledger proof prints one that stands alone; NOT_IN_LEDGER without an entry', async () => {
    const { out } = await runLimner(['ledger', 'proof', copy(), '--file', astronaut]);
    expect(JSON.parse(out)).toMatchObject({ index: 5, head: { size: 6 } });
    expect((await runLimner(['ledger', 'proof', copy(), '--file', joconde])).err).toContain(
      '[NOT_IN_LEDGER]',
    );
    expect((await runLimner(['ledger', 'proof', copy()])).code).toBe(2);
  });
});
