/** How a renderer under load is asked: often, at once, and again. */
import { setTimeout as pause } from 'node:timers/promises';
import { RendererError } from '../../protocol/renderer-api/index.ts';

/** Requests at once. */
const CLIENTS = 8;

/** Tries again while the server is down. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RendererError && error.isTransient)) throw error;
      await pause(200);
    }
  }
}

/** Works on all items, CLIENTS at once. */
export async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const hand = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i], i);
  };
  await Promise.all(Array.from({ length: CLIENTS }, hand));
  return results;
}

export const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
export const round = (value: number) => Math.round(value * 10) / 10;

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}
