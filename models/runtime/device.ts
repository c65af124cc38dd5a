/**
 * A device is where a network's arithmetic runs. It is not a thread count, and not a promise of speed: a WebGPU
 * device may be a software renderer. What is listed as available has run a network in this process.
 */
import { LimnerError } from '../errors.ts';
import { isNode, loadOnnxRuntime } from './onnxruntime.ts';

/** cuda, webgpu and cpu in Node; webgpu and wasm in a browser. */
export type DeviceName = 'cpu' | 'cuda' | 'webgpu' | 'wasm';
export type Device = 'auto' | DeviceName;

export interface DeviceReport {
  readonly device: DeviceName;
  readonly available: boolean;
  /** Why not, one sentence; undefined when available. */
  readonly reason?: string;
}

/** In the order in which `auto` prefers them. */
const PREFERENCE: readonly DeviceName[] = isNode ? ['cuda', 'webgpu', 'cpu'] : ['webgpu', 'wasm'];

const reports = new Map<DeviceName, Promise<DeviceReport>>();

/** Every device this kind of host may have, best first. The answer is found once per process. */
export function availableDevices(): Promise<DeviceReport[]> {
  return Promise.all(PREFERENCE.map(reportDevice));
}

/** The device that `auto` stands for here, or the named one. @throws DEVICE_UNAVAILABLE with the reason. */
export async function resolveDevice(device: Device): Promise<DeviceName> {
  if (device === 'auto') {
    for (const candidate of PREFERENCE) if ((await reportDevice(candidate)).available) return candidate;
    throw new LimnerError('DEVICE_UNAVAILABLE', 'No device can run a network here.');
  }
  const { available, reason } = await reportDevice(device);
  if (!available)
    throw new LimnerError('DEVICE_UNAVAILABLE', `The device ${device} is not available: ${reason}`);
  return device;
}

function reportDevice(device: DeviceName): Promise<DeviceReport> {
  let report = reports.get(device);
  if (!report) {
    report = findObstacle(device).then((reason) => ({ device, available: reason === undefined, reason }));
    reports.set(device, report);
  }
  return report;
}

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
  const { hasCudaProvider, hasVulkanLoader } = await import('./node-libraries.ts');
  if (device === 'cuda' && !(await hasCudaProvider()))
    return 'The CUDA libraries of onnxruntime-node are not installed.';
  if (device === 'webgpu' && !(await hasVulkanLoader()))
    return 'No Vulkan driver is installed (libvulkan.so.1).';
  return undefined;
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
    return `${error instanceof Error ? error.message : error}`.split('\n')[0];
  }
}

/** An ONNX model y = -x with x of shape [1] (IR 7, opset 13). */
const NEGATION = Uint8Array.from(
  atob('CAcSBmxpbW5lcjo1Cg4KAXgSAXkaAXkiA05lZxIBbloPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAFCBAoAEA0='),
  (character) => character.charCodeAt(0),
);
