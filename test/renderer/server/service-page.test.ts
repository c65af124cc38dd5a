/** What docs/service.md shows in a shell is run, word for word. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { portraitBytes, referenceBytes, TOKEN, testRenderer } from './renderer.ts';

const renderer = testRenderer();

it('the session with curl sends, renders, waits and downloads', async () => {
  const page = await readFile(new URL('../../../docs/service.md', import.meta.url), 'utf8');
  const script = page
    .split('```sh\n')
    .find((block) => block.startsWith('LIMNER='))!
    .split('```')[0];
  await writeFile(renderer.folder('portrait.png'), await portraitBytes());
  await writeFile(renderer.folder('painting.jpg'), await referenceBytes());
  const shell = spawn('bash', ['-euc', script], {
    cwd: renderer.folder(),
    env: { PATH: process.env['PATH'], LIMNER: renderer.url, LIMNER_TOKEN: TOKEN },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  expect(await once(shell, 'exit')).toEqual([0, null]);
  expect(await sharp(renderer.folder('restyled.png')).metadata()).toMatchObject({ width: 240, height: 280 });
});
