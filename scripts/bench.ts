/**
 * `npm run bench`: how long a restyled portrait takes on this machine, warm, in milliseconds (medians).
 * The peer in the same run is Reinhard colour transfer of the same picture: plain per-pixel work in the same language.
 */
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadFaceNetworks } from '../models/face/index.ts';
import { transferColour } from '../models/image/colour-transfer.ts';
import { cropPicture } from '../models/image/crop.ts';
import { resizePicture } from '../models/image/resize.ts';
import { STAGES } from '../models/stylize/settings.ts';
import { prepareStyle, stylize } from '../models/stylize/stylize.ts';
import { readPicture } from '../renderer/core/pictures/read-picture.ts';
import { PREVIEW } from '../ui/pictures/preview-size.ts';
import { benchAdapting } from './bench-adapting.ts';
import { benchEnlarging } from './bench-enlarging.ts';
import { benchLedger } from './bench-ledger.ts';
import { benchOpening } from './bench-opening.ts';
import { benchWindow } from './bench-window.ts';
import { compareTrainingSteps } from './training/bench-step.ts';

/** Edges (px) of square portraits, and the care taken with each. */
const SIZES = [
  [384, 'draft'],
  [512, 'standard'],
  [768, 'standard'],
  [1024, 'best'],
] as const;
const WARM_UPS = 3;
const RUNS = 9;
/** The stages that make up synthesis: what is left of a render once faces and reference are known. */
const SYNTHESIS = ['guides', 'paint', 'composite'] as const;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const reference = await readPicture(join(root, 'test/fixtures/joconde.jpg'));
const photograph = await readPicture(join(root, 'test/fixtures/astronaut.png'));
const head = cropPicture(photograph, { x: 105, y: 0, width: 240, height: 320 });
const square = cropPicture(photograph, { x: 105, y: 0, width: 240, height: 240 });
const networks = await loadFaceNetworks();

console.log(`machine    ${cpus()[0].model}, ${cpus().length} cores, Node ${process.versions.node}`);
console.log(`settings   defaults, device ${networks.device}, median of ${RUNS} after ${WARM_UPS} warm-ups`);
console.log(`reference  ${reference.width}×${reference.height} px\n`);

const preparation = await medianTime(() => prepareStyle(reference, networks));
console.log(`${'preparation of the reference'.padEnd(30)}${milliseconds(preparation)}\n`);

const style = await prepareStyle(reference, networks);
for (const [edge, quality] of SIZES) {
  const portrait = resizePicture(square, edge, edge);
  const rows: Record<string, number>[] = [];
  const total = await medianTime(async () => {
    rows.push((await stylize(portrait, style, networks, { quality })).timings);
  });
  const peer = await medianTime(() => transferColour(portrait, reference));
  const warm = rows.slice(-RUNS);
  const print = (name: string, time: number) =>
    console.log(
      `  ${name.padEnd(28)}${milliseconds(time)}${`${(time / peer).toFixed(2)} × peer`.padStart(16)}`,
    );
  console.log(
    `portrait ${edge}×${edge} px, ${quality}, first render of this scale: ${milliseconds(sum(rows[0], STAGES)).trim()}`,
  );
  for (const stage of STAGES) print(stage, median(warm.map((row) => row[stage] ?? 0)));
  print('synthesis', median(warm.map((row) => sum(row, SYNTHESIS))));
  print('total', total);
  print('peer: Reinhard transfer', peer);
  console.log();
}
await benchAdapting(reference, networks);
await networks.release();
const small = resizePicture(head, PREVIEW.width, PREVIEW.height);
await benchWindow(head, await medianTime(() => transferColour(small, reference)));
await benchOpening(head);
await benchEnlarging(resizePicture(head, 240, 320));
await benchTraining();
await benchLedger();

/** Steps on 16 patches of 24→96, forward, backward and Adam; the peer is PyTorch on the same processor. */
async function benchTraining(): Promise<void> {
  console.log('training, milliseconds a step');
  for (const { network, limner, torch } of await compareTrainingSteps(['srgan-lite', 'srresnet'], 5)) {
    const peer = torch ? `${(limner.median / torch.median).toFixed(2)} × PyTorch` : 'PyTorch not installed';
    console.log(`  ${network.padEnd(28)}${milliseconds(limner.median)}${peer.padStart(24)}`);
  }
}

async function medianTime(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < WARM_UPS + RUNS; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times.slice(WARM_UPS));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function sum(row: Record<string, number>, stages: readonly string[]): number {
  return stages.reduce((total, stage) => total + (row[stage] ?? 0), 0);
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`.padStart(12);
}
