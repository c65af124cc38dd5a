import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededNormal } from '../../../models/image/random.ts';
import { writeCopy } from '../../../renderer/ledger/copy.ts';
import { Ledger } from '../../../renderer/ledger/ledger.ts';
import { MemoryStore } from '../../../renderer/ledger/memory-store.ts';
import { ownIdentity } from '../../../renderer/provenance/own-identity.ts';
import { showingsFor } from '../../../renderer/rating/plan/order.ts';
import { type OpenedPlan, openPlan } from '../../../renderer/rating/plan/plan.ts';
import { runLimner } from '../run-limner.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { draw, drawFolders } from './drawings.ts';

const inFolder = temporaryFolder();
let opened: OpenedPlan;

/** What simulated raters think of each condition, for every question. */
const QUALITY: Readonly<Record<string, number>> = {
  ours: 3.8,
  theirs: 2.6,
  twin: 3.8,
  original: 4.6,
  reinhard: 2,
};
const NAMES = 'abcdefghjkmnpqrstuvwxyz';

/** Writes the votes of a rater. @param careless says anything */
async function letVote(index: number, isCareless: boolean): Promise<void> {
  const rater = `rater${NAMES[index]}aaaa`;
  const { plan, sha256, folder } = opened;
  const normal = seededNormal(100 + index);
  const condition = new Map(plan.stimuli.map((stimulus) => [stimulus.id, stimulus.condition]));
  const seen = (id: string) =>
    (isCareless ? 3 : QUALITY[condition.get(id) ?? '']) + normal() * (isCareless ? 2 : 0.5);
  const at = new Date(Date.now() + 60_000).toISOString();
  const screen = { width: 1, height: 1, ratio: 1 };
  const votes = showingsFor(plan, index).map(({ stimuli }, place) => {
    const score = Math.min(5, Math.max(1, Math.round(seen(stimuli[0]))));
    const value = stimuli.length === 1 ? score : seen(stimuli[0]) > seen(stimuli[1]) ? -1 : 1;
    return { kind: 'vote', place, value, milliseconds: 3000, active: place * 3000, at };
  });
  const lines = [{ kind: 'rater', rater, index, plan: sha256, at, screen }, ...votes];
  await mkdir(inFolder('rating', 'votes'), { recursive: true });
  await writeFile(
    `${folder}/votes/${rater}.jsonl`,
    lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
}

beforeAll(async () => {
  await drawFolders(inFolder);
  for (const person of ['eve', 'finn', 'gus', 'hal', 'ida', 'jo']) {
    await draw(inFolder('people', `${person}.png`), 10, 20);
    for (const method of ['ours', 'theirs'])
      await draw(inFolder(method, 'oils', `${person}.oil.png`), 70, 40);
  }
  const folders = [inFolder('ours'), inFolder('theirs'), `twin=${inFolder('ours')}`];
  const sources = ['--originals', inFolder('people'), '--references', inFolder('styles')];
  const questions = ['--question', 'quality', '--question', 'identity'];
  const run = await runLimner([
    'rate',
    'plan',
    ...folders,
    ...sources,
    ...questions,
    '--out',
    inFolder('rating'),
    '--seed',
    '1',
  ]);
  expect(run.err).toBe('');
  opened = await openPlan(inFolder('rating'));
});

const report = async (...args: string[]) => runLimner(['rate', 'report', inFolder('rating'), ...args]);

describe('a report', () => {
  it('NO_VOTES before anybody has voted, and nothing is written', async () => {
    expect((await report()).err).toContain('[NO_VOTES]');
    await expect(readFile(inFolder('rating', 'report.html'))).rejects.toThrow();
  });

  it('recovers what simulated raters think, and leaves out who answers anything', async () => {
    for (let index = 0; index < 12; index++) await letVote(index, index === 5);
    const { code, out } = await report('--json');
    expect(code).toBe(0);
    const { questions, raters } = JSON.parse(out);
    expect(raters).toBe(12);
    const [quality, identity] = questions;
    const mos = Object.fromEntries(
      quality.counted.conditions.map((one: { condition: string; mos: number }) => [one.condition, one.mos]),
    );
    for (const [condition, truth] of Object.entries(QUALITY))
      expect(Math.abs(mos[condition] - truth)).toBeLessThan(0.25);
    const careless = quality.raters.filter(
      ({ excludedFor }: { excludedFor: string[] }) => excludedFor.length > 0,
    );
    expect(careless.map(({ rater }: { rater: string }) => rater)).toEqual(['raterfaaaa']);
    const undecided = quality.counted.differences.filter(
      (one: { isDistinguishable: boolean }) => !one.isDistinguishable,
    );
    expect(undecided.map((one: { first: string; second: string }) => [one.first, one.second].sort())).toEqual(
      [['ours', 'twin']],
    );
    expect(quality.counted.alpha).toBeGreaterThan(0.6);
    expect(quality.counted.raters).toBe(11);
    expect(quality.everybody.raters).toBe(12);
    expect(quality.afterScreening.raters).toBeLessThanOrEqual(11);
    expect(quality.counted.retest.pairs).toBeGreaterThan(20);
    expect(quality.counted.needs.map(({ halfWidth }: { halfWidth: number }) => halfWidth)).toEqual([
      0.5, 0.25, 0.125,
    ]);
    const strengths = identity.counted.conditions.map(({ condition }: { condition: string }) => condition);
    expect(strengths.at(-1)).toBe('theirs');
    expect(strengths).not.toContain('original');
  });

  it('says the same for the same votes, names nobody, and knows a plan older than its votes from a ledger', async () => {
    const store = new MemoryStore();
    const ledger = await Ledger.open(store, await ownIdentity());
    await ledger.append([{ kind: 'upload', at: new Date().toISOString(), file: opened.sha256 }]);
    let copy = '';
    for await (const line of writeCopy(store, ledger.head())) copy += line;
    await writeFile(inFolder('ledger.jsonl'), copy);
    const read = async () => JSON.parse(await readFile(inFolder('rating', 'report.json'), 'utf8'));
    const first = await read();
    const { out } = await report('--ledger', inFolder('ledger.jsonl'));
    expect(await read()).toMatchObject({ questions: first.questions, ledger: { isBeforeVotes: true } });
    expect(first.ledger).toBeNull();
    expect(out).toMatch(/ours and twin: not distinguishable|twin and ours: not distinguishable/);
    const html = await readFile(inFolder('rating', 'report.html'), 'utf8');
    expect(html).toContain('not distinguishable');
    expect(html.match(/<svg/g)).toHaveLength(3);
    expect(html).not.toMatch(/NaN|undefined|Infinity|raterbaaaa/);
  });

  it('BAD_VOTES for votes on a plan that was changed afterwards, and for a file that is none', async () => {
    const path = inFolder('rating', 'votes', 'raterzaaaa.jsonl');
    const line = (await readFile(inFolder('rating', 'votes', 'rateraaaaa.jsonl'), 'utf8')).split('\n')[0];
    await writeFile(path, `${line.replace(opened.sha256, '0'.repeat(64))}\n`);
    expect((await report()).err).toContain('[BAD_VOTES]');
    await writeFile(path, 'no votes\n');
    expect((await report()).err).toContain('[BAD_VOTES]');
    await expect(runLimner(['rate', 'erase', inFolder('rating'), 'raterbaaaa'])).resolves.toMatchObject({
      code: 0,
    });
  });
});
