/** Teaches one generator a style, and says whether it learnt it. */
import { LimnerError } from '../errors.ts';
import { type Device, loadWeights } from '../runtime/index.ts';
import type { AdaptableName, HeldOut } from '../style-file/index.ts';
import { inputChannels } from '../upscale/generator.ts';
import { drawBatch, type Source } from './batches.ts';
import type { Fidelity } from './fidelity.ts';
import { isGain, Judge } from './judge.ts';
import { adaptedModel, adaptedSize, parametersToAdapt } from './network.ts';
import type { BatchShape } from './step.ts';
import { type Budget, StepClock } from './step-clock.ts';
import { AdaptationTrainer } from './trainer.ts';

export interface FineTuneOptions {
  readonly budget: Budget;
  readonly seed: number;
  readonly device?: Device;
  readonly signal?: AbortSignal;
  readonly onStep?: (progress: StepProgress) => void;
  /** Called with what the validation window shows, and what it showed with the shipped weights. */
  readonly onLook?: (seen: Fidelity, base: Fidelity, step: number) => void;
}

export interface StepProgress {
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  /** Share of the texture distance on the validation window that is gone; 0 before the first look. */
  readonly gain: number;
  readonly secondsLeft: number;
}

export interface FineTuned {
  /** The model that a style keeps; null where it is no gain over the shipped one (see `isGain`). */
  readonly model: Uint8Array | null;
  /** What ran it, never `auto`. */
  readonly device: string;
  readonly steps: number;
  /** Of what the style uses: before and after are equal where no model is kept. */
  readonly heldOut: HeldOut;
}

const SHAPE: BatchShape = { paired: 5, matched: 3, edge: 24 };
const RATE = 1e-3;
/** Steps between two looks at the validation window. */
const LOOK = 25;
/** Looks without progress that end the work. */
const PATIENCE = 8;
/** Share of the shipped weights' distance in texture that is aimed at. */
const WANTED = 0.45;
/** dB that pixels may lose for it: grain that is right in kind lies elsewhere than the truth's. */
const AFFORDED = 0.8;

/** @throws CANCELLED within a step; WEIGHTS_MISSING, DEVICE_UNAVAILABLE */
export async function fineTune(
  name: AdaptableName,
  source: Source,
  options: FineTuneOptions,
): Promise<FineTuned> {
  const { device, seed } = options;
  const size = adaptedSize(name);
  const start = parametersToAdapt(await loadWeights(name), name, seed);
  const judge = new Judge(source.reference, source.windows, size, device);
  const trainer = await AdaptationTrainer.create(size, start, SHAPE, { device });
  try {
    const noise = inputChannels(size) - 3;
    const { best, steps } = await train(trainer, judge, await judge.look(start), source, noise, options);
    const learnt = best && { theta: best, heldOut: await judge.compare(start, best) };
    const kept = learnt && isGain(learnt.heldOut) ? learnt : null;
    const heldOut = kept ? kept.heldOut : await judge.compare(start, start);
    return { model: kept && adaptedModel(kept.theta, size), device: trainer.device, steps, heldOut };
  } finally {
    await trainer.release();
  }
}

/** @returns the weights that the validation window liked best; null for the shipped ones */
async function train(
  trainer: AdaptationTrainer,
  judge: Judge,
  base: Fidelity,
  source: Source,
  noise: number,
  { budget, seed, signal, onStep, onLook }: FineTuneOptions,
): Promise<{ best: Float32Array | null; steps: number }> {
  const clock = new StepClock(budget);
  let [best, lowest]: [Float32Array | null, number] = [null, scoreOf(base, base)];
  let [texture, gain, stale, step] = [1, 0, 0, 0];
  let isLast = false;
  while (!isLast && stale < PATIENCE) {
    if (signal?.aborted) throw cancelled(signal);
    step++;
    const rate = rateAt(step / clock.steps);
    const { loss } = await trainer.step(drawBatch(source, SHAPE, noise, seedOfStep(seed, step)), {
      rate,
      texture,
    });
    clock.tick();
    if (!Number.isFinite(loss)) break;
    isLast = step >= clock.steps || clock.isOver;
    if (isLast || step % LOOK === 0) {
      const seen = await judge.look(trainer.average);
      const score = scoreOf(seen, base);
      stale = score < lowest ? 0 : stale + 1;
      if (score < lowest) [best, lowest] = [trainer.average.slice(), score];
      texture = nextWeight(texture, seen, base);
      gain = 1 - seen.texture / base.texture;
      onLook?.(seen, base, step);
    }
    onStep?.({ step, steps: clock.steps, loss, gain, secondsLeft: clock.secondsLeft() });
  }
  if (signal?.aborted) throw cancelled(signal);
  return { best, steps: step };
}

/** Texture counts more while there is too little of it and pixels can afford it. */
function nextWeight(weight: number, seen: Fidelity, base: Fidelity): number {
  const isWanting = seen.texture > WANTED * base.texture && seen.psnr > base.psnr - AFFORDED;
  return Math.min(4, Math.max(0.1, weight * (isWanting ? 1.25 : 0.8)));
}

/** What is wrong, less the better: 1.5 for the shipped weights themselves. */
function scoreOf({ psnr, texture, spectrum }: Fidelity, base: Fidelity): number {
  const lost = Math.max(0, base.psnr - psnr);
  const costs = 0.3 * lost + 4 * Math.max(0, lost - AFFORDED);
  return Math.max(WANTED, texture / base.texture) + 0.5 * (spectrum / base.spectrum) + costs;
}

/** A short warm-up, then along a cosine down to a tenth. */
const rateAt = (progress: number) =>
  RATE * Math.min(1, progress * 20) * (0.55 + 0.45 * Math.cos(Math.PI * Math.min(1, progress)));

const seedOfStep = (seed: number, step: number) =>
  Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(step, 0x85ebca6b);

const cancelled = (signal: AbortSignal) =>
  new LimnerError('CANCELLED', 'The adaptation was cancelled.', { cause: signal.reason });
