/** The styles used lately, which the plugin keeps. */
import { isStyleFile } from '../../models/style-file/index.ts';
import type { Bytes, Portrait } from '../../protocol/portrait.ts';
import { readStyleFile, type StyleToKeep, textureStyle } from '../pictures/read-style-file.ts';
import { isAboutDevice } from '../preview/failure.ts';
import { type Context, chooseStyle, keepStyle } from './context.ts';
import { problemOf } from './problem-of.ts';
import type { Problem } from './state.ts';
import { readWholeStyle } from './whole-style.ts';

export interface Styles {
  choose(id: string): Promise<void>;
  /** From files that were dropped or picked; the last one is chosen. */
  addFiles(files: readonly File[]): Promise<void>;
  /** From a layer. It is chosen, and tried on portraits. */
  addLayer(portrait: Portrait, name: string): Promise<void>;
  /** Takes the reference that had no face after all, for its texture alone. */
  keepTexture(): Promise<void>;
  remove(id: string): Promise<void>;
  /** Saves the style's file. */
  download(id: string): Promise<void>;
}

export function createStyles(context: Context): Styles {
  const { store, plugin } = context;
  /** Offered for its texture. */
  let faceless: StyleToKeep | null = null;

  /** Nothing is kept of a reference that no person can be painted from. */
  async function add(file: Bytes, name: string): Promise<void> {
    const read = await readStyleFile(file, name);
    if (isStyleFile(file)) context.wholeStyles.set(read.style.id, file);
    try {
      await context.engine.addStyle({ key: read.style.id, read: async () => read.file.slice() });
    } catch (error) {
      if (problemOf(error).code === 'NO_FACE_IN_STYLE') faceless = read;
      if (!isAboutDevice(error)) throw error;
    }
    await keepStyle(context, read);
  }

  /** Until the new style is chosen, nothing is to be made in the one before. */
  const adding = (work: () => Promise<void>): Promise<void> =>
    reporting(async () => {
      store.dispatch({ type: 'adding', isAdding: true });
      try {
        await work();
      } finally {
        store.dispatch({ type: 'adding', isAdding: false });
      }
    });

  const reporting = async (work: () => Promise<void>): Promise<void> => {
    store.dispatch({ type: 'notice', problem: null });
    try {
      await work();
    } catch (error) {
      store.dispatch({ type: 'notice', problem: withOffer(problemOf(error), faceless) });
    }
  };

  return {
    choose: (id) => reporting(() => chooseStyle(context, id)),
    addFiles: (files) =>
      adding(async () => {
        for (const file of files) await add(new Uint8Array(await file.arrayBuffer()), file.name);
      }),
    addLayer: (portrait, name) =>
      adding(async () => {
        const { bytes } = await plugin.call('read-picture', { portrait });
        await add(bytes as Bytes, name);
      }),
    keepTexture: () =>
      adding(async () => {
        if (faceless) await keepStyle(context, await textureStyle(faceless));
        faceless = null;
      }),
    remove: (id) =>
      reporting(async () => {
        context.wholeStyles.delete(id);
        const { styles } = await plugin.call('remove-style', { id });
        store.dispatch({ type: 'styles', styles });
      }),
    download: (id) =>
      reporting(async () => {
        const style = store.state.styles.find((one) => one.id === id);
        if (style)
          save(
            await readWholeStyle(context, style),
            style.kind === 'package' ? `${style.name}.limner` : style.name,
          );
      }),
  };
}

function withOffer(problem: Problem, faceless: StyleToKeep | null): Problem {
  if (problem.code !== 'NO_FACE_IN_STYLE' || !faceless) return problem;
  const message = `No face was found in “${faceless.style.name}”, so it cannot show how to paint one. Its texture can still be used.`;
  return { code: problem.code, message, offer: 'texture' };
}

function save(file: Bytes, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([file]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
