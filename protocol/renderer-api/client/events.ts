/** The events of a job over a connection that may break. */
import { createParser } from 'eventsource-parser';
import { RendererError } from '../errors.ts';
import { isEnded, type JobEvent, jobEventSchema } from '../job.ts';
import { type CallOptions, connectionError, type Send } from './http.ts';

/** How the events of a job are listened to. */
export interface EventOptions extends CallOptions {
  /** The id of the last event already seen; later ones follow. Default: from the first. */
  readonly after?: number;
  /** Called when the connection broke, before it is opened again in `wait` milliseconds. */
  readonly onReconnect?: (error: RendererError, wait: number) => void;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
/** The renderer sends at least a comment every 15 s; a connection this quiet (ms) is dead. */
const QUIET = 45_000;
/** The status by which the renderer says that the job has ended and has no later events. */
const NOTHING_MORE = 204;

/**
 * Every event of a job once, in order, until the job has ended. Broken connections and errors that pass are survived for
 * as long as it takes; abort to stop.
 * @throws RendererError when the renderer refuses (JOB_NOT_FOUND, UNAUTHORIZED …) or the signal aborts
 */
export async function* jobEvents(
  { send, base }: { send: Send; base: string },
  id: string,
  options: EventOptions = {},
): AsyncGenerator<JobEvent> {
  let last = options.after ?? 0;
  let failures = 0;
  for (;;) {
    try {
      const events = connect(send, id, last, options.signal);
      try {
        let next = await events.next();
        for (; !next.done; next = await events.next()) {
          failures = 0;
          last = next.value.id;
          yield next.value;
        }
        if (next.value) return;
      } finally {
        await events.return(false);
      }
      throw new RendererError('RENDERER_UNREACHABLE', 'The renderer closed the connection.');
    } catch (cause) {
      const error = connectionError(cause, base, { signal: options.signal });
      if (!error.isTransient) throw error;
      const wait = Math.min(LONGEST_WAIT, (error.retryAfter ?? 0) * 1000 || FIRST_WAIT * 2 ** failures++);
      options.onReconnect?.(error, wait);
      await pause(wait, options.signal);
    }
  }
}

/** The events of one connection. It returns whether the job has ended. */
async function* connect(
  send: Send,
  id: string,
  last: number,
  signal?: AbortSignal,
): AsyncGenerator<JobEvent, boolean> {
  const quiet = new AbortController();
  const both = AbortSignal.any([quiet.signal, ...(signal ? [signal] : [])]);
  let timer = setTimeout(() => quiet.abort(), QUIET);
  try {
    const response = await send(`/v1/jobs/${encodeURIComponent(id)}/events`, {
      headers: { accept: 'text/event-stream', 'last-event-id': String(last) },
      deadline: Number.POSITIVE_INFINITY,
      signal: both,
    });
    if (response.status === NOTHING_MORE || !response.body) return true;
    const ready: JobEvent[] = [];
    const parser = createParser({ onEvent: ({ data }) => ready.push(readEvent(data)) });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    try {
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        clearTimeout(timer);
        timer = setTimeout(() => quiet.abort(), QUIET);
        parser.feed(chunk.value);
        for (const event of ready.splice(0)) {
          yield event;
          if (isEnded(event.state)) return true;
        }
      }
      return false;
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  } catch (cause) {
    if (quiet.signal.aborted && !signal?.aborted)
      throw new RendererError('RENDERER_UNREACHABLE', 'The connection went quiet.', { cause });
    throw cause;
  } finally {
    clearTimeout(timer);
  }
}

/** @throws BAD_RESPONSE */
function readEvent(data: string): JobEvent {
  try {
    return jobEventSchema.parse(JSON.parse(data));
  } catch (cause) {
    throw new RendererError('BAD_RESPONSE', 'An event is not what this version expects.', {
      status: 200,
      cause,
    });
  }
}

/** @throws CANCELLED */
function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    function done() {
      signal?.removeEventListener('abort', cancel);
      resolve();
    }
    function cancel() {
      clearTimeout(timer);
      reject(new RendererError('CANCELLED', 'Waiting was cancelled.'));
    }
  });
}
