import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaceNetworks, loadFaceNetworks } from '../../models/face/index.ts';
import { readPicture } from '../../renderer/pictures/read-picture.ts';
import { toPicture } from '../../scripts/starters/kit/canvas.ts';
import { studySitter } from '../../scripts/starters/kit/sitter.ts';
import { paintInk } from '../../scripts/starters/media/ink.ts';
import { STARTERS } from '../../scripts/starters/starters.ts';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
let networks: FaceNetworks;

beforeAll(async () => {
  networks = await loadFaceNetworks();
});
afterAll(() => networks.release());

describe('npm run starters', () => {
  it('paints the same bytes for the same seed, and others for another', async () => {
    const photograph = await readPicture(root('scripts/starters/sources/andrew-kim.jpg'));
    const paint = async (seed: number) => {
      const sitter = await studySitter(photograph, { width: 256, height: 288, top: 0.1 }, networks);
      return Buffer.from(toPicture(paintInk(sitter, seed)).data);
    };
    const first = await paint(3);
    expect((await paint(3)).equals(first)).toBe(true);
    expect((await paint(4)).equals(first)).toBe(false);
  });

  it('has a committed file for each starter and none besides', async () => {
    const files = (await readdir(root('starters'))).filter((name) => name.endsWith('.webp'));
    expect(files.sort()).toEqual(STARTERS.map(({ name }) => `${name}.webp`).sort());
  });

  it.each(STARTERS.map(({ name }) => name))('%s is small, and one face is found in it', async (name) => {
    const path = root(`starters/${name}.webp`);
    expect((await stat(path)).size).toBeLessThanOrEqual(150_000);
    const faces = await networks.findFaces(await readPicture(path));
    expect(faces).toHaveLength(1);
    expect(faces[0].interocular).toBeGreaterThan(150);
    expect(faces[0].interocular).toBeLessThan(230);
  });
});
