/** Portraits on their way to new layers: a few at a time, each on its own, so that one failure stops no other. */
import type { Look, PendingJob } from '../../protocol/plugin-data.ts';
import type { Portrait } from '../../protocol/portrait.ts';
import type { TiledPicture } from '../pictures/encode-tiles.ts';
import { type Context, isOnline, newId } from './context.ts';
import { fetchPainted, paint, place, type Work } from './make-result.ts';
import { isCancelled, problemOf } from './problem-of.ts';
import { type Item, isEnded } from './state.ts';

/** The renderer queues by itself; this window works on one portrait at a time. */
const AT_ONCE: Record<Item['place'], number> = { renderer: 4, here: 1 };

export interface Items {
  /** Puts portraits in line for a style, or for enlarging where there is none. */
  start(portraits: readonly Portrait[], style: { id: string; name: string } | null, look: Look): void;
  /** Goes on with jobs of a window that was closed. */
  resume(jobs: readonly PendingJob[]): void;
  cancel(id: string): void;
  cancelAll(): void;
  /** Puts a failed or cancelled item in line again. What was painted already is only placed again. */
  retry(id: string): void;
}

export function createItems(context: Context): Items {
  const { store } = context;
  const aborts = new Map<string, AbortController>();
  /** What was painted, until it is placed: Figma may refuse it for a reason that goes away. */
  const painted = new Map<string, TiledPicture>();
  const find = (id: string) => store.state.items.find((item) => item.id === id);
  const patch = (id: string, change: Partial<Item>) => store.dispatch({ type: 'item', id, patch: change });

  function pump(): void {
    for (const item of store.state.items) {
      const running = store.state.items.filter(
        (other) => other.state === 'running' && other.place === item.place,
      );
      if (item.state === 'waiting' && running.length < AT_ONCE[item.place]) void run(item, paint);
    }
  }

  async function run(item: Item, make: (work: Work) => Promise<TiledPicture>): Promise<void> {
    const abort = new AbortController();
    aborts.set(item.id, abort);
    patch(item.id, { state: 'running' });
    const work: Work = {
      context,
      item,
      signal: abort.signal,
      onChange: (change) => patch(item.id, change),
    };
    try {
      const picture = painted.get(item.id) ?? (await make(work));
      painted.set(item.id, picture);
      const nodeId = await place(work, picture);
      painted.delete(item.id);
      patch(item.id, { state: 'done', share: 1, nodeId });
    } catch (error) {
      patch(item.id, endOf(error, abort.signal, store.state.items.length));
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
      painted.clear();
      store.dispatch({ type: 'items-cleared' });
      const where = isOnline(context) ? 'renderer' : 'here';
      const items = portraits.map((portrait) => newItem(portrait, style, look, where));
      store.dispatch({ type: 'items-added', items });
      pump();
    },
    resume(jobs) {
      const items = jobs.filter(({ kind }) => kind !== 'adapt').flatMap((job) => itemOf(job) ?? []);
      store.dispatch({ type: 'items-added', items });
      for (const item of items) void run(item, fetchPainted);
    },
    cancel,
    cancelAll() {
      for (const { id, state } of store.state.items)
        if (state === 'waiting') patch(id, { state: 'cancelled' });
      for (const abort of aborts.values()) abort.abort();
    },
    retry(id) {
      const where = isOnline(context) ? 'renderer' : 'here';
      const { nodeId, ...fresh } = FRESH;
      patch(id, painted.has(id) ? fresh : { ...FRESH, id: newId('figma'), place: where });
      pump();
    },
  };
}

/** Among several, a picture without a face is left as it is; alone, it is what the user wanted and did not get. */
function endOf(error: unknown, signal: AbortSignal, count: number): Partial<Item> {
  const problem = problemOf(error);
  if (signal.aborted || isCancelled(problem)) return { state: 'cancelled' };
  if (problem.code === 'NO_FACE' && count > 1) return { state: 'skipped' };
  return { state: 'failed', problem };
}

const FRESH = { state: 'waiting', share: 0, queued: null, problem: null, nodeId: null, note: null } as const;

function newItem(
  portrait: Portrait,
  style: { id: string; name: string } | null,
  look: Look,
  where: Item['place'],
): Item {
  return {
    ...FRESH,
    id: newId('figma'),
    kind: style ? 'render' : 'upscale',
    portrait,
    styleId: style?.id ?? null,
    styleName: style?.name ?? `×${look.scale}`,
    look,
    place: where,
  };
}

function itemOf({ id, kind, portrait, styleId, styleName, look }: PendingJob): Item | null {
  if (!portrait || kind === 'adapt' || kind === 'sequence') return null;
  return { ...FRESH, id, kind, portrait, styleId, styleName, look, place: 'renderer' };
}

/** Makes one undo step of what was made, and says how it went. The user may be elsewhere by now: a button leads there. */
async function announce({ store, plugin }: Context): Promise<void> {
  const { items } = store.state;
  const nodeIds = items.flatMap(({ nodeId }) => nodeId ?? []);
  if (nodeIds.length === 0) return;
  await plugin.call('commit', {});
  const count = (state: Item['state']) => items.filter((item) => item.state === state).length;
  const [failed, skipped] = [count('failed'), count('skipped')];
  const message = [
    `${nodeIds.length} ${nodeIds.length === 1 ? 'picture' : 'pictures'} done`,
    ...(skipped > 0 ? [`${skipped} without a face left as ${skipped === 1 ? 'it is' : 'they are'}`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(', ');
  await plugin.call('notify', { message: `${message}.`, error: failed > 0, nodeIds });
}
