import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GENERATORS, generator } from '../../../models/upscale/generator.ts';
import { CONFIGS, type TrainingConfig } from '../../../scripts/training/configs.ts';
import type { Crops } from '../../../scripts/training/crops.ts';
import { TorchTrainer } from '../../../scripts/training/torch-trainer.ts';
import { Trainer } from '../../../scripts/training/trainer.ts';

const python = existsSync('.cache/venv/bin/python') ? '.cache/venv/bin/python' : 'python3';
const hasTorch = spawnSync(python, ['-c', 'import torch, numpy']).status === 0;

const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * i * 31) % 251);
const folder = mkdtempSync(join(tmpdir(), 'limner-crops-'));
const crops: Crops[] = [{ count: 3, size: 8, low: bytes(3 * 192), high: bytes(3 * 3072), folder }];
beforeAll(() => {
  for (const name of ['low', 'high'] as const) writeFileSync(join(folder, `${name}.u8`), crops[0][name]);
});
afterAll(() => rmSync(folder, { recursive: true }));
const small = { batch: 2, size: 8, steps: 10, rate: 1e-3 } as const;

/** Losses of three steps and the parameters after them. */
async function train(engine: typeof Trainer | typeof TorchTrainer, config: TrainingConfig) {
  const network = generator(GENERATORS[config.network]);
  const trainer = await engine.create({ config, network, seed: 5, threads: 1, half: false });
  const losses: Record<string, number>[] = [];
  for (let step = 1; step <= 3; step++) losses.push(await trainer.step(step, step / 10, crops));
  const state = await trainer.state();
  await trainer.restore({ step: 3, seconds: 0, vectors: state });
  expect(await trainer.state()).toEqual(state);
  await trainer.release();
  return { losses, state };
}

const furthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

const adversarial = {
  ...CONFIGS['srgan-lite'],
  ...small,
  adversarial: {
    opponent: { channels: 8, form: 'patch', detail: 6 },
    opponentRate: 1,
    weights: { pixel: 1, content: 0, adversarial: 0.02 },
  },
} as const satisfies TrainingConfig;

test.skipIf(!hasTorch)(
  'PyTorch takes the steps that ONNX Runtime takes (skipped without torch)',
  async () => {
    const [own, torch] = [await train(Trainer, adversarial), await train(TorchTrainer, adversarial)];
    for (const [i, losses] of own.losses.entries()) {
      for (const [name, value] of Object.entries(losses)) expect(torch.losses[i][name]).toBeCloseTo(value, 4);
    }
    // A tenth of what the steps move a parameter: Adam magnifies rounding where a gradient is next to nothing.
    for (const name of ['theta', 'd_theta', 'average']) {
      const moved = 3e-3;
      expect(furthest(own.state[name], torch.state[name])).toBeLessThan(0.1 * moved);
    }
  },
);
