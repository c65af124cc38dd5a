/**
 * Limner as a library: `import { stylize } from 'limner'`, in Node and in a bundler. docs/library.md shows how.
 * Pictures are sRGB pixels in memory (as `ImageData`); reading and writing files is left to the caller.
 */
export { type ErrorCode, LimnerError } from './errors.ts';
export { type Face, type FaceNetworks, loadFaceNetworks } from './face/index.ts';
export type { Picture, Plane, Rect } from './image/picture.ts';
export {
  availableDevices,
  type Device,
  type DeviceReport,
  type FetchWeights,
  useWebAssembly,
  useWeights,
} from './runtime/index.ts';
export type { BackgroundMode, Quality, Stage, StylizeOptions } from './stylize/settings.ts';
export { type PreparedStyle, prepareStyle, type StylizeResult, stylize } from './stylize/stylize.ts';
export { loadUpscaler, type Upscaler, type UpscalerName, upscale } from './upscale/upscale.ts';
