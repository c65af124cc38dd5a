import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { scoreLabels } from '../../../renderer/evaluation/segment-scores.ts';
import { runLimner } from '../run-limner.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const MASKS = '../shared/data/masks';

test('intersection over union, of the classes that are shown and the pixels that are known', () => {
  const truth = [...Array(50).fill('hair'), ...Array(50).fill('skin'), ...Array(20).fill(undefined)];
  const found = [...Array(25).fill('hair'), ...Array(75).fill('skin'), ...Array(20).fill('clothes')];
  const { hair, skin, person, clothes } = scoreLabels(found, truth, 10);
  expect([hair?.iou, skin?.iou, person?.iou, clothes]).toEqual([0.5, 50 / 75, 1, undefined]);
});

test('borders count as right within a few pixels, and as wrong beyond', () => {
  const [width, height] = [200, 100];
  const halves = (border: number) =>
    Array.from({ length: width * height }, (_, i) => (i % width < border ? 'hair' : 'background'));
  const at = (border: number) => scoreLabels(halves(border), halves(100), width).hair?.boundary;
  expect(at(101)).toBe(1);
  expect(at(110)).toBe(0);
});

beforeAll(async () => {
  await mkdir(folder('images'));
  await mkdir(folder('labels'));
  const { width = 0, height = 0 } = await sharp('test/fixtures/astronaut.png').metadata();
  await sharp('test/fixtures/astronaut.png').toFile(folder('images', 'astronaut.png'));
  // Only what is beyond doubt: nose, crown and chest; all else has a colour that is no label.
  const square = (colour: string, x: number, y: number) =>
    `<rect x="${x - 15}" y="${y - 10}" width="30" height="20" fill="${colour}"/>`;
  const labels = `<svg width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg" shape-rendering="crispEdges">
    <rect width="100%" height="100%" fill="#123456"/>
    ${square('#4c9900', 222, 125)}${square('#0000cc', 225, 30)}${square('#00cc00', 230, 330)}</svg>`;
  await writeFile(
    folder('labels', 'astronaut.png'),
    await sharp(Buffer.from(labels)).removeAlpha().png().toBuffer(),
  );
});

test('an astronaut labelled by hand', async () => {
  const { out, code } = await runLimner(['evaluate', 'segments', '--data', folder(), '--json']);
  expect(code).toBe(0);
  const { count, skipped, iou } = JSON.parse(out);
  expect([count, skipped]).toEqual([1, []]);
  expect(iou.person).toBeGreaterThan(0.95);
});

test('painted in a reference first; the paintings are kept and can be measured again', async () => {
  const paintings = folder('paintings');
  const measured = ['evaluate', 'segments', '--json', '--data'];
  const painted = ['--painted', 'test/fixtures/joconde.jpg', '--results', paintings];
  const { out, code } = await runLimner([...measured, folder(), ...painted]);
  expect(code).toBe(0);
  const report = JSON.parse(out);
  expect(report.media.joconde.count).toBe(1);
  expect(report.iou.person).toBeGreaterThan(0.9);
  expect(await meanColour(join(paintings, 'images', 'astronaut.png'))).not.toEqual(
    await meanColour(folder('images', 'astronaut.png')),
  );
  const again = JSON.parse((await runLimner([...measured, paintings])).out);
  expect([again.iou, again.media]).toEqual([report.iou, {}]);
});

test('what is kept has to be painted', async () => {
  const { code, err } = await runLimner([
    'evaluate',
    'segments',
    '--data',
    folder(),
    '--results',
    'out',
    '--json',
  ]);
  expect(code).toBe(2);
  expect(JSON.parse(err).error.code).toBe('USAGE');
});

test('a folder without images/ is said to be missing', async () => {
  const { code, err } = await runLimner(['evaluate', 'segments', '--data', 'nowhere', '--json']);
  expect(code).toBe(3);
  expect(JSON.parse(err).error.code).toBe('NOT_FOUND');
});

test.skipIf(!existsSync(MASKS))(`faces of all kinds (skipped without ${MASKS})`, async () => {
  const { out } = await runLimner(['evaluate', 'segments', '--data', MASKS, '--every', '20', '--json']);
  const { iou } = JSON.parse(out);
  expect(iou.hair).toBeGreaterThan(0.68);
  expect(iou.skin).toBeGreaterThan(0.82);
  expect(iou.person).toBeGreaterThan(0.9);
});

async function meanColour(path: string): Promise<readonly number[]> {
  return (await sharp(path).removeAlpha().stats()).channels.map(({ mean }) => Math.round(mean));
}
