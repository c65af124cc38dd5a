/** `Prefer: wait=SECONDS` (RFC 7240, section 4.3): the answer comes when the job has ended, or when the time is over. */
import { eventsAfter } from '../jobs/job-store.ts';
import { Bell } from './bell.ts';
import type { EventSource } from './event-stream.ts';

/** Seconds that anybody is kept waiting: proxies give up after a minute. */
const LONGEST_WAIT = 50;
/** An event that no job has yet. */
const NONE = 2 ** 31 - 1;

/** @param prefer the header */
export async function waitAsPreferred(
  { database, watch }: EventSource,
  id: string,
  prefer: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const seconds = Math.min(LONGEST_WAIT, Number(/\bwait=(\d{1,4})\b/.exec(prefer ?? '')?.[1] ?? 0));
  const end = performance.now() + seconds * 1000;
  const bell = new Bell(signal);
  const unwatch = watch.onChange(id, () => bell.ring());
  try {
    for (let left = seconds * 1000; left > 0 && !signal.aborted; left = end - performance.now()) {
      if ((await eventsAfter(database, id, NONE)).hasEnded) return;
      await bell.wait(left);
    }
  } finally {
    unwatch();
  }
}
