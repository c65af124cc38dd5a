import ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { discriminator } from '../../../models/upscale/discriminator.ts';
import { type GeneratorSize, generator } from '../../../models/upscale/generator.ts';
import { charbonnier } from '../../../models/upscale/losses.ts';
import { adversarialStep, pixelStep } from '../../../models/upscale/training-step.ts';
import reference from '../../fixtures/srgan/training-step.json' with { type: 'json' };

type Feeds = Record<string, ort.Tensor>;

const wave = (count: number, gain: number, step: number, mean = 0): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => mean + gain * Math.sin(step * i));
const tensor = (data: Float32Array, shape: readonly number[] = [data.length]) =>
  new ort.Tensor('float32', data, shape);
const scalar = (value: number) => tensor(Float32Array.of(value), []);

function freshState(size: number, prefix = ''): Feeds {
  return {
    [`${prefix}theta`]: tensor(wave(size, 0.1, 0.7)),
    [`${prefix}m`]: tensor(new Float32Array(size)),
    [`${prefix}v`]: tensor(new Float32Array(size)),
  };
}

/** Runs a step so many times and returns each step's outputs. */
async function repeat(model: Uint8Array, batch: Feeds, state: Feeds, rate: number, times: number) {
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1 });
  const all: ort.InferenceSession.OnnxValueMapType[] = [];
  for (let step = 1; step <= times; step++) {
    const clock: Feeds = {
      rate: scalar(rate),
      step: scalar(step),
      d_rate: scalar(rate),
      d_step: scalar(step),
    };
    const feeds = { ...batch, ...state, ...clock };
    const wanted = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]]));
    const outputs = await session.run(wanted);
    for (const name of Object.keys(state)) state[name] = outputs[`${name}_next`] as ort.Tensor;
    all.push(outputs);
  }
  return all;
}

const numbers = (value: ort.OnnxValue) => (value as ort.Tensor).data as Float32Array;

test.each(['paper', 'direct'] as const)('the %s generator learns exactly as in PyTorch', async (form) => {
  const size: GeneratorSize = { blocks: 1, channels: 9, form };
  const { model, layout } = pixelStep(generator(size), charbonnier, 2, 5);
  const expected = reference[form];
  expect(layout.size).toBe(expected.parameters);
  const batch = {
    low: tensor(wave(2 * 3 * 25, 0.5, 1.3, 0.5), [2, 3, 5, 5]),
    high: tensor(wave(2 * 3 * 400, 0.5, 0.11, 0.5), [2, 3, 20, 20]),
  };
  const steps = await repeat(model, batch, freshState(layout.size), 0.002, expected.losses.length);
  for (const [i, loss] of expected.losses.entries()) expect(numbers(steps[i].loss)[0]).toBeCloseTo(loss, 4);
  const theta = numbers(steps.at(-1)!.theta_next);
  const stride = Math.floor(layout.size / 20);
  for (const [i, value] of expected.theta.entries()) expect(theta[i * stride]).toBeCloseTo(value, 4);
});

test.each([
  { channels: 8, form: 'paper' },
  { channels: 8, form: 'patch' },
  { channels: 8, form: 'patch', detail: 10 },
] as const)(
  'an adversarial step teaches both networks, discriminator $form, detail $detail',
  async (opponent) => {
    const networks = {
      generator: generator({ blocks: 1, channels: 8, form: 'direct' }),
      discriminator: discriminator(opponent),
    };
    const weights = { pixel: 1, content: 0, adversarial: 1e-3 };
    const { model, layout, discriminatorLayout } = adversarialStep(networks, charbonnier, weights, 2, 8);
    const batch = {
      low: tensor(wave(2 * 3 * 64, 0.5, 1.3, 0.5), [2, 3, 8, 8]),
      high: tensor(wave(2 * 3 * 1024, 0.5, 0.11, 0.5), [2, 3, 32, 32]),
    };
    const state = { ...freshState(layout.size), ...freshState(discriminatorLayout.size, 'd_') };
    const steps = await repeat(model, batch, state, 2e-3, 12);
    const [first, last] = [steps[0], steps.at(-1)!];
    expect(numbers(last.loss)[0]).toBeLessThan(0.9 * numbers(first.loss)[0]);
    expect(numbers(last.d_loss)[0]).toBeLessThan(0.9 * numbers(first.d_loss)[0]);
  },
);
