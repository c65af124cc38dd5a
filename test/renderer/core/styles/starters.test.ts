import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findStarter, listStarters } from '../../../../renderer/core/styles/starters.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();

it('offers the pictures of the folder of starters by name, and nothing where there is none', async () => {
  for (const name of ['oil.webp', 'charcoal.webp', 'README.md']) await writeFile(inFolder(name), '');
  expect(await listStarters(inFolder())).toEqual(['charcoal', 'oil']);
  expect(await findStarter('oil', inFolder())).toBe(join(inFolder(), 'oil.webp'));
  expect(await findStarter('README', inFolder())).toBe(null);
  expect(await listStarters(inFolder('none'))).toEqual([]);
});
