/**
 * A device is where a network's arithmetic runs. It is not a thread count. What is listed as available has run a network
 * in this process; what is slower than the processor, such as WebGPU on a software renderer, is for those who name it.
 */
import { LimnerError } from '../errors.ts';
import { type Lazy, lazy } from '../lazy.ts';
import { isNode, loadOnnxRuntime } from './onnxruntime.ts';

/** cuda, webgpu and cpu in Node; webgpu and wasm in a browser. */
export type DeviceName = 'cpu' | 'cuda' | 'webgpu' | 'wasm';
/** A device by name, or `auto`: the fastest that is there. */
export type Device = 'auto' | DeviceName;

/** Whether a device can run networks here. */
export interface DeviceReport {
  readonly device: DeviceName;
  readonly available: boolean;
  /** Why not, or why `auto` passes it over, one sentence. */
  readonly reason?: string;
}

/** In the order in which `auto` prefers them. */
const PREFERENCE: readonly DeviceName[] = isNode ? ['cuda', 'webgpu', 'cpu'] : ['webgpu', 'wasm'];

/** Every device this kind of host may have, best first. The answer is found once per process. */
export function availableDevices(): Promise<DeviceReport[]> {
  return Promise.all(PREFERENCE.map((device) => reports[device]()));
}

/** The device that `auto` stands for, or undefined where there is none. */
export async function bestDevice(): Promise<DeviceName | undefined> {
  for (const candidate of PREFERENCE) {
    const { available, reason } = await reports[candidate]();
    if (available && reason === undefined) return candidate;
  }
  return undefined;
}

/** The device that `auto` stands for here, or the named one. @throws DEVICE_UNAVAILABLE with the reason. */
export async function resolveDevice(device: Device): Promise<DeviceName> {
  if (device === 'auto') {
    const best = await bestDevice();
    if (best) return best;
    throw new LimnerError('DEVICE_UNAVAILABLE', 'No device can run a network here.');
  }
  const { available, reason } = await reports[device]();
  if (!available)
    throw new LimnerError('DEVICE_UNAVAILABLE', `The device ${device} is not available: ${reason}`);
  return device;
}

const reports: Readonly<Record<DeviceName, Lazy<Promise<DeviceReport>>>> = {
  cpu: lazy(() => examine('cpu')),
  cuda: lazy(() => examine('cuda')),
  webgpu: lazy(() => examine('webgpu')),
  wasm: lazy(() => examine('wasm')),
};

async function examine(device: DeviceName): Promise<DeviceReport> {
  const obstacle = await findObstacle(device);
  if (obstacle !== undefined) return { device, available: false, reason: obstacle };
  const isSlow = isNode && device === 'webgpu' && (await isSlowerThanProcessor(device));
  return { device, available: true, ...(isSlow ? { reason: SLOW } : {}) };
}

const SLOW = 'Slower than the processor here (a software renderer?), so auto passes it over.';

async function findObstacle(device: DeviceName): Promise<string | undefined> {
  if (!PREFERENCE.includes(device))
    return `${isNode ? 'Node' : 'A browser'} has ${PREFERENCE.join(', ')} only.`;
  if (device === 'cpu' || device === 'wasm') return undefined;
  return (await (isNode ? findMissingLibrary(device) : findMissingGpu())) ?? tryDevice(device);
}

async function findMissingGpu(): Promise<string | undefined> {
  const gpu = (globalThis.navigator as { gpu?: { requestAdapter(): Promise<unknown> } } | undefined)?.gpu;
  if (!gpu) return 'navigator.gpu is absent; the page must be a secure context of a browser with WebGPU.';
  return (await gpu.requestAdapter()) ? undefined : 'The browser offers no WebGPU adapter.';
}

/** Looked for first, because onnxruntime-node complains on the terminal about each library it cannot load. */
async function findMissingLibrary(device: 'cuda' | 'webgpu'): Promise<string | undefined> {
  const { hasCudaProvider, findVulkanObstacle } = await import('./node-libraries.ts');
  if (device === 'cuda' && !(await hasCudaProvider()))
    return 'The CUDA libraries of onnxruntime-node are not installed.';
  return device === 'webgpu' ? findVulkanObstacle() : undefined;
}

/** Runs the smallest network there is. */
async function tryDevice(device: DeviceName): Promise<string | undefined> {
  try {
    const ort = await loadOnnxRuntime();
    const session = await ort.InferenceSession.create(NEGATION, {
      executionProviders: [device],
      logSeverityLevel: 4,
    });
    const { y } = await session.run({ x: new ort.Tensor('float32', Float32Array.of(1), [1]) });
    await session.release();
    return y.data[0] === -1 ? undefined : 'It computes wrong results.';
  } catch (error) {
    return reasonOf(error);
  }
}

/** What onnxruntime says of an error, as a sentence, without the place in its source and the condition that did not hold. */
export function reasonOf(error: unknown): string {
  const [line] = `${error instanceof Error ? error.message : error}`.split('\n');
  const said = line.split(' was false. ').at(-1) as string;
  return said.endsWith('.') ? said : `${said}.`;
}

/** Edge of the matrices that devices are compared by. */
const MATRIX = 384;
/**
 * A graphics card spends a few milliseconds on so little whatever its speed (copies, scheduling); a software renderer
 * takes tens of times longer than the processor.
 */
const SLOWNESS = 4;
const LEAST_MILLISECONDS = 5;

/** Browsers keep software renderers to themselves; in Node any Vulkan driver is offered, llvmpipe and SwiftShader, too. */
async function isSlowerThanProcessor(device: DeviceName): Promise<boolean> {
  const [own, processor] = [await timeProducts(device), await timeProducts('cpu')];
  return own > SLOWNESS * Math.max(processor, LEAST_MILLISECONDS);
}

/** Milliseconds of three matrix products in a row, the second time. */
async function timeProducts(device: DeviceName): Promise<number> {
  const ort = await loadOnnxRuntime();
  const session = await ort.InferenceSession.create(PRODUCTS, {
    executionProviders: [device],
    logSeverityLevel: 4,
  });
  const matrix = () => new ort.Tensor('float32', new Float32Array(MATRIX ** 2), [MATRIX, MATRIX]);
  let spent = 0;
  for (let run = 0; run < 2; run++) {
    const started = performance.now();
    await session.run({ x: matrix(), w: matrix() });
    spent = performance.now() - started;
  }
  await session.release();
  return spent;
}

const decode = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** An ONNX model y = -x with x of shape [1] (IR 7, opset 13). */
const NEGATION = decode(
  'CAcSBmxpbW5lcjo1Cg4KAXgSAXkaAXkiA05lZxIBbloPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAFCBAoAEA0=',
);

/** An ONNX model y = x·w·w·w of [n, n] matrices (IR 8, opset 13). */
const PRODUCTS = decode(
  'CAg6gQEKEQoBeAoBdxIBYSIGTWF0TXVsChEKAWEKAXcSAWIiBk1hdE11bAoRCgFiCgF3EgF5IgZNYXRNdWwSAW1aFQoBeBIQCg4IARIKCgMSAW4K' +
    'AxIBbloVCgF3EhAKDggBEgoKAxIBbgoDEgFuYhUKAXkSEAoOCAESCgoDEgFuCgMSAW5CBAoAEA0=',
);
