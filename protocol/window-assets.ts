/**
 * The files that the window needs beside its code: the WebAssembly of ONNX Runtime, the networks, and a zip of the starter
 * styles. The renderer that serves the window and the build that inlines it pack them.
 */
export const ASSETS = [
  'runtime',
  'blazeface',
  'facemesh',
  'lips',
  'selfie',
  'parsing',
  'srgan-lite',
  'starters',
] as const;
export type AssetName = (typeof ASSETS)[number];
