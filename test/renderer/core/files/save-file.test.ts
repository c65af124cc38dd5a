import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { checkWritable, saveFile } from '../../../../renderer/core/files/save-file.ts';
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

  it('checking a path leaves no trace, even of folders to come', async () => {
    await mkdir(inFolder('clean'));
    await checkWritable(inFolder('clean', 'to', 'come', 'a.png'));
    expect(await readdir(inFolder('clean'))).toEqual([]);
  });
});
