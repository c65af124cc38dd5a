import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { planOutputs, usable } from '../../../../renderer/core/pictures/plan-outputs.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const style = () => inFolder('oil.jpg');
const plan = async (portraits: string[], out?: string) =>
  (
    await planOutputs(
      portraits.map((name) => inFolder(name)),
      { ending: '.oil.png', out, others: [style()] },
    )
  ).map((output) => relative(inFolder(), usable(output)));

beforeAll(async () => {
  for (const name of ['jane.png', 'joe.png', 'oil.jpg']) await writeFile(inFolder(name), name);
  await mkdir(inFolder('results'));
  await mkdir(inFolder('other'));
  await writeFile(inFolder('other', 'jane.png'), 'another');
});

describe('where results go', () => {
  it('beside the portrait without --out', async () => {
    expect(await plan(['jane.png', 'other/jane.png'])).toEqual(['jane.oil.png', 'other/jane.oil.png']);
  });

  it('into a folder: one that exists, a name ending in /, any name for several portraits', async () => {
    expect(await plan(['jane.png'], inFolder('results'))).toEqual(['results/jane.oil.png']);
    expect(await plan(['jane.png'], inFolder('new/'))).toEqual(['new/jane.oil.png']);
    expect(await plan(['jane.png', 'joe.png'], inFolder('new'))).toEqual([
      'new/jane.oil.png',
      'new/joe.oil.png',
    ]);
    expect(await plan(['jane.png', 'joe.png'], inFolder('oil-0.5'))).toEqual([
      'oil-0.5/jane.oil.png',
      'oil-0.5/joe.oil.png',
    ]);
  });

  it('refuses the name of a file for several, and says how a folder is named', async () => {
    const refused = plan(['jane.png', 'joe.png'], inFolder('new.webp'));
    await expect(refused).rejects.toMatchObject({ code: 'USAGE', hint: expect.stringMatching(/slash/) });
  });

  it('to the file named', async () => {
    expect(await plan(['jane.png'], inFolder('new.webp'))).toEqual(['new.webp']);
  });

  it.each([
    ['several portraits into a file', ['jane.png', 'joe.png'], 'all.png'],
    ['an unknown extension', ['jane.png'], 'new.bmp'],
    ['no extension', ['jane.png'], 'new'],
  ])('USAGE: %s', async (_, portraits, out) => {
    await expect(plan(portraits, inFolder(out))).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('the same name twice: extensions are kept, then numbers', async () => {
    expect(await plan(['jane.png', 'jane.jpg', 'joe.png'], inFolder('results'))).toEqual([
      'results/jane.png.oil.png',
      'results/jane.jpg.oil.png',
      'results/joe.oil.png',
    ]);
    expect(await plan(['Jane.png', 'jane.PNG'])).toEqual(['Jane.png.oil.png', 'jane.PNG-2.oil.png']);
    expect(await plan(['jane.png', 'other/jane.png', 'results/jane.png'], inFolder('results'))).toEqual([
      'results/jane.png.oil.png',
      'results/jane.png-2.oil.png',
      'results/jane.png-3.oil.png',
    ]);
    expect(await plan(['jane.png', 'jane.jpg', 'jane.png.webp'], inFolder('results'))).toEqual([
      'results/jane.png-2.oil.png',
      'results/jane.jpg.oil.png',
      'results/jane.png.oil.png',
    ]);
  });

  it('names that would be too long are cut, and stay different', async () => {
    const long = 'x'.repeat(250);
    const planned = await plan([`${long}.png`, `${long}y.png`, `${long}.jpg`], inFolder('results'));
    expect(new Set(planned).size).toBe(3);
    for (const path of planned) expect(path.length).toBe('results/'.length + 255);
  });

  it('- is standard input and, for it alone, standard output', async () => {
    const through = async (inputs: string[], out?: string) =>
      (await planOutputs(inputs, { ending: '.oil.png', out })).map(usable);
    expect(await through(['-'])).toEqual(['-']);
    expect(await through(['-'], inFolder('results'))).toEqual([inFolder('results', 'stdin.oil.png')]);
    expect(await through([inFolder('jane.png')], '-')).toEqual(['-']);
    for (const out of ['-.png', '-'])
      await expect(through([inFolder('jane.png'), inFolder('joe.png')], out)).rejects.toMatchObject({
        code: 'USAGE',
      });
  });

  it('never onto an input: by path, by links of both kinds, by way of another folder', async () => {
    await symlink('jane.png', inFolder('symbolic.png'));
    await link(inFolder('jane.png'), inFolder('hard.png'));
    await symlink('.', inFolder('here'));
    for (const out of [
      'jane.png',
      'oil.jpg',
      'symbolic.png',
      'hard.png',
      'here/jane.png',
      'results/../jane.png',
    ]) {
      await expect(plan(['jane.png'], inFolder(out)), out).rejects.toMatchObject({
        code: 'OUTPUT_EXISTS_AS_INPUT',
      });
    }
  });

  it('never onto another portrait of the same run, whose own result is written all the same', async () => {
    await writeFile(inFolder('jane.oil.png'), 'named like a result');
    const [first, second] = await planOutputs([inFolder('jane.png'), inFolder('jane.oil.png')], {
      ending: '.oil.png',
    });
    expect(() => usable(first)).toThrow(expect.objectContaining({ code: 'OUTPUT_EXISTS_AS_INPUT' }));
    expect(relative(inFolder(), usable(second))).toBe('jane.oil.oil.png');
  });

  it('a link that leads in a circle is refused alone', async () => {
    await symlink('joe.oil.png', inFolder('joe.oil.png'));
    const planned = await planOutputs(
      ['joe.png', 'oil.jpg'].map((name) => inFolder(name)),
      {
        ending: '.oil.png',
      },
    );
    expect(planned.map(({ problem }) => problem?.code)).toEqual(['NOT_WRITABLE', undefined]);
  });

  it('NOT_WRITABLE before anything is rendered', async () => {
    await expect(plan(['joe.png'], '/proc/x.png')).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  });
});
