import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showingsFor } from '../../../renderer/rating/plan/order.ts';
import { openPlan, type Plan } from '../../../renderer/rating/plan/plan.ts';
import { type RatingServer, startRating } from '../../../renderer/rating/server/start-rating.ts';
import { runLimner } from '../run-limner.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { draw, drawFolders, drawSequence, PEOPLE } from './drawings.ts';

const inFolder = temporaryFolder();
beforeAll(() => drawFolders(inFolder));

const SOURCES = () => ['--originals', inFolder('people'), '--references', inFolder('styles')];

const planned = async (out: string, ...args: string[]) => {
  const folders = [inFolder('ours'), inFolder('theirs')];
  const run = await runLimner(['rate', 'plan', ...folders, '--out', inFolder(out), '--seed', '7', ...args]);
  return { ...run, open: () => openPlan(inFolder(out)) };
};

const codeOf = ({ err }: { err: string }) => /\[([A-Z_]+)\]$/m.exec(err)?.[1];

describe('a plan', () => {
  let plan: Plan;
  beforeAll(async () => {
    const run = await planned('full', ...SOURCES());
    expect(run).toMatchObject({ code: 0, err: '' });
    plan = (await run.open()).plan;
  });

  it('asks what the folders allow, about all versions of all pictures', () => {
    expect(plan.questions.map(({ name, trials }) => [name, trials.length])).toEqual([
      ['quality', 16],
      ['medium', 16],
      ['identity', 5],
    ]);
    expect(plan.conditions.map(({ name }) => name)).toEqual(['ours', 'theirs', 'original', 'reinhard']);
  });

  it('shows versions of a picture in one size, under names and in files that do not tell them apart', async () => {
    const anna = plan.stimuli.filter(
      ({ item, condition }) => item === 'oils/anna.oil' && !/beside/.test(condition),
    );
    expect(anna.map(({ condition }) => condition).sort()).toEqual(['original', 'ours', 'reinhard', 'theirs']);
    for (const { id, file, width, height } of anna) {
      expect(id).toMatch(/^[0-9a-f]{16}$/);
      const bytes = await readFile(inFolder('full', file));
      expect(await sharp(bytes).metadata()).toMatchObject({ width, height, format: 'png' });
      expect([width, height]).toEqual([96, 80]);
      expect(bytes.toString('latin1')).not.toMatch(/ours|theirs|anna|limner|c2pa/i);
    }
  });

  it('is the same for the same seed, and other names and orders for another', async () => {
    const again = await (await planned('again', ...SOURCES())).open();
    expect({ ...again.plan, createdAt: '' }).toEqual({ ...plan, createdAt: '' });
    const other = await (await planned('other', ...SOURCES(), '--seed', '8')).open();
    expect(other.plan.stimuli[0].id).not.toBe(plan.stimuli[0].id);
    expect(showingsFor(plan, 0)).toEqual(showingsFor(again.plan, 0));
    expect(showingsFor(plan, 0)).not.toEqual(showingsFor(plan, 1));
  });

  it('balances: over raters each version comes early and late, left and right, equally often', () => {
    const raters = Array.from({ length: 48 }, (_, rater) => showingsFor(plan, rater));
    const condition = new Map(plan.stimuli.map((stimulus) => [stimulus.id, stimulus.condition]));
    const first = raters.flatMap((all) =>
      all
        .filter(({ question }) => question === 0)
        .slice(0, PEOPLE.length)
        .map(({ stimuli }) => condition.get(stimuli[0])),
    );
    for (const { name } of plan.conditions) expect(first.filter((one) => one === name)).toHaveLength(48);
    const choices = raters.flat().filter(({ question, isRepeat }) => question === 2 && !isRepeat);
    const left = choices.filter(({ stimuli }) => condition.get(stimuli[0]) === 'ours').length;
    const right = choices.filter(({ stimuli }) => condition.get(stimuli[1]) === 'ours').length;
    expect(left).toBe(right);
  });

  it('repeats a tenth later on, choices the other way round, and never shows a picture twice running', () => {
    for (let rater = 0; rater < 20; rater++) {
      const showings = showingsFor(plan, rater);
      const quality = showings.filter(({ question }) => question === 0);
      expect(quality.filter(({ isRepeat }) => isRepeat)).toHaveLength(2);
      quality.forEach(({ trial, isRepeat }, i) => {
        if (!isRepeat) return;
        const before = quality.findIndex((one) => one.trial === trial);
        expect(i - before).toBeGreaterThanOrEqual(6);
      });
      const items = quality
        .filter(({ isRepeat }) => !isRepeat)
        .map(({ trial }) => plan.questions[0].trials[trial].item);
      items.slice(1).forEach((item, i) => {
        expect(item).not.toBe(items[i]);
      });
    }
  });

  it('keeps to twenty minutes, and what is seen then is balanced still', () => {
    const trials = Array.from({ length: 100 }, (_, i) =>
      plan.questions[0].trials.map((trial) => ({ ...trial, item: `${trial.item} ${i}` })),
    ).flat();
    const long = { ...plan, questions: [{ ...plan.questions[0], trials }] };
    const showings = showingsFor(long, 3);
    expect(showings.length * long.questions[0].plannedSeconds).toBeLessThanOrEqual(20 * 60);
    expect(showings.length).toBeGreaterThan(190);
  });

  it('is not replaced; USAGE says what a question lacks; NO_PICTURES when nothing fits', async () => {
    expect(codeOf(await planned('full', ...SOURCES()))).toBe('PLAN_EXISTS');
    expect(await planned('a', '--question', 'medium')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--references'),
    });
    expect(await planned('a', '--question', 'identity')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--originals'),
    });
    expect(await planned('a', '--question', 'steadiness')).toMatchObject({
      code: 2,
      err: expect.stringContaining('animated'),
    });
    expect(await planned('a', '--question', 'realism', ...SOURCES())).toMatchObject({
      code: 2,
      err: expect.stringContaining('96×80'),
    });
    await draw(inFolder('strangers', 'zoe.png'), 0, 1);
    const run = await runLimner([
      'rate',
      'plan',
      inFolder('ours'),
      inFolder('strangers'),
      '--out',
      inFolder('a'),
    ]);
    expect(codeOf(run)).toBe('NO_PICTURES');
    expect(await readdir(inFolder('a')).catch(() => [])).toEqual([]);
  });

  it('compares sequences without asking for them, and says which are not in all folders', async () => {
    for (const [name, step] of [
      ['calm', 2],
      ['wild', 20],
    ] as const)
      await drawSequence(inFolder(name, 'walk.webp'), 30, step);
    await drawSequence(inFolder('wild', 'run.webp'), 60, 5);
    const run = await runLimner([
      'rate',
      'plan',
      inFolder('calm'),
      inFolder('wild'),
      '--out',
      inFolder('steady'),
      '--no-ties',
    ]);
    expect(run).toMatchObject({ code: 0, err: expect.stringContaining('run is not in all folders') });
    const { plan: made } = await openPlan(inFolder('steady'));
    expect(made.questions).toMatchObject([{ name: 'steadiness', scale: '2AFC' }]);
    expect(made.questions[0].answers.map(({ value }) => value)).toEqual([-1, 1]);
    expect(await sharp(inFolder('steady', made.stimuli[0].file)).metadata()).toMatchObject({
      pages: 3,
      loop: 0,
    });
  });

  it('trains realism on originals as 5 and squares as 1, of pictures that are not asked about', async () => {
    for (const [i, person] of PEOPLE.entries()) await draw(inFolder('hr', `${person}.oil.png`), i * 40, 33);
    const args = ['--originals', inFolder('hr'), '--question', 'realism', '--out', inFolder('realism')];
    expect((await runLimner(['rate', 'plan', inFolder('ours', 'oils'), ...args])).code).toBe(0);
    const { plan: made } = await openPlan(inFolder('realism'));
    const [{ training, trials }] = made.questions;
    expect(training.map(({ answer }) => answer).sort()).toEqual([1, 5]);
    expect(trials.some(({ item }) => item === training[0].item)).toBe(false);
    expect(made.conditions.map(({ name }) => name)).toEqual(['oils', 'original', 'nearest']);
    expect(
      showingsFor(made, 0)
        .slice(0, 2)
        .map(({ answer }) => answer)
        .sort(),
    ).toEqual([1, 5]);
    expect(made.exclusion.originalNotAbove).toBe('nearest');
  });
});

describe('the page’s service', () => {
  let server: RatingServer;
  beforeAll(async () => {
    server = await startRating(await openPlan(inFolder('full')), 0);
  });
  afterAll(() => server.stop());

  const ask = async (path: string, method = 'GET', body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, body: response.status === 204 ? null : await response.json() };
  };
  const begin = async () =>
    (await ask('/raters', 'POST', { screen: { width: 1, height: 1, ratio: 1 } })).body;
  const vote = (rater: string, place: number, value: number, milliseconds = 2000) =>
    ask(`/raters/${rater}/votes`, 'POST', { place, value, milliseconds, active: (place + 1) * 3000 });

  it('tells nothing of methods, items, checks or repeats', async () => {
    const text = JSON.stringify(await begin());
    expect(text).not.toMatch(/ours|theirs|reinhard|anna|isCheck|isRepeat|condition/);
    expect(text).toContain('How good is this picture');
  });

  it('takes votes in order, once, and neither fast ones nor what is no answer', async () => {
    const { rater } = await begin();
    expect((await vote(rater, 0, 4)).status).toBe(204);
    expect((await vote(rater, 0, 5)).body.error.code).toBe('VOTE_REFUSED');
    expect((await vote(rater, 1, 4, 300)).body.error.message).toMatch(/within 1 s/);
    const session = (await ask(`/raters/${rater}`)).body;
    const isChoice = session.questions[session.showings[1].question].scale === '2AFC';
    expect((await vote(rater, 1, isChoice ? 5 : 0)).body.error.message).toMatch(/no answer/);
    expect(session).toMatchObject({ done: 1, active: 3000, isOver: false });
    const lines = (await readFile(inFolder('full', 'votes', `${rater}.jsonl`), 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).kind)).toEqual(['rater', 'vote']);
  });

  it('takes none after twenty minutes', async () => {
    const { rater } = await begin();
    const late = { place: 0, value: 1, milliseconds: 2000, active: 20 * 60_000 };
    expect((await ask(`/raters/${rater}/votes`, 'POST', late)).status).toBe(204);
    expect((await ask(`/raters/${rater}`)).body.isOver).toBe(true);
    expect((await vote(rater, 1, 1)).body.error.message).toMatch(/time is over/);
  });

  it('erases a rater, and gives the number to nobody else', async () => {
    const { rater } = await begin();
    await vote(rater, 0, 1);
    expect((await ask(`/raters/${rater}`, 'DELETE')).body).toEqual({ erased: 1 });
    expect((await ask(`/raters/${rater}`)).body.error.code).toBe('RATER_NOT_FOUND');
    const files = await readdir(inFolder('full', 'votes'));
    expect(files).not.toContain(`${rater}.jsonl`);
    expect(await readFile(inFolder('full', 'votes', 'erased.jsonl'), 'utf8')).not.toContain(rater);
    const next = await begin();
    const text = await readFile(inFolder('full', 'votes', `${next.rater}.jsonl`), 'utf8');
    const indices = await Promise.all(
      files
        .filter((name) => name !== 'erased.jsonl')
        .map(
          async (name) =>
            JSON.parse((await readFile(inFolder('full', 'votes', name), 'utf8')).split('\n')[0]).index,
        ),
    );
    expect(JSON.parse(text.split('\n')[0]).index).toBe(Math.max(...indices) + 2);
  });

  it('a vote that was cut off while it was written spoils neither the next one nor anybody else’s', async () => {
    const { rater } = await begin();
    const path = inFolder('full', 'votes', `${rater}.jsonl`);
    await vote(rater, 0, 1);
    await vote(rater, 1, 1);
    await writeFile(path, (await readFile(path)).subarray(0, -5));
    expect((await ask(`/raters/${rater}`)).body.done).toBe(1);
    expect((await vote(rater, 1, 1)).status).toBe(204);
    expect((await ask(`/raters/${rater}`)).body.done).toBe(2);
  });

  it('a damaged file keeps nobody from voting, is named with its line, and can be erased', async () => {
    const { rater } = await begin();
    const path = inFolder('full', 'votes', `${rater}.jsonl`);
    await vote(rater, 0, 1);
    await appendFile(path, 'no vote\n');
    expect((await ask(`/raters/${rater}`)).body.error.message).toMatch(/^Line 3 of .* is damaged/);
    const next = await begin();
    expect(next.rater).toBeDefined();
    expect((await ask(`/raters/${rater}`, 'DELETE')).body).toEqual({ erased: 1 });
    await ask(`/raters/${next.rater}`, 'DELETE');
  });

  it('answers this machine only, and no path but its own', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      request(`${server.url}/`, { headers: { host: 'evil.example' } }, (response) =>
        resolve(response.statusCode),
      ).end();
    });
    expect(status).toBe(403);
    expect((await ask('/raters/..%2F..%2Fplan')).body.error.code).toBe('RATER_NOT_FOUND');
    expect((await ask('/pictures/plan.json')).body.error.code).toBe('PICTURE_NOT_FOUND');
  });
});

it('BAD_PLAN when a picture was exchanged after planning', async () => {
  const { plan } = await (await planned('changed', '--question', 'quality')).open();
  await writeFile(
    inFolder('changed', plan.stimuli[0].file),
    await readFile(inFolder('changed', plan.stimuli[1].file)),
  );
  await expect(startRating(await openPlan(inFolder('changed')), 0)).rejects.toMatchObject({
    code: 'BAD_PLAN',
  });
});
