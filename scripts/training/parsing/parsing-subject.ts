import { PARSING_CHANNELS, PARSING_CLASSES } from '../../../models/face/parsing-classes.ts';
import { parsingLayout, parsingModel, parsingStep } from '../../../models/segment/parsing-step.ts';
import { rateOf, type Schedule } from '../configs.ts';
import { seedOfStep } from '../random.ts';
import { readTheta } from '../read-theta.ts';
import type { Subject } from '../run.ts';
import { openSession, scalar, tensor } from '../session.ts';
import { freshVectors, TrainingState } from '../training-state.ts';
import type { RoundFiles } from './rounds.ts';
import { type Batch, drawBatch, plainBatch, SampleFiles } from './samples.ts';
import { SIDE } from './scene.ts';

/** Side of the network's output. */
const HALF = SIDE / 2;

export interface ParsingTraining {
  readonly schedule: Schedule;
  readonly seed: number;
  readonly threads: number;
  /** A file of weights to start from; see `readTheta`. */
  readonly init?: string;
}

/** The parsing network in training on altered portraits. */
export async function parsingSubject(
  { schedule, seed, threads, init }: ParsingTraining,
  files: RoundFiles,
): Promise<Subject> {
  const { batch } = schedule;
  const session = await openSession(parsingStep(batch).model, threads);
  const layout = parsingLayout();
  const theta = init === undefined ? undefined : readTheta(init, layout);
  if (init !== undefined && !theta) throw new Error(`${init} holds no weights of the parsing network.`);
  const state = new TrainingState(
    { ...freshVectors(layout, seed), ...(theta && { theta }) },
    schedule.average,
  );
  const samples = new SampleFiles(files.train);
  return {
    name: 'parsing',
    title: `${layout.size} parameters, ${samples.count} samples`,
    schedule,
    measure: 'right pixels, %',
    step(step, progress) {
      const feeds = feedsOf(drawBatch(samples, batch, seedOfStep(seed, step)), batch);
      return state.advance(session, { ...feeds, rate: scalar(rateOf(schedule, step, progress)) }, step);
    },
    state: () => state.all(),
    restore: (checkpoint) => state.restore(checkpoint),
    model: () => parsingModel(state.best),
    validate: (model) => rightPixels(model, new SampleFiles([files.heldOut]), threads),
  };
}

const feedsOf = ({ x, shares }: Batch, batch: number) => ({
  x: tensor(x, [batch, PARSING_CHANNELS, SIDE, SIDE]),
  shares: tensor(shares, [batch, PARSING_CLASSES.length, HALF, HALF]),
});

/** Percent of the pixels, by their weights, at which the likeliest class is the label's. */
async function rightPixels(
  model: Uint8Array,
  samples: SampleFiles,
  threads: number,
): Promise<number | undefined> {
  if (samples.count === 0) return undefined;
  const session = await openSession(model, threads);
  let [right, all] = [0, 0];
  for (let k = 0; k < samples.count; k++) {
    const batch = plainBatch(samples, k);
    const found = (await session.run({ x: feedsOf(batch, 1).x }))['shares'].data as Float32Array;
    for (let i = 0; i < HALF * HALF; i++) {
      let best = 0;
      for (let c = 0; c < PARSING_CLASSES.length; c++) {
        all += batch.shares[c * HALF * HALF + i];
        if (found[c * HALF * HALF + i] > found[best * HALF * HALF + i]) best = c;
      }
      right += batch.shares[best * HALF * HALF + i];
    }
  }
  await session.release();
  samples.close();
  return (100 * right) / all;
}
