/** Who has been seen: one mean embedding an identity, kept for as long as the sequence lasts. */
import { cosineSimilarity } from '../face/index.ts';

/**
 * Least cosine between an embedding and an identity's mean for both to be one person. Of different people 95 % stay below
 * 0.547 (`limner evaluate faces`), of one person in one film hardly any.
 */
export const SAME_PERSON = 0.6;

export class Identities {
  readonly #sums: Float32Array[] = [];

  /** A new identity: 0, 1, 2 … */
  add(embedding: Float32Array): number {
    this.#sums.push(normalised(embedding));
    return this.#sums.length - 1;
  }

  /** Another look at an identity. */
  learn(identity: number, embedding: Float32Array): void {
    const sum = this.#sums[identity];
    const added = normalised(embedding);
    for (let i = 0; i < added.length; i++) sum[i] += added[i];
  }

  /** Cosine with an identity's mean, -1..1. */
  similarity(identity: number, embedding: Float32Array): number {
    return cosineSimilarity(this.#sums[identity], embedding);
  }

  /** The likest of all identities but `taken`; undefined when nobody is like enough. */
  recognise(embedding: Float32Array, taken: ReadonlySet<number>): number | undefined {
    let best: number | undefined;
    let most = SAME_PERSON;
    for (let identity = 0; identity < this.#sums.length; identity++) {
      const similarity = this.similarity(identity, embedding);
      if (taken.has(identity) || similarity < most) continue;
      [best, most] = [identity, similarity];
    }
    return best;
  }

  get count(): number {
    return this.#sums.length;
  }
}

function normalised(embedding: Float32Array): Float32Array {
  const length = Math.sqrt(embedding.reduce((sum, value) => sum + value * value, 0)) || 1;
  return embedding.map((value) => value / length);
}
