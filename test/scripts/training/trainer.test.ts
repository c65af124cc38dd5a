import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generator } from '../../../models/upscale/generator.ts';
import { readCheckpoint, writeCheckpoint } from '../../../scripts/training/checkpoint.ts';
import type { TrainingConfig } from '../../../scripts/training/configs.ts';
import type { Crops } from '../../../scripts/training/crops.ts';
import { Trainer } from '../../../scripts/training/trainer.ts';

const config: TrainingConfig = {
  detail: 3,
  network: 'srgan-lite',
  loss: 'charbonnier',
  batch: 2,
  size: 6,
  steps: 10,
  rate: 1e-3,
  schedule: 'cosine',
  average: 0.9,
};
const network = generator({ blocks: 1, channels: 8, form: 'direct' });
const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * i * 31) % 251);
const crops: Crops[] = [{ count: 5, size: 6, low: bytes(5 * 108), high: bytes(5 * 1728), folder: '' }];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limner-train-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const create = () => Trainer.create({ config, network, seed: 5, threads: 1 });

async function take(trainer: Trainer, from: number, to: number): Promise<void> {
  for (let step = from; step <= to; step++) await trainer.step(step, step / config.steps, crops);
}

test('a run resumed from its checkpoint ends with the parameters of an uninterrupted run', async () => {
  const whole = await create();
  await take(whole, 1, 6);

  const file = join(folder, 'checkpoint.bin');
  const first = await create();
  await take(first, 1, 3);
  writeCheckpoint(file, { step: 3, seconds: 1, vectors: first.state() });
  const second = await create();
  const checkpoint = readCheckpoint(file)!;
  second.restore(checkpoint);
  await take(second, checkpoint.step + 1, 6);

  expect(second.state()).toEqual(whole.state());
  expect(second.best()).not.toEqual(first.best());
});

test('adversarial training is part of the checkpoint, discriminator and all', async () => {
  const adversarial: TrainingConfig = {
    ...config,
    size: 8,
    adversarial: {
      opponent: { channels: 8, form: 'patch' },
      opponentRate: 2,
      weights: { pixel: 1, content: 0.1, adversarial: 1e-3 },
    },
  };
  const options = { config: adversarial, network, seed: 5, threads: 1 };
  const large: Crops[] = [{ count: 3, size: 8, low: bytes(3 * 192), high: bytes(3 * 3072), folder: '' }];
  const trainer = await Trainer.create(options);
  const before = trainer.state();
  const losses = await trainer.step(1, 0, large);
  expect(Object.keys(losses).sort()).toEqual(['d_loss', 'loss', 'pixel_loss']);
  const after = trainer.state();
  for (const name of ['theta', 'd_theta']) expect(after[name]).not.toEqual(before[name]);
  const copy = await Trainer.create(options);
  copy.restore({ step: 1, seconds: 0, vectors: after });
  expect(await copy.step(2, 0.1, large)).toEqual(await trainer.step(2, 0.1, large));
});

test('another seed gives other parameters', async () => {
  const other = await Trainer.create({ config, network, seed: 6, threads: 1 });
  expect(other.state().theta).not.toEqual((await create()).state().theta);
});

test('a half-written checkpoint leaves the former one in place', async () => {
  const file = join(folder, 'checkpoint.bin');
  const vectors = { theta: Float32Array.of(1, 2, 3) };
  writeCheckpoint(file, { step: 1, seconds: 2, vectors });
  writeFileSync(`${file}.partial`, readFileSync(file).subarray(0, 20));
  expect(readCheckpoint(file)).toEqual({ step: 1, seconds: 2, vectors });
});

test('a checkpoint of another network is refused', async () => {
  const trainer = await create();
  const vectors = {
    theta: new Float32Array(3),
    m: new Float32Array(3),
    v: new Float32Array(3),
    average: new Float32Array(3),
  };
  expect(() => trainer.restore({ step: 1, seconds: 0, vectors })).toThrow(RangeError);
});
