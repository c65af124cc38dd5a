/** Batches that are killed, or whose pictures are made anew. */
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { runLimner, spawnLimner } from '../../run-limner.ts';
import { states, summary, teamBatch } from './team-batch.ts';

const { renderer, team, out, args, batch, remote, results, expectWhole } = teamBatch();

/** Kills the command as soon as it has said that a portrait is done. */
async function killAtFirst(given: readonly string[]): Promise<void> {
  const { code } = await spawnLimner(given, (child: ChildProcess) =>
    child.stdout!.once('data', () => child.kill('SIGKILL')),
  );
  expect(code).toBeNull();
}

describe('limner batch', () => {
  it('killed with -9, goes on where it was', async () => {
    await killAtFirst(args('--device', 'cpu', '--json'));
    const again = await batch('--json');
    expect(again.code).toBe(0);
    expect(summary(again).complete).toBeGreaterThan(0);
    await expectWhole();
  });

  it('does anew what is made from something else, or is not what was written', async () => {
    expect((await batch()).code).toBe(0);
    await truncate(out('a.oil.png'), 1000);
    await copyFile(team('c.png'), team('b.png'));
    const mark = createHash('sha256').update('c.oil.png').digest('hex').slice(0, 8);
    await writeFile(out(`.limner-${mark}-0123456789ab.part`), 'half');
    expect(states(await batch('--json'))).toEqual(['done', 'done', 'complete', 'complete']);
    await expectWhole();
    expect(states(await batch('--json', '--likeness', '0.6'))).toEqual(['done', 'done', 'done', 'done']);
  });
});

describe('limner batch --renderer', () => {
  it('killed with -9, has nothing done twice; its pictures are those that this machine makes', async () => {
    await killAtFirst(args('--json', ...remote()));
    const again = await runLimner(args('--json', ...remote()));
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(summary(again)).toMatchObject({ portraits: 4, failed: 0 });
    await expectWhole();
    const { jobs } = await renderer.client.jobs({ kind: 'render' });
    expect(jobs.map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1]);
    const there = await Promise.all((await results()).map((name) => readFile(out(name))));
    await rm(out(), { recursive: true });
    expect((await batch('--no-provenance')).code).toBe(0);
    for (const [i, name] of (await results()).entries()) {
      const here = await sharp(await readFile(out(name)))
        .raw()
        .toBuffer();
      expect(here.equals(await sharp(there[i]).raw().toBuffer())).toBe(true);
    }
  });
});
