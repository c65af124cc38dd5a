/** Server-sent events of a job: those there were, then those that come, then the end. */
import { Readable } from 'node:stream';
import { isEnded, type JobEvent } from '../../../protocol/renderer-api/index.ts';
import type { Database } from '../database/database.ts';
import { eventsAfter } from '../jobs/job-store.ts';
import type { JobWatch } from '../jobs/job-watch.ts';
import { Bell } from './bell.ts';

/** Milliseconds between comments, by which both ends know that the connection lives. */
const COMMENT_INTERVAL = 15_000;

export interface EventSource {
  readonly database: Database;
  readonly watch: JobWatch;
}

/** @param after the id of the last event that the client has; @param first later events, already looked up */
export function eventStream(
  { database, watch }: EventSource,
  id: string,
  { after, first }: { after: number; first: readonly JobEvent[] },
  signal: AbortSignal,
): Readable {
  return Readable.from(lines(), { objectMode: false, highWaterMark: 1 });

  async function* lines(): AsyncGenerator<string> {
    const bell = new Bell(signal);
    const unwatch = watch.onChange(id, () => bell.ring());
    try {
      yield 'retry: 1000\n\n';
      let [last, ready] = [after, first];
      while (!signal.aborted) {
        for (const event of ready) {
          last = event.id;
          yield `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
          if (isEnded(event.state)) return;
        }
        const isRung = await bell.wait(COMMENT_INTERVAL);
        if (!isRung) yield ':\n\n';
        // Looked for in any case: a notification may have been lost.
        ready = (await eventsAfter(database, id, last)).events;
      }
    } finally {
      unwatch();
    }
  }
}
