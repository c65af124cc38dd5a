/** Portraits on their way to new layers: a few at a time, each on its own, so that one failure stops no other. */
import type { Job, Look } from '../../protocol/plugin-data.ts';
import type { Portrait } from '../../protocol/portrait.ts';
import { type Context, isOnline, newId } from './context.ts';
import { finishJob, renderHere, renderRemotely } from './make-result.ts';
import { isCancelled, problemOf } from './problem-of.ts';
import { type Item, isEnded } from './state.ts';

/** The renderer queues by itself; this window works on one portrait at a time. */
const AT_ONCE: Record<Item['place'], number> = { renderer: 4, here: 1 };

export interface Items {
  /** Puts portraits in line for a style, or for enlarging where there is none. */
  start(portraits: readonly Portrait[], style: { id: string; name: string } | null, look: Look): void;
  /** Goes on with jobs of a window that was closed. */
  resume(jobs: readonly Job[]): void;
  cancel(id: string): void;
  cancelAll(): void;
  /** Puts a failed or cancelled item in line again. */
  retry(id: string): void;
}

export function createItems(context: Context): Items {
  const { store } = context;
  const aborts = new Map<string, AbortController>();
  const find = (id: string) => store.state.items.find((item) => item.id === id);
  const patch = (id: string, change: Partial<Item>) => store.dispatch({ type: 'item', id, patch: change });

  function pump(): void {
    for (const item of store.state.items) {
      const running = store.state.items.filter(
        ({ state, place }) => state === 'running' && place === item.place,
      );
      if (item.state === 'waiting' && running.length < AT_ONCE[item.place]) void run(item, makeResult);
    }
  }

  async function run(item: Item, make: typeof makeResult): Promise<void> {
    const abort = new AbortController();
    aborts.set(item.id, abort);
    patch(item.id, { state: 'running' });
    try {
      const nodeId = await make(context, item, abort.signal, (change) => patch(item.id, change));
      patch(item.id, { state: 'done', share: 1, nodeId });
    } catch (error) {
      const problem = problemOf(error);
      const isStopped = abort.signal.aborted || isCancelled(problem);
      patch(item.id, isStopped ? { state: 'cancelled' } : { state: 'failed', problem });
    } finally {
      aborts.delete(item.id);
      pump();
      if (store.state.items.every(isEnded)) await announce(context);
    }
  }

  function cancel(id: string): void {
    if (find(id)?.state === 'waiting') patch(id, { state: 'cancelled' });
    aborts.get(id)?.abort();
  }

  return {
    start(portraits, style, look) {
      store.dispatch({ type: 'items-cleared' });
      const place = isOnline(context) ? 'renderer' : 'here';
      const items = portraits.map((portrait) => newItem(portrait, style, look, place));
      store.dispatch({ type: 'items-added', items });
      pump();
    },
    resume(jobs) {
      const items = jobs.filter(({ kind }) => kind !== 'adapt').flatMap((job) => itemOf(job) ?? []);
      store.dispatch({ type: 'items-added', items });
      for (const item of items) void run(item, finishJob);
    },
    cancel,
    cancelAll() {
      for (const { id, state } of store.state.items)
        if (state === 'waiting') patch(id, { state: 'cancelled' });
      for (const abort of aborts.values()) abort.abort();
    },
    retry(id) {
      const place = isOnline(context) ? 'renderer' : 'here';
      patch(id, { ...FRESH, id: newId('figma'), place });
      pump();
    },
  };
}

function makeResult(...work: Parameters<typeof renderHere>): Promise<string> {
  return work[1].place === 'renderer' ? renderRemotely(...work) : renderHere(...work);
}

const FRESH = { state: 'waiting', share: 0, queued: null, problem: null, nodeId: null } as const;

function newItem(
  portrait: Portrait,
  style: { id: string; name: string } | null,
  look: Look,
  place: Item['place'],
): Item {
  return {
    ...FRESH,
    id: newId('figma'),
    kind: style ? 'render' : 'upscale',
    portrait,
    styleId: style?.id ?? null,
    styleName: style?.name ?? `×${look.scale}`,
    look,
    place,
  };
}

function itemOf({ id, kind, portrait, styleId, styleName, look }: Job): Item | null {
  if (!portrait || kind === 'adapt') return null;
  return { ...FRESH, id, kind, portrait, styleId, styleName, look, place: 'renderer' };
}

/** Selects what was made, and says how it went. */
async function announce({ store, plugin }: Context): Promise<void> {
  const { items } = store.state;
  const nodeIds = items.flatMap(({ nodeId }) => nodeId ?? []);
  if (nodeIds.length === 0) return;
  const failed = items.filter(({ state }) => state === 'failed').length;
  const made = `${nodeIds.length} ${nodeIds.length === 1 ? 'layer' : 'layers'} added`;
  await plugin.call('show', { nodeIds });
  const message = failed === 0 ? `${made}.` : `${made}, ${failed} failed.`;
  await plugin.call('notify', { message, error: failed > 0 });
}
