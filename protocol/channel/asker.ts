import { ChannelError, type Envelope } from '../envelope.ts';
import type { Answer, Calls, Channel, Port } from './calls.ts';
import { parse } from './parse.ts';

type End = { readonly answer: unknown } | { readonly error: ChannelError };
type Reply = Extract<Envelope, { kind: 'answer' | 'error' }>;

/** Milliseconds. */
const DEADLINE = 30_000;

/** The side of a channel that asks. */
export class Asker<Theirs extends Calls> implements Channel<Theirs> {
  private readonly port: Port;
  private readonly calls: Theirs;
  private readonly pending = new Map<string, (end: End) => void>();
  // Ids that a window opened later does not repeat, so that it takes no answer to the one before for its own.
  private readonly prefix = Math.random().toString(36).slice(2);
  private count = 0;

  constructor(port: Port, calls: Theirs) {
    this.port = port;
    this.calls = calls;
  }

  /** Needs no `this`, so that it can be handed on alone. */
  readonly call: Channel<Theirs>['call'] = async (name, ask, { deadline = DEADLINE, signal } = {}) => {
    const input = parse(this.calls[name].ask, ask, name);
    if (signal?.aborted) throw cancelled();
    this.count += 1;
    const id = `${this.prefix}-${this.count}`;
    const giveUp = (error: ChannelError) => {
      this.port.send({ kind: 'abort', id });
      this.pending.get(id)?.({ error });
    };
    const onAbort = () => giveUp(cancelled());
    const timer = setTimeout(() => giveUp(late(name, deadline)), deadline);
    signal?.addEventListener('abort', onAbort);
    try {
      const end = await new Promise<End>((resolve) => {
        this.pending.set(id, resolve);
        this.port.send({ kind: 'call', id, name, ask: input });
      });
      if ('error' in end) throw end.error;
      return parse(this.calls[name].answer, end.answer, name) as Answer<Theirs, typeof name>;
    } finally {
      this.pending.delete(id);
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  };

  /** A reply has come; one that nobody waits for any more is dropped. */
  settle(reply: Reply): void {
    if (reply.id === null) return;
    const end =
      reply.kind === 'answer'
        ? { answer: reply.answer }
        : { error: new ChannelError(reply.code, reply.message, reply.hint) };
    this.pending.get(reply.id)?.(end);
  }
}

const cancelled = () => new ChannelError('ABORTED', 'Cancelled.');
const late = (name: string, deadline: number) =>
  new ChannelError('DEADLINE', `${name} took longer than ${deadline} ms.`);
