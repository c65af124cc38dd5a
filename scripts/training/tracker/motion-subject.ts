import { Graph } from '../../../models/graph/graph.ts';
import { constantParameters } from '../../../models/graph/parameters.ts';
import { CROP_SIDE, motionNetwork } from '../../../models/track/network.ts';
import { rateOf, type Schedule } from '../configs.ts';
import { seedOfStep, uniformNumbers } from '../random.ts';
import type { Subject } from '../run.ts';
import { openSession, scalar, tensor } from '../session.ts';
import { freshVectors, TrainingState } from '../training-state.ts';
import type { Layer } from './layers.ts';
import { motionLayout, motionStep, numbersOf } from './motion-step.ts';
import { drawScene, type Sources } from './scene.ts';

/** Scenes of the held-out heads that are validated on, always the same. */
const VALIDATION_SCENES = 512;
const NUMBERS = 6 * CROP_SIDE ** 2;

export interface MotionTraining {
  readonly schedule: Schedule;
  readonly seed: number;
  readonly threads: number;
}

/** The tracker's regression network in training on made-up scenes. */
export async function motionSubject(
  { schedule, seed, threads }: MotionTraining,
  sources: Sources,
  heldOut: readonly Layer[],
): Promise<Subject> {
  const { batch } = schedule;
  const session = await openSession(motionStep(batch).model, threads);
  const state = new TrainingState(freshVectors(motionLayout, seed), schedule.average);
  return {
    name: 'tracker',
    title: `${motionLayout.size} parameters, ${sources.heads.length} heads, ${sources.backdrops.length} backdrops`,
    schedule,
    measure: 'median error of the shift, % of the square',
    step(step, progress) {
      const { crops, motions } = drawScenes(sources, batch, seedOfStep(seed, step));
      const rate = scalar(rateOf(schedule, step, progress));
      const feeds = {
        crops: tensor(crops, [batch, 6, CROP_SIDE, CROP_SIDE]),
        motion: tensor(motions, [batch, 4]),
        rate,
      };
      return state.advance(session, feeds, step);
    },
    state: () => state.all(),
    restore: (checkpoint) => state.restore(checkpoint),
    model: () => motionModel(state.best),
    validate: async (model) =>
      heldOut.length > 0 ? shiftError(model, { ...sources, heads: heldOut }, threads) : undefined,
  };
}

function drawScenes(sources: Sources, count: number, seed: number) {
  const random = uniformNumbers(seed);
  const [crops, motions] = [new Float32Array(count * NUMBERS), new Float32Array(count * 4)];
  for (let i = 0; i < count; i++) {
    const scene = drawScene(sources, random);
    crops.set(scene.crops, i * NUMBERS);
    motions.set(numbersOf(scene.motion), i * 4);
  }
  return { crops, motions };
}

/** The network for one pair of crops [1, 6, 64, 64] → motion [1, 4], its weights as float16. */
function motionModel(theta: Float32Array): Uint8Array {
  const graph = new Graph();
  const crops = graph.input('crops', [1, 6, CROP_SIDE, CROP_SIDE]);
  graph.output('motion', motionNetwork(crops, constantParameters(graph, theta, motionLayout, true)));
  return graph.encode();
}

async function shiftError(model: Uint8Array, sources: Sources, threads: number): Promise<number> {
  const session = await openSession(model, threads);
  const { crops, motions } = drawScenes(sources, VALIDATION_SCENES, 0);
  const errors: number[] = [];
  for (let i = 0; i < VALIDATION_SCENES; i++) {
    const one = tensor(crops.subarray(i * NUMBERS, (i + 1) * NUMBERS), [1, 6, CROP_SIDE, CROP_SIDE]);
    const { motion } = await session.run({ crops: one });
    const [x, y] = motion.data as Float32Array;
    errors.push(100 * Math.hypot(x - motions[4 * i], y - motions[4 * i + 1]));
  }
  await session.release();
  return errors.sort((a, b) => a - b)[VALIDATION_SCENES / 2];
}
