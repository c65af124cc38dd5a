import ort from 'onnxruntime-node';
import type { Graph } from '../../../models/graph/graph.ts';

export interface Numbers {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** Runs a graph on the CPU: names to numbers in, names to numbers out. Returned as a function to run it repeatedly. */
export async function compile(
  graph: Graph,
): Promise<(feeds: Record<string, Numbers>) => Promise<Record<string, Numbers>>> {
  const session = await ort.InferenceSession.create(graph.encode(), { intraOpNumThreads: 1 });
  return async (feeds) => {
    const tensors = Object.entries(feeds).map(([name, { data, shape }]) => [
      name,
      new ort.Tensor('float32', data, shape),
    ]);
    const outputs = await session.run(Object.fromEntries(tensors));
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { data, dims }]) => [
        name,
        { data: data as Float32Array, shape: dims },
      ]),
    );
  };
}

/** Deterministic numbers in -1..1 (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}
