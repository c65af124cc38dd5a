import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { runLimner } from '../../run-limner.ts';
import { TOKEN } from '../../server/renderer.ts';
import { lines, NAMES, states, summary, teamBatch } from './team-batch.ts';

const { inFolder, renderer, team, out, args, batch, remote, results, times, expectWhole } = teamBatch();

describe('limner batch', () => {
  it('says what failed and why, and the next run does what is missing', async () => {
    await copyFile(inFolder('faceless.png'), team('b.png'));
    await writeFile(team('c.png'), '');
    const first = await batch();
    expect(first.code).toBe(3);
    expect(await results()).toEqual(['a.oil.png', 'd.oil.png']);
    expect(first.err).toContain('limner: 4 portraits: 2 done, 2 failed.');
    expect(first.err).toContain('NO_FACE: 1 (b.png)');
    expect(first.err).toContain('EMPTY_FILE: 1 (c.png)');
    const before = await times();
    for (const name of ['b', 'c']) await copyFile(inFolder('faces', `${name}.png`), team(`${name}.png`));
    const second = await batch('--json');
    expect(second).toMatchObject({ code: 0, err: '' });
    expect(states(second)).toEqual(['complete', 'done', 'done', 'complete']);
    expect(summary(second)).toMatchObject({ portraits: 4, done: 2, complete: 2, failed: 0, untried: 0 });
    expect(await times()).toMatchObject(before);
    await expectWhole();
  });

  it('twins, sub-folders and what is no picture: nothing is lost', async () => {
    for (const name of ['c', 'd']) await rm(team(`${name}.png`));
    await sharp(team('a.png')).jpeg().toFile(team('a.jpg'));
    await mkdir(team('north'));
    await copyFile(inFolder('faces', 'b.png'), team('north/b.dat'));
    await writeFile(team('notes.txt'), 'about them');
    const run = await batch('--recursive', '--json', '--no-provenance');
    expect(run).toMatchObject({ code: 0, err: '' });
    expect(await results()).toEqual(['a.jpg.oil.png', 'a.png.oil.png', 'b.oil.png', 'north']);
    expect(await readdir(out('north'))).toEqual(['b.oil.png']);
    expect(lines(run)[0]).toEqual({ leftOut: team('notes.txt'), reason: 'not a picture that Limner reads' });
    expect(summary(run)).toMatchObject({ portraits: 4, done: 4, leftOut: 1 });
    const again = await batch('--recursive', '--no-provenance');
    expect(again.err).toContain(`${team('notes.txt')}: left out: not a picture`);
    expect(again.err).toContain('4 portraits: 0 done, 4 complete before, 1 other thing left out.');
  });

  it('a result that cannot be written stops no other', async () => {
    for (const name of ['c', 'd']) await rm(team(`${name}.png`));
    await mkdir(out('a.oil.png'), { recursive: true });
    const run = await batch('--json', '--no-provenance');
    expect(run.code).toBe(3);
    expect(states(run)).toEqual(['failed', 'done']);
    expect(lines(run)[0]).toMatchObject({ portrait: team('a.png'), error: { code: 'NOT_WRITABLE' } });
    expect(await results()).toEqual(['a.oil.png', 'b.oil.png']);
  });

  it.each([
    [['--scale', '2'], 'Expected --mode full with --scale.'],
    [['--token', 'x'], 'Expected --renderer with --token.'],
    [['--renderer', 'http://127.0.0.1:9', '--no-provenance'], 'with --no-provenance'],
    [['--renderer', 'http://127.0.0.1:9', '--gamut', 'source'], 'with --gamut'],
    [['--renderer', 'http://127.0.0.1:9', '--token-env', 'LIMNER_NONE'], 'LIMNER_NONE'],
  ])('with %j exits 2', async (options, message) => {
    const { code, err } = await runLimner(args(...options));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(message) });
    await expect(readdir(out())).rejects.toThrow('ENOENT');
  });

  it('does not write among the portraits', async () => {
    const { code, err } = await batch('--out', team());
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('another folder') });
    expect(await readdir(team())).toHaveLength(NAMES.length);
  });
});

describe('limner batch --renderer', () => {
  it('says by code what failed there, and tries it again', async () => {
    for (const name of ['b', 'c', 'd']) await rm(team(`${name}.png`));
    await copyFile(inFolder('faceless.png'), team('e.png'));
    for (let run = 0; run < 2; run++) {
      const { code, err } = await runLimner(args(...remote()));
      expect(code).toBe(3);
      expect(err).toContain('NO_FACE: 1 (e.png)');
    }
  });

  it.each([
    ['UNAUTHORIZED', () => ['--renderer', renderer.url, '--token', 'wrong']],
    ['RENDERER_UNREACHABLE', () => ['--renderer', 'http://127.0.0.1:9', '--token', TOKEN]],
    ['NOT_FOUND', () => [...remote(), '--style', 'nobody']],
  ])('%s before anything is sent', async (expected, options) => {
    const { code, out: text, err } = await runLimner(args('--json', ...options()));
    expect(code).toBeGreaterThan(0);
    expect(text).toBe('');
    expect(JSON.parse(err).error.code).toBe(expected);
  });
});
