import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../../../renderer/core/files/make-folder.ts';
import { checkWritable, removeLeftovers, saveFile } from '../../../../renderer/core/files/save-file.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const bytes = new Uint8Array([1, 2, 3]);
const notWritable = { code: 'NOT_WRITABLE' };

describe('saving files', () => {
  it('writes, replaces, makes folders, follows links, and leaves nothing else behind', async () => {
    await saveFile(inFolder('new', 'deep', 'a.png'), bytes);
    await symlink('a.png', inFolder('new', 'deep', 'link.png'));
    await saveFile(inFolder('new', 'deep', 'link.png'), new Uint8Array([4]));
    expect([...(await readFile(inFolder('new', 'deep', 'a.png')))]).toEqual([4]);
    expect(await readdir(inFolder('new', 'deep'))).toEqual(['a.png', 'link.png']);
  });

  it('NOT_WRITABLE where no file can be', async () => {
    await writeFile(inFolder('file'), 'x');
    await expect(saveFile(inFolder('file', 'a.png'), bytes)).rejects.toMatchObject(notWritable);
    await expect(checkWritable(inFolder('file', 'a.png'))).rejects.toMatchObject(notWritable);
    await expect(checkWritable('/proc/a.png')).rejects.toMatchObject(notWritable);
  });

  it.skipIf(process.getuid?.() === 0)('NOT_WRITABLE in a folder of others', async () => {
    await mkdir(inFolder('locked'));
    await chmod(inFolder('locked'), 0o500);
    await expect(checkWritable(inFolder('locked', 'a.png'))).rejects.toMatchObject(notWritable);
  });

  it('leaves nothing when it fails at the last step', async () => {
    await mkdir(inFolder('target', 'taken.png'), { recursive: true });
    await expect(saveFile(inFolder('target', 'taken.png'), bytes)).rejects.toMatchObject(notWritable);
    expect(await readdir(inFolder('target'))).toEqual(['taken.png']);
  });

  it('leaves nothing when cancelled', async () => {
    await mkdir(inFolder('cancelled'));
    await expect(saveFile(inFolder('cancelled', 'a.png'), bytes, AbortSignal.abort())).rejects.toThrow();
    expect(await readdir(inFolder('cancelled'))).toEqual([]);
  });

  it('names as long as the file system takes, and those that are longer known before', async () => {
    await mkdir(inFolder('long'));
    for (const name of [`${'寿'.repeat(84)}.p`, 'x'.repeat(255)]) {
      await checkWritable(inFolder('long', name));
      await saveFile(inFolder('long', name), bytes);
      expect(await readdir(inFolder('long'))).toContain(name);
    }
    await expect(checkWritable(inFolder('long', 'x'.repeat(256)))).rejects.toThrow(/ENAMETOOLONG/);
    await expect(checkWritable(inFolder('long'))).rejects.toThrow(/EISDIR/);
  });

  it('through links to where nothing is yet; NOT_WRITABLE for links in a circle', async () => {
    await symlink('to/come/a.png', inFolder('dangling.png'));
    await symlink('dangling.png', inFolder('second.png'));
    await checkWritable(inFolder('second.png'));
    await saveFile(inFolder('second.png'), bytes);
    expect([...(await readFile(inFolder('to', 'come', 'a.png')))]).toEqual([1, 2, 3]);
    expect((await lstat(inFolder('second.png'))).isSymbolicLink()).toBe(true);
    await symlink('loop.png', inFolder('loop.png'));
    await expect(checkWritable(inFolder('loop.png'))).rejects.toMatchObject(notWritable);
    await expect(saveFile(inFolder('loop.png'), bytes)).rejects.toMatchObject(notWritable);
  });

  it('leftovers of these files are removed, those of others are not', async () => {
    await mkdir(inFolder('killed'));
    const leave = async (name: string) => {
      const partial = `.limner-${createHash('sha256').update(name).digest('hex').slice(0, 8)}-0123456789ab.part`;
      await writeFile(inFolder('killed', partial), 'half');
      return partial;
    };
    const [mine, other] = [await leave('a.png'), await leave('b.png')];
    await removeLeftovers([inFolder('killed', 'a.png')]);
    expect(await readdir(inFolder('killed'))).toEqual([other]);
    expect(mine).not.toBe(other);
  });

  it('a folder that cannot be made is an error at once', async () => {
    await expect(makeFolder('/proc/nobody/at/all')).rejects.toThrow();
    await expect(saveFile('/proc/nobody/at/all.png', bytes)).rejects.toMatchObject(notWritable);
    await writeFile(inFolder('a file'), 'x');
    await expect(makeFolder(inFolder('a file', 'b', 'c'))).rejects.toThrow('ENOTDIR');
    await makeFolder(inFolder('x', 'y', 'z'), 0o700);
    await makeFolder(inFolder('x', 'y', 'z'));
    expect((await lstat(inFolder('x', 'y', 'z'))).mode & 0o777).toBe(0o700);
  });

  it('checking a path leaves no trace, even of folders to come', async () => {
    await mkdir(inFolder('clean'));
    await checkWritable(inFolder('clean', 'to', 'come', 'a.png'));
    expect(await readdir(inFolder('clean'))).toEqual([]);
  });
});
