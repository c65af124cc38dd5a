import type ort from 'onnxruntime-node';
import { initialParameters, type Layout } from '../../models/graph/parameters.ts';
import type { Checkpoint } from './checkpoint.ts';
import { normalNumbers } from './random.ts';
import { type Feeds, scalar, tensor } from './session.ts';

type Vectors = Record<string, Float32Array>;

/**
 * The vectors that training steps update (a step's inputs NAME come back as NAME_next), and the running average of theta.
 */
export class TrainingState {
  private vectors: Vectors;
  private average: Float32Array;
  private readonly decay: number;

  /** @param decay of the average; 0 keeps none */
  constructor(vectors: Vectors, decay: number) {
    this.vectors = vectors;
    this.average = vectors['theta'].slice();
    this.decay = decay;
  }

  /** The parameters to validate and to ship. */
  get best(): Float32Array {
    return this.decay > 0 ? this.average : this.vectors['theta'];
  }

  all(): Vectors {
    return { ...this.vectors, average: this.average };
  }

  restore({ vectors: { average, ...vectors } }: Checkpoint): void {
    for (const [name, { length }] of Object.entries(this.vectors)) {
      if (vectors[name]?.length !== length) throw new RangeError('The checkpoint is of another network.');
    }
    this.vectors = vectors;
    this.average = average;
  }

  /** Takes a step, counted from 1, and returns its losses by name. */
  async advance(session: ort.InferenceSession, feeds: Feeds, step: number): Promise<Record<string, number>> {
    const state = Object.entries(this.vectors).map(([name, vector]) => [
      name,
      tensor(vector, [vector.length]),
    ]);
    const outputs = await session.run({ ...feeds, step: scalar(step), ...Object.fromEntries(state) });
    const dataOf = (name: string) => outputs[name].data as Float32Array;
    this.vectors = Object.fromEntries(
      Object.keys(this.vectors).map((name) => [name, dataOf(`${name}_next`)]),
    );
    this.updateAverage(step);
    const losses = session.outputNames.filter((name) => name.endsWith('loss'));
    return Object.fromEntries(losses.map((name) => [name, dataOf(name)[0]]));
  }

  private updateAverage(step: number): void {
    const keep = keptShare(this.decay, step);
    const { average } = this;
    const theta = this.vectors['theta'];
    for (let i = 0; i < average.length; i++) average[i] += (1 - keep) * (theta[i] - average[i]);
  }
}

/** Of the running average, what a step keeps. It grows from 0, so that the first parameters are soon forgotten. */
export const keptShare = (decay: number, step: number): number => Math.min(decay, step / (step + 10));

export function freshVectors(layout: Layout, seed: number, prefix = ''): Vectors {
  return {
    [`${prefix}theta`]: initialParameters(layout, normalNumbers(seed)),
    [`${prefix}m`]: new Float32Array(layout.size),
    [`${prefix}v`]: new Float32Array(layout.size),
  };
}
