/**
 * Calls over a pair of message ports. Not a transport: plugin and window each bring their own `Port`.
 *
 * Each call has a unique id, a deadline and an abort, and ends in exactly one of an answer and a ChannelError. Both ends
 * parse what they send and what they receive. A message that is not understood is answered with an error.
 */
import * as z from 'zod/mini';
import { ChannelError, type Envelope, envelopeSchema } from './envelope.ts';

// Figma's sandbox has no `new Function`, with which zod would compile its parsers.
z.config({ jitless: true });

export interface Port {
  send(message: Envelope): void;
  /** Called once; `receive` gets every message that arrives. */
  listen(receive: (message: unknown) => void): void;
}

/** The calls that one side answers. */
export type Calls = Record<string, { readonly ask: z.ZodMiniType; readonly answer: z.ZodMiniType }>;
export type Ask<C extends Calls, N extends keyof C> = z.infer<C[N]['ask']>;
export type Answer<C extends Calls, N extends keyof C> = z.infer<C[N]['answer']>;

/** Tells whoever answers a call that nobody waits any more. */
export interface Abort {
  readonly aborted: boolean;
  /** Throws ABORTED once aborted; for the moments before something is changed. */
  check(): void;
}

export type Handlers<C extends Calls> = {
  readonly [N in keyof C]: (ask: Ask<C, N>, abort: Abort) => Answer<C, N> | Promise<Answer<C, N>>;
};

/** The part of AbortSignal that is needed; Figma's sandbox has none. */
interface Signal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface CallOptions {
  /** Milliseconds to the DEADLINE error. Default 30 000. */
  readonly deadline?: number;
  /** Aborting rejects the call with ABORTED at once and tells the other side. */
  readonly signal?: Signal;
}

export interface Channel<Theirs extends Calls> {
  call<N extends keyof Theirs & string>(
    name: N,
    ask: Ask<Theirs, N>,
    options?: CallOptions,
  ): Promise<Answer<Theirs, N>>;
}

interface Pending {
  settle(end: { readonly answer: unknown } | { readonly error: ChannelError }): void;
}

/** Answers `mine` by `handlers` and lets the caller ask `theirs`. */
export function openChannel<Mine extends Calls, Theirs extends Calls>(
  port: Port,
  mine: Mine,
  handlers: Handlers<Mine>,
  theirs: Theirs,
): Channel<Theirs> {
  const pending = new Map<string, Pending>();
  const running = new Map<string, { aborted: boolean }>();
  const newId = idMaker();

  port.listen((message) => {
    const parsed = envelopeSchema.safeParse(message);
    if (!parsed.success) return refuse(message);
    const envelope = parsed.data;
    switch (envelope.kind) {
      case 'call':
        answerAsync(envelope.id, envelope.name, envelope.ask);
        break;
      case 'answer':
        pending.get(envelope.id)?.settle({ answer: envelope.answer });
        break;
      case 'error':
        if (envelope.id !== null)
          pending.get(envelope.id)?.settle({ error: new ChannelError(envelope.code, envelope.message) });
        break;
      case 'abort': {
        const call = running.get(envelope.id);
        if (call) call.aborted = true;
        break;
      }
      default:
        envelope satisfies never;
    }
  });

  function refuse(message: unknown): void {
    const { kind, id } = (message ?? {}) as { kind?: unknown; id?: unknown };
    if (kind === 'error') return; // an error is never answered, or two sides that disagree would never stop
    sendError(
      typeof id === 'string' ? id : null,
      new ChannelError('UNKNOWN_MESSAGE', 'A message was not understood.'),
    );
  }

  function sendError(id: string | null, { code, message }: ChannelError): void {
    port.send({ kind: 'error', id, code, message });
  }

  async function answerAsync(id: string, name: string, ask: unknown): Promise<void> {
    const state = { aborted: false };
    running.set(id, state);
    try {
      if (!Object.hasOwn(mine, name))
        throw new ChannelError('UNKNOWN_MESSAGE', `There is no call named ${name}.`);
      const input = parse(mine[name].ask, ask, name);
      const answer = await handlers[name](input as Ask<Mine, string>, abortOf(state));
      port.send({ kind: 'answer', id, answer: parse(mine[name].answer, answer, name) });
    } catch (error) {
      sendError(id, error instanceof ChannelError ? error : internal(error));
    } finally {
      running.delete(id);
    }
  }

  return {
    call(name, ask, { deadline = 30_000, signal } = {}) {
      return new Promise((resolve, reject) => {
        const id = newId();
        const give = (code: 'ABORTED' | 'DEADLINE', message: string) => {
          port.send({ kind: 'abort', id });
          settle({ error: new ChannelError(code, message) });
        };
        const onAbort = () => give('ABORTED', 'Cancelled.');
        const timer = setTimeout(
          () => give('DEADLINE', `${name} took longer than ${deadline} ms.`),
          deadline,
        );
        const settle: Pending['settle'] = (end) => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          pending.delete(id);
          if ('error' in end) return reject(end.error);
          try {
            resolve(parse(theirs[name].answer, end.answer, name) as Answer<Theirs, typeof name>);
          } catch (error) {
            reject(error);
          }
        };
        try {
          const input = parse(theirs[name].ask, ask, name);
          if (signal?.aborted) throw new ChannelError('ABORTED', 'Cancelled.');
          pending.set(id, { settle });
          signal?.addEventListener('abort', onAbort);
          port.send({ kind: 'call', id, name, ask: input });
        } catch (error) {
          settle({ error: error instanceof ChannelError ? error : internal(error) });
        }
      });
    },
  };
}

/** Ids that a window opened later does not repeat, so that an answer to the one before is not taken for its own. */
function idMaker(): () => string {
  const prefix = Math.random().toString(36).slice(2);
  let count = 0;
  return () => `${prefix}-${++count}`;
}

function parse(schema: z.ZodMiniType, value: unknown, name: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  throw new ChannelError('BAD_MESSAGE', `${name}: ${path.join('.') || 'the message'}: ${message}`);
}

function abortOf(state: { readonly aborted: boolean }): Abort {
  return {
    get aborted() {
      return state.aborted;
    },
    check() {
      if (state.aborted) throw new ChannelError('ABORTED', 'Cancelled.');
    },
  };
}

function internal(error: unknown): ChannelError {
  return new ChannelError('INTERNAL', error instanceof Error ? error.message : String(error));
}
