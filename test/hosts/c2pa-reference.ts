/** The reference implementation of C2PA, c2pa-rs, as WebAssembly in Node. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { initSync, WasmReader } from '@contentauth/c2pa-wasm';

/** It reads blobs as workers of a browser do, at once; Node has no such reader. */
class SyncBlob extends Blob {
  readonly content: Uint8Array<ArrayBuffer>;
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    super([bytes]);
    this.content = bytes;
  }
  override slice(start?: number, end?: number): SyncBlob {
    return new SyncBlob(this.content.slice(start, end));
  }
}

class FileReaderSync {
  readAsArrayBuffer({ content }: SyncBlob): ArrayBuffer {
    return content.buffer;
  }
}

export interface ReferenceFindings {
  /** Trusted, Valid or Invalid. */
  readonly state: string;
  /** Codes of what failed. */
  readonly failures: string[];
}

/** @param anchors PEM of the roots to trust */
export async function validateByReference(
  file: Uint8Array,
  mediaType: string,
  anchors: string,
): Promise<ReferenceFindings> {
  Object.assign(globalThis, { FileReaderSync });
  initSync({
    module: await readFile(fileURLToPath(import.meta.resolve('@contentauth/c2pa-wasm/c2pa.wasm'))),
  });
  const settings = JSON.stringify({ trust: { trust_anchors: anchors }, verify: { verify_trust: true } });
  const reader = await WasmReader.fromBlob(mediaType, new SyncBlob(new Uint8Array(file)), settings);
  const { validation_state: state, validation_results: results } = JSON.parse(reader.json());
  const failures: { code: string }[] = results?.activeManifest?.failure ?? [];
  return { state, failures: failures.map(({ code }) => code) };
}
