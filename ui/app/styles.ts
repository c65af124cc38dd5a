/** The styles used lately, which the plugin keeps. */
import type { Bytes, Portrait } from '../../protocol/portrait.ts';
import { readStyleFile } from '../pictures/read-style-file.ts';
import type { Context } from './context.ts';
import { problemOf } from './problem-of.ts';

export interface Styles {
  choose(id: string): void;
  /** From files that were dropped or picked; the last one is chosen. */
  addFiles(files: readonly File[]): Promise<void>;
  /** From a layer. */
  addLayer(portrait: Portrait, name: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Saves the style's file. */
  download(id: string): Promise<void>;
}

export function createStyles({ store, plugin }: Context): Styles {
  async function add(file: Bytes, name: string): Promise<void> {
    const kept = await readStyleFile(file, name);
    const { styles } = await plugin.call('save-style', kept);
    store.dispatch({ type: 'styles', styles });
    store.dispatch({ type: 'choose-style', id: kept.style.id });
  }

  const reporting = async (work: () => Promise<void>): Promise<void> => {
    store.dispatch({ type: 'notice', problem: null });
    try {
      await work();
    } catch (error) {
      store.dispatch({ type: 'notice', problem: problemOf(error) });
    }
  };

  return {
    choose: (id) => store.dispatch({ type: 'choose-style', id }),
    addFiles: (files) =>
      reporting(async () => {
        for (const file of files) await add(new Uint8Array(await file.arrayBuffer()), file.name);
      }),
    addLayer: (portrait, name) =>
      reporting(async () => {
        const { bytes } = await plugin.call('read-picture', { portrait });
        await add(bytes as Bytes, name);
      }),
    remove: (id) =>
      reporting(async () => {
        const { styles } = await plugin.call('remove-style', { id });
        store.dispatch({ type: 'styles', styles });
      }),
    download: (id) =>
      reporting(async () => {
        const style = store.state.styles.find((one) => one.id === id);
        const { file } = await plugin.call('read-style', { id });
        if (style) save(file as Bytes, style.kind === 'package' ? `${style.name}.limner` : style.name);
      }),
  };
}

function save(file: Bytes, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
