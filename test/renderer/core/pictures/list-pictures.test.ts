import { spawnSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { scanPictures } from '../../../../renderer/core/pictures/list-pictures.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { plain } from './samples.ts';

const inFolder = temporaryFolder();
const scan = async (
  ...options: Parameters<typeof scanPictures> extends [string, ...infer Rest] ? Rest : never
) => {
  const { pictures, leftOut } = await scanPictures(inFolder('team'), ...options);
  const inside = (path: string) => relative(inFolder('team'), path);
  return {
    pictures: pictures.map(inside),
    leftOut: Object.fromEntries(leftOut.map(({ path, reason }) => [inside(path), reason])),
  };
};

beforeAll(async () => {
  const png = await plain(20, 20, '#888').png().toBuffer();
  for (const folder of ['team/north/deep', 'team/.git', 'team/out', 'none'])
    await mkdir(inFolder(folder), { recursive: true });
  for (const name of ['a.png', 'b', 'c.dat', 'north/d.jpg', 'north/deep/e.webp', '.git/f.png', 'out/g.png'])
    await writeFile(inFolder('team', name), png);
  await writeFile(inFolder('team', 'empty.png'), '');
  await writeFile(inFolder('team', 'notes.txt'), 'about them');
  await writeFile(inFolder('team', 'photo.heic'), '\0\0\0\x18ftypheic\0\0\0\0');
  await writeFile(inFolder('team', 'empty'), '');
  await symlink('nowhere', inFolder('team', 'link'));
  await symlink('.', inFolder('team', 'loop'));
  spawnSync('mkfifo', [inFolder('team', 'pipe')]);
  await writeFile(inFolder('none', 'notes.txt'), 'about nobody');
});

const notRead = 'not a picture that Limner reads';
const others = {
  '.git': 'hidden',
  empty: notRead,
  link: 'a link that leads nowhere',
  loop: 'a link to a folder',
  'notes.txt': notRead,
  'photo.heic': 'a HEIC picture',
  pipe: notRead,
};

describe('the pictures of a folder', () => {
  it('are known by what they hold, or by their names; everything else is named with a reason', async () => {
    expect(await scan()).toEqual({
      pictures: ['a.png', 'b', 'c.dat', 'empty.png'],
      leftOut: { ...others, north: 'a folder', out: 'a folder' },
    });
  });

  it('recursive: those of sub-folders too, but not the results', async () => {
    expect(await scan({ recursive: true, except: inFolder('team', 'out') })).toEqual({
      pictures: ['a.png', 'b', 'c.dat', 'empty.png', 'north/d.jpg', 'north/deep/e.webp'],
      leftOut: { ...others, out: 'the folder of the results' },
    });
  });

  it('NO_PICTURES says what else is there; NOT_FOUND', async () => {
    await expect(scanPictures(inFolder('none'))).rejects.toThrow(/but 1 other thing/);
    await expect(scanPictures(inFolder('nobody'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
