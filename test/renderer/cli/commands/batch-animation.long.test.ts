import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { joconde, runLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const clip = fileURLToPath(new URL('../../../fixtures/sequences/collins.webp', import.meta.url));

it('GIFs and animated WebPs of a folder stay animated, say how they were made, and are not made twice', async () => {
  await mkdir(inFolder('team'));
  await copyFile(joconde, inFolder('oil.jpg'));
  const two = sharp(clip, { page: 0, pages: 2 });
  await two.clone().gif().toFile(inFolder('team', 'moving.gif'));
  // What a file is called says nothing.
  await two.clone().webp({ lossless: true }).toFile(inFolder('team', 'other.jpg'));
  const args = ['batch', inFolder('team'), '--style', inFolder('oil.jpg'), '--out', inFolder('out')];
  const run = () => runLimner([...args, '--quality', 'draft', '--device', 'cpu', '--json']);
  expect((await run()).code).toBe(0);
  const names = ['moving.oil.gif', 'other.oil.webp'];
  expect((await readdir(inFolder('out'))).sort()).toEqual(['.limner-batch.jsonl', ...names]);
  for (const name of names) {
    const file = await readFile(inFolder('out', name));
    const { pages, width, delay } = await sharp(file, { animated: true }).metadata();
    expect([pages, width]).toEqual([2, 160]);
    expect(delay).toEqual([100, 100]);
    const { provenance } = JSON.parse((await runLimner(['inspect', inFolder('out', name), '--json'])).out);
    expect(provenance).toMatchObject({ verdict: 'trusted', style: { name: 'oil' } });
  }
  const again = (await run()).out.split('\n').map((line) => JSON.parse(line).state);
  expect(again.filter(Boolean)).toEqual(['complete', 'complete']);
});
