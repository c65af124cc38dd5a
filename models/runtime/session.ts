/**
 * A session is one network loaded on one device. It is not a pipeline: it neither decodes pictures nor knows what its
 * tensors mean, and it keeps nothing between runs.
 *
 *   const session = await openNetwork('facemesh', { device: 'auto' });
 *   const { mesh } = await session.run({ input: { dims: [1, 3, 192, 192], data } });
 *   await session.release();
 *
 * Tensors are float32 in, float32 out. A run cannot be aborted: cancel between runs.
 */
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-common';
import { type Device, type DeviceName, resolveDevice } from './device.ts';
import { isNode, loadOnnxRuntime } from './onnxruntime.ts';
import type { TensorData, Tensors } from './tensor.ts';
import { loadWeights } from './weights.ts';

/** On what a network runs. */
export interface SessionOptions {
  /** Default `auto`. */
  readonly device?: Device;
  /** Processor threads of one run, for cpu and wasm; by default onnxruntime decides. */
  readonly threads?: number;
}

/** A network ready to run. */
export interface Session {
  /** What runs it really, never `auto`. */
  readonly device: DeviceName;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Results by output name. Their data belongs to the caller. */
  run(feeds: Tensors): Promise<Record<string, TensorData>>;
  release(): Promise<void>;
}

/**
 * A network that comes with Limner.
 * @param name of its weights, e.g. `facemesh`
 * @throws WEIGHTS_MISSING; DEVICE_UNAVAILABLE when a device is named that is not there
 */
export const openNetwork = async (name: string, options?: SessionOptions): Promise<Session> =>
  createSession(await loadWeights(name), options);

/**
 * @param bytes an ONNX model
 * @throws DEVICE_UNAVAILABLE when a device is named that is not there
 */
export async function createSession(bytes: Uint8Array, options: SessionOptions = {}): Promise<Session> {
  const device = await resolveDevice(options.device ?? 'auto');
  const ort = await loadOnnxRuntime();
  if (!isNode && options.threads !== undefined) ort.env.wasm.numThreads = options.threads;
  const create = () =>
    ort.InferenceSession.create(bytes, {
      executionProviders: [device],
      ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      // Threads that spin while they wait make every run several times slower on a machine that is shared.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  return new OnnxSession(device, await inTurn(create), ort.Tensor);
}

class OnnxSession implements Session {
  readonly device: DeviceName;
  readonly #session: InferenceSession;
  readonly #Tensor: typeof OrtTensor;

  constructor(device: DeviceName, session: InferenceSession, tensor: typeof OrtTensor) {
    this.device = device;
    this.#session = session;
    this.#Tensor = tensor;
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  get outputNames(): readonly string[] {
    return this.#session.outputNames;
  }

  async run(feeds: Tensors): Promise<Record<string, TensorData>> {
    const inputs = mapValues(feeds, ({ dims, data }) => new this.#Tensor('float32', data, dims));
    const outputs = await inTurn(() => this.#session.run(inputs));
    return mapValues(outputs, ({ dims, data }) => ({ dims, data: data as Float32Array }));
  }

  release(): Promise<void> {
    return inTurn(() => this.#session.release());
  }
}

let last: Promise<unknown> = Promise.resolve();

/**
 * onnxruntime-web must not be entered twice at once, by any two sessions; onnxruntime-node may. On the processor it never
 * lets a message in by itself, so a worker that runs one network after another would not hear that it is to stop.
 */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (isNode) return work();
  const turn = last.then(nextTask).then(work);
  last = turn.catch(() => undefined);
  return turn;
}

/** Resolves after the messages that wait; a timer would wait for milliseconds more. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
