export {
  availableDevices,
  bestDevice,
  type Device,
  type DeviceName,
  type DeviceReport,
  resolveDevice,
} from './device.ts';
export { Network } from './network.ts';
export { useWebAssembly, type WebAssemblySource } from './onnxruntime.ts';
export { createSession, openNetwork, type Session, type SessionOptions } from './session.ts';
export type { TensorData, Tensors } from './tensor.ts';
export { type FetchWeights, loadWeights, useWeights } from './weights.ts';
