/** The styles that come with the plugin, so that the first run is not empty. They are shown on the selected portrait. */
import { unzipSync } from 'fflate';
import type { RecentStyle } from '../../protocol/plugin-data.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import { readStyleFile } from '../pictures/read-style-file.ts';
import { type ReadAsset, unpackAsset } from '../preview/assets.ts';
import { starterId } from './starter-id.ts';
import type { Store } from './store.ts';

export interface Starters {
  /** Lists them in the state. A plugin that was built without any has none. */
  load(): Promise<void>;
  /** @throws when there is no such starter */
  read(id: string): Bytes;
}

export function createStarters(store: Store, readAsset: ReadAsset): Starters {
  const files = new Map<string, Bytes>();
  return {
    async load() {
      const entries = unzipSync(new Uint8Array(await unpackAsset(await readAsset('starters'))));
      const starters = await Promise.all(
        Object.entries(entries).map(async ([name, bytes]): Promise<RecentStyle> => {
          const { style, file } = await readStyleFile(new Uint8Array(bytes), name);
          const id = starterId(style.name);
          files.set(id, file);
          return { ...style, id, name: style.name.replace(/^./, (first) => first.toUpperCase()) };
        }),
      );
      store.dispatch({ type: 'starters', starters });
    },
    read(id) {
      const file = files.get(id);
      if (!file) throw new Error(`There is no starter ${id}.`);
      return file.slice();
    },
  };
}
