/** What somebody else has put into a folder is never removed. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FrameStore } from '../../../../renderer/core/sequences/frame-store.ts';
import { writeSequence } from '../../../../renderer/core/sequences/write-sequence.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const picture = { width: 2, height: 2, data: new Uint8ClampedArray(16).fill(255) };

async function folderOf(name: string, files: readonly string[]): Promise<string> {
  await mkdir(inFolder(name), { recursive: true });
  for (const file of files) await writeFile(inFolder(name, file), file);
  return inFolder(name);
}

/** A series of one picture into a folder. */
async function writeOne(folder: string): Promise<void> {
  const store = await FrameStore.open(`${folder}.frames`, 'key');
  await store.add(picture, 0, 1);
  await writeSequence(folder, store, {
    ...{ width: 2, height: 2, format: 'png', hasAlpha: false, sound: null, plays: 0 },
    seal: async () => Uint8Array.of(1),
  });
}

test('a folder with other things in it is no place for a series', async () => {
  const folder = await folderOf('home', ['diary.txt', '000001.png']);
  await expect(writeOne(folder)).rejects.toMatchObject({ code: 'NOT_EMPTY' });
  expect((await readdir(folder)).sort()).toEqual(['000001.png', 'diary.txt']);
});

test('an earlier series is replaced', async () => {
  const folder = await folderOf('earlier', ['000001.png', '000002.png', '.DS_Store']);
  await writeOne(folder);
  expect(await readdir(folder)).toEqual(['000001.png']);
});

test('pictures that somebody keeps in NAME.frames stay there', async () => {
  const folder = await folderOf('talk.frames', ['000001.png', '000002.png']);
  await expect(FrameStore.open(folder, 'key')).rejects.toMatchObject({ code: 'NOT_EMPTY' });
  expect(await readdir(folder)).toHaveLength(2);
});

test('a store of other settings begins anew, and takes along what is its own alone', async () => {
  const folder = inFolder('mine.frames');
  const first = await FrameStore.open(folder, 'one');
  await first.add(picture, 0, 1);
  await writeFile(join(folder, 'notes.txt'), 'mine');
  const second = await FrameStore.open(folder, 'two');
  expect(second.frames).toEqual([]);
  await second.remove();
  expect(await readdir(folder)).toEqual(['notes.txt']);
});

test('where nothing more can be written is NOT_WRITABLE, and what there is stays', async () => {
  const store = await FrameStore.open(inFolder('full.frames'), 'key');
  await store.add(picture, 0, 1);
  await mkdir(inFolder('full.frames', '000002.png.part'));
  await expect(store.add(picture, 1, 1)).rejects.toMatchObject({ code: 'NOT_WRITABLE' });
  expect((await FrameStore.open(inFolder('full.frames'), 'key')).frames).toHaveLength(1);
});

test('a run that was killed at its very beginning is no obstacle', async () => {
  const folder = await folderOf('begun.frames', ['frames.json.part']);
  expect((await FrameStore.open(folder, 'key')).frames).toEqual([]);
});
