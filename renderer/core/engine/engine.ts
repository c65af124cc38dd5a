/**
 * An engine keeps what is slow to make between jobs: networks loaded, references prepared. It works on one job at a time and
 * knows nothing of queues or files.
 */
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import type { SessionOptions } from '../../../models/runtime/index.ts';
import { decodeStyle, isStyleFile, type Style } from '../../../models/style-file/index.ts';
import { type PreparedStyle, prepareStyle } from '../../../models/stylize/stylize.ts';
import { decodePicture } from '../pictures/read-picture.ts';
import { type Enlarger, openEnlarger, openStyleEnlarger } from './open-enlarger.ts';

export interface Engine {
  networks(): Promise<FaceNetworks>;
  /** @param weights a name of BEST_FIRST, or the first of them that is there */
  enlarger(weights?: string): Promise<Enlarger>;
  /**
   * @param key what the file is known by
   * @param read its bytes, a picture's or a style file's, asked for unless the engine has prepared it lately
   */
  style(key: string, read: () => Promise<Uint8Array>): Promise<ReadyStyle>;
}

export interface ReadyStyle {
  readonly prepared: PreparedStyle;
  /** Null for a plain picture. */
  readonly file: Style | null;
  /** The network that the style brings, or the best there is. */
  enlarger(): Promise<Enlarger>;
}

/** Prepared references take some hundred megabytes each. */
const KEPT_STYLES = 4;

export function createEngine(options: SessionOptions): Engine {
  const faces = new Map<'faces', Promise<FaceNetworks>>();
  const enlargers = new Map<string, Promise<Enlarger>>();
  const styles = new Map<string, Promise<ReadyStyle>>();
  const networks = () => recall(faces, 'faces', 1, () => loadFaceNetworks(options));
  const enlarger = (weights?: string) =>
    recall(enlargers, weights ?? 'best', Number.POSITIVE_INFINITY, () => openEnlarger(weights, options));

  async function prepare(bytes: Uint8Array): Promise<ReadyStyle> {
    const file = isStyleFile(bytes) ? decodeStyle(bytes) : null;
    const reference = await decodePicture(file?.reference ?? bytes, 'The style reference');
    const own = new Map<'own', Promise<Enlarger>>();
    const hasOwn = Object.keys(file?.weights ?? {}).length > 0;
    return {
      prepared: await prepareStyle(reference, await networks(), {
        texture: file?.manifest.landmarks === null,
      }),
      file,
      enlarger: () =>
        hasOwn ? recall(own, 'own', 1, () => openStyleEnlarger(file, undefined, options)) : enlarger(),
    };
  }

  return {
    networks,
    enlarger,
    style: (key, read) => recall(styles, key, KEPT_STYLES, async () => prepare(await read())),
  };
}

/** Keeps the `size` values used last; a failure is not kept. */
function recall<Key, Value>(
  kept: Map<Key, Promise<Value>>,
  key: Key,
  size: number,
  make: () => Promise<Value>,
): Promise<Value> {
  const value = kept.get(key) ?? make();
  value.catch(() => kept.get(key) === value && kept.delete(key));
  kept.delete(key);
  kept.set(key, value);
  if (kept.size > size) kept.delete(kept.keys().next().value as Key);
  return value;
}
