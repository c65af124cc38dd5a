import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cosineSimilarity, type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { ASTRONAUT, JOCONDE, readPicture, sharedData, toPicture, turned } from './pictures.ts';

let networks: FaceNetworks;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
});
afterAll(() => networks.release());

async function embed(picture: Picture): Promise<Float32Array> {
  const [face] = await networks.findFaces(picture);
  return networks.embed(picture, face);
}

test('one person is like herself when tilted, smaller or darker, and unlike somebody else', async () => {
  const original = await embed(await readPicture(ASTRONAUT));
  expect(original).toHaveLength(1024);
  expect(cosineSimilarity(original, await embed(await turned(ASTRONAUT, 30)))).toBeGreaterThan(0.9);
  expect(cosineSimilarity(original, await embed(await readPicture(ASTRONAUT, 300)))).toBeGreaterThan(0.9);
  expect(
    cosineSimilarity(original, await embed(await toPicture(sharp(ASTRONAUT).gamma(1.4)))),
  ).toBeGreaterThan(0.8);
  expect(cosineSimilarity(original, await embed(await readPicture(JOCONDE)))).toBeLessThan(0.6);
});

test('cosine similarity is 1 for a direction, 0 across it, -1 against it, and 0 for nothing', () => {
  const cosine = (a: number[], b: number[]) => cosineSimilarity(Float32Array.from(a), Float32Array.from(b));
  expect(cosine([1, 2], [2, 4])).toBeCloseTo(1);
  expect(cosine([1, 0], [0, 3])).toBe(0);
  expect(cosine([1, 2], [-1, -2])).toBeCloseTo(-1);
  expect(cosine([0, 0], [1, 2])).toBe(0);
  expect(() => cosine([1], [1, 2])).toThrow(RangeError);
});

const portraits = sharedData('portraits');
test.skipIf(!portraits)('different people have a cosine of about 0.42', async () => {
  const names = readdirSync(portraits!).filter((_, i) => i % 25 === 0);
  const embeddings: Float32Array[] = [];
  for (const name of names) embeddings.push(await embed(await readPicture(join(portraits!, name))));
  const cosines = embeddings.flatMap((a, i) => embeddings.slice(i + 1).map((b) => cosineSimilarity(a, b)));
  cosines.sort((a, b) => a - b);
  expect(cosines[Math.floor(cosines.length / 2)]).toBeGreaterThan(0.37);
  expect(cosines[Math.floor(cosines.length / 2)]).toBeLessThan(0.46);
});
