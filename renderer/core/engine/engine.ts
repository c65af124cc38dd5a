/**
 * An engine keeps what is slow to make between jobs: networks loaded, references prepared. It works on one job at a time and
 * knows nothing of queues or files.
 */
import { LRUCache } from 'lru-cache';
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import { lazy } from '../../../models/lazy.ts';
import type { SessionOptions } from '../../../models/runtime/index.ts';
import { decodeStyle, isStyleFile, prepareOptionsOf, type Style } from '../../../models/style-file/index.ts';
import { type PreparedStyle, prepareStyle } from '../../../models/stylize/stylize.ts';
import { decodePicture } from '../pictures/read-picture.ts';
import { BEST_FIRST, type Enlarger, openEnlarger, openStyleEnlarger } from './open-enlarger.ts';
import { styleNotes } from './style-notes.ts';

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
/** Networks named by users: as many as are shipped. */
const KEPT_ENLARGERS = BEST_FIRST.length;
/** What is still being made when others push it out is made all the same: somebody waits for it. */
const OUTLIVES_EVICTION = { ignoreFetchAbort: true } as const;

export function createEngine(options: SessionOptions): Engine {
  const networks = lazy(() => loadFaceNetworks(options));
  const best = lazy(() => openEnlarger(undefined, options));
  const named = new LRUCache<string, Enlarger>({
    ...OUTLIVES_EVICTION,
    max: KEPT_ENLARGERS,
    fetchMethod: (weights) => openEnlarger(weights, options),
  });
  const enlarger = (weights?: string) => (weights === undefined ? best() : named.forceFetch(weights));
  const styles = new LRUCache<string, ReadyStyle, () => Promise<Uint8Array>>({
    ...OUTLIVES_EVICTION,
    max: KEPT_STYLES,
    fetchMethod: async (_key, _stale, { context: read }) => prepare(await read()),
  });

  async function prepare(bytes: Uint8Array): Promise<ReadyStyle> {
    const file = isStyleFile(bytes) ? decodeStyle(bytes) : null;
    const reference = await decodePicture(file?.reference ?? bytes, 'The style reference');
    const own = lazy(() => openStyleEnlarger(file, undefined, options));
    const hasOwn = Object.keys(file?.weights ?? {}).length > 0;
    return {
      prepared: await prepareStyle(reference, await networks(), {
        ...prepareOptionsOf(file),
        notes: styleNotes(reference),
      }),
      file,
      enlarger: () => (hasOwn ? own() : enlarger()),
    };
  }

  return {
    networks,
    enlarger,
    style: (key, read) => styles.forceFetch(key, { context: read }),
  };
}
