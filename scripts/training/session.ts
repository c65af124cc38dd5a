import ort from 'onnxruntime-node';

export type Feeds = Record<string, ort.Tensor>;

/** A session tuned for long runs of one fixed shape on the CPU. */
export function openSession(model: Uint8Array, threads: number): Promise<ort.InferenceSession> {
  return ort.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    enableMemPattern: true,
    // Threads that spin while they wait double the time of a step on a machine that is shared.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}

export const tensor = (data: Float32Array, shape: readonly number[]): ort.Tensor =>
  new ort.Tensor('float32', data, shape);

export const scalar = (value: number): ort.Tensor => tensor(Float32Array.of(value), []);
