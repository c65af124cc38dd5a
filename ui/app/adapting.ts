/** Adaptation: the renderer fine-tunes its networks on one reference and makes a style file of it. */

import type { PendingJob } from '../../protocol/plugin-data.ts';
import type { Bytes } from '../../protocol/portrait.ts';
import { jobError } from '../../protocol/renderer-api/errors.ts';
import { readStyleFile } from '../pictures/read-style-file.ts';
import { asStill } from './animations.ts';
import { type Context, chooseStyle, needRenderer, newId, rendererOf } from './context.ts';
import { isCancelled, problemOf } from './problem-of.ts';
import type { Adaptation } from './state.ts';

/** Reads the reference: a layer's picture, or a file. */
export type ReadReference = () => Promise<Bytes>;

export interface Adapting {
  start(read: ReadReference, name: string, seconds: number): Promise<void>;
  resume(jobs: readonly PendingJob[]): void;
  cancel(): void;
  dismiss(): void;
}

export function createAdapting(context: Context): Adapting {
  const { store, plugin } = context;
  let abort = new AbortController();

  async function run(id: string, name: string, begin: (signal: AbortSignal) => Promise<void>): Promise<void> {
    abort = new AbortController();
    const { signal } = abort;
    const show = (change: Partial<Adaptation>) =>
      store.dispatch({
        type: 'adaptation',
        adaptation: { ...(store.state.adaptation ?? startOf(name)), ...change },
      });
    show(startOf(name));
    try {
      await begin(signal);
      const { file, ...gained } = await finish(id, signal, show);
      show({ state: 'done', share: 1, ...gained });
      // Takes a moment, and tells nothing that the sentence does not.
      const detail = await context.engine.compareStyle(file).catch(() => null);
      show({ detail });
    } catch (error) {
      const problem = problemOf(error);
      show(signal.aborted || isCancelled(problem) ? { state: 'cancelled' } : { state: 'failed', problem });
      if (signal.aborted)
        await rendererOf(context)
          ?.cancelJob(id)
          .catch(() => undefined);
    } finally {
      await plugin.call('remove-job', { id });
    }
  }

  async function finish(id: string, signal: AbortSignal, show: (change: Partial<Adaptation>) => void) {
    const renderer = needRenderer(context);
    const job = await renderer.waitForJob(id, {
      signal,
      onEvent: ({ percent, stage }) => show({ share: percent / 100, stage }),
    });
    if (job.state !== 'succeeded' || job.result?.type !== 'style')
      throw jobError(job.error, 'The adaptation was cancelled.');
    const whole = (await renderer.downloadStyle(id, { signal })) as Bytes;
    const kept = await readStyleFile(whole, '');
    const style = { ...kept.style, id };
    const { styles } = await plugin.call('save-style', { style, file: kept.file });
    store.dispatch({ type: 'styles', styles });
    await chooseStyle(context, id);
    return { heldOut: job.result.heldOut, styleId: id, file: whole };
  }

  return {
    async start(read, name, seconds) {
      const id = newId('style');
      await run(id, name, async (signal) => {
        const renderer = needRenderer(context);
        const reference = await renderer.uploadPicture(await asStill(context, await read()), { signal });
        await renderer.putJob(id, { kind: 'adapt', reference, name, budget: { seconds } }, { signal });
        await plugin.call('save-job', { job: jobOf(context, id, name) });
      });
    },
    resume(jobs) {
      const job = jobs.find(({ kind }) => kind === 'adapt');
      if (job) void run(job.id, job.styleName, async () => undefined);
    },
    cancel: () => abort.abort(),
    dismiss: () => store.dispatch({ type: 'adaptation', adaptation: null }),
  };
}

const startOf = (name: string): Adaptation => ({
  state: 'running',
  name,
  share: 0,
  stage: null,
  heldOut: null,
  detail: null,
  problem: null,
  styleId: null,
});

function jobOf({ store }: Context, id: string, styleName: string): PendingJob {
  const { renderer, look } = store.state.settings;
  return {
    id,
    kind: 'adapt',
    rendererUrl: renderer?.url ?? '',
    portrait: null,
    styleId: null,
    styleName,
    look,
    startedAt: Date.now(),
  };
}
