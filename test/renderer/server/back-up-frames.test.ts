import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import type { Picture } from '../../../models/image/picture.ts';
import { FrameStore, MEMORY } from '../../../renderer/core/sequences/frame-store.ts';
import { openStorage, type Storage } from '../../../renderer/server/storage/storage.ts';
import { backUpFrames } from '../../../renderer/server/worker/back-up-frames.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const inFolder = temporaryFolder();
let storage: Storage;
beforeAll(() => {
  storage = openStorage(inFolder('storage'));
});

const picture: Picture = { width: 20, height: 20, data: new Uint8ClampedArray(1600).fill(90) };

/** Two pictures, kept after each, in a folder of this name and under a key of the same. */
async function keepTwo(name: string): Promise<void> {
  const store = await FrameStore.open(inFolder(name), 'one');
  const backup = backUpFrames(storage, { key: name, earlier: [] });
  for (const n of [1, 2]) {
    await store.add(picture, n, null);
    await store.keep(MEMORY, Uint8Array.of(n));
    await backup.save(store.folder);
  }
}

/** What another attempt finds. */
async function restore(folder: string, earlier: readonly string[]): Promise<[number, Uint8Array | null]> {
  await backUpFrames(storage, { key: 'next', earlier }).restore(inFolder(folder));
  const store = await FrameStore.open(inFolder(folder), 'one');
  return [store.frames.length, await store.kept(MEMORY)];
}

it('pictures and what painting goes on from are there for another machine', async () => {
  await keepTwo('first');
  const [count, memory] = await restore('there', ['first']);
  expect([count, [...(memory ?? [])]]).toEqual([2, [2]]);
  expect(await readFile(inFolder('there', '000002.png'))).toEqual(
    await readFile(inFolder('first', '000002.png')),
  );
});

it('of a state that was cut off, the one before counts', async () => {
  await keepTwo('cut');
  const last = inFolder('storage', 'cut', '1.state');
  await writeFile(last, (await readFile(last)).subarray(0, 60));
  const [count, memory] = await restore('after', ['cut']);
  expect([count, [...(memory ?? [])]]).toEqual([1, [1]]);
});

it('an attempt that kept nothing, or whose pictures are gone, is passed over', async () => {
  await keepTwo('whole');
  await keepTwo('gone');
  await storage.delete('gone/000001.png');
  expect((await restore('passed', ['empty', 'gone', 'whole']))[0]).toBe(2);
  expect(await restore('nothing', ['empty', 'gone'])).toEqual([0, null]);
});

it('a storage that fails costs what was kept, not the work', async () => {
  const store = await FrameStore.open(inFolder('alone'), 'one');
  await store.add(picture, 1, null);
  await store.keep(MEMORY, Uint8Array.of(1));
  const failing = openStorage(inFolder('alone', '000001.png'));
  await backUpFrames(failing, { key: 'none', earlier: [] }).save(store.folder);
});
