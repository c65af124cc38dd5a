/**
 * The one file that decides between onnxruntime-node and onnxruntime-web.
 */
import type * as Ort from 'onnxruntime-common';
import { lazy } from '../lazy.ts';

export const isNode: boolean = typeof process !== 'undefined' && process.versions?.node !== undefined;

/** Where a browser gets the WebAssembly of onnxruntime-web from; the bundle's own address when unset. */
export interface WebAssemblySource {
  /** Base URL, or one URL per file: `{ wasm, mjs }`. */
  readonly paths?: string | { readonly wasm?: string; readonly mjs?: string };
  /** The binary itself, for pages that may fetch nothing. */
  readonly binary?: ArrayBuffer;
}

let webAssemblySource: WebAssemblySource = {};

/** Browser only; call it before the first session. */
export function useWebAssembly(source: WebAssemblySource): void {
  webAssemblySource = source;
}

export const loadOnnxRuntime = lazy((): Promise<typeof Ort> => (isNode ? importNode() : importWeb()));

async function importNode(): Promise<typeof Ort> {
  // A name held in a variable is not followed by bundlers, so the native binding never enters a browser bundle.
  const name = 'onnxruntime-node';
  const ort: typeof Ort = await import(name);
  ort.env.logLevel = 'error';
  return ort;
}

async function importWeb(): Promise<typeof Ort> {
  const ort: typeof Ort = await import('onnxruntime-web');
  ort.env.logLevel = 'error';
  const { paths, binary } = webAssemblySource;
  if (paths) ort.env.wasm.wasmPaths = paths;
  if (binary) ort.env.wasm.wasmBinary = binary;
  return ort;
}
