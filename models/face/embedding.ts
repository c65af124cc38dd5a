/**
 * The identity embedding: FaceRes (HSE, Savchenko 2019), 1024 numbers ≥ 0 that are alike for pictures of one person.
 */
import { Network, openNetwork, type SessionOptions } from '../runtime/index.ts';
import { faceSquare } from './mesh.ts';
import type { Sampler } from './sampler.ts';

const SIDE = 224;
const RANGE = { scale: 1, offset: 0 };
/** Side of the crop over the side of the mesh's square. */
const MARGIN = 1.4;

export class FaceEmbedder extends Network {
  static async load(options: SessionOptions): Promise<FaceEmbedder> {
    return new FaceEmbedder(await openNetwork('faceres', options));
  }

  /** @returns 1024 numbers, not normalised */
  async embed(sampler: Sampler, landmarks: Float32Array): Promise<Float32Array> {
    const face = faceSquare(landmarks);
    const input = sampler.sample({ ...face, size: face.size * MARGIN }, SIDE, RANGE, 'edge');
    const { embedding } = await this.session.run({ input });
    return embedding.data;
  }
}

/**
 * How alike two embeddings are.
 * @param a a vector of any length
 * @param b one of the same length
 * @returns the cosine of the angle between them, -1..1, 1 for the same direction
 * @throws RangeError when the lengths differ
 */
export function cosineSimilarity(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length)
    throw new RangeError(`Expected equal lengths but received ${a.length} and ${b.length}.`);
  let [dot, lengthA, lengthB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    lengthA += a[i] * a[i];
    lengthB += b[i] * b[i];
  }
  return dot / Math.sqrt(lengthA * lengthB || 1);
}
