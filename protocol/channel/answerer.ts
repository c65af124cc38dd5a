import { ChannelError, type Envelope } from '../envelope.ts';
import type { Abort, Ask, Calls, Handlers, Port } from './calls.ts';
import { parse, toChannelError } from './parse.ts';

type Call = Extract<Envelope, { kind: 'call' }>;

/** The side of a channel that answers. */
export class Answerer<Mine extends Calls> {
  private readonly port: Port;
  private readonly calls: Mine;
  private readonly handlers: Handlers<Mine>;
  private readonly running = new Map<string, { aborted: boolean }>();

  constructor(port: Port, calls: Mine, handlers: Handlers<Mine>) {
    this.port = port;
    this.calls = calls;
    this.handlers = handlers;
  }

  /** Sends exactly one answer or error. */
  async answerAsync({ id, name, ask }: Call): Promise<void> {
    const state = { aborted: false };
    this.running.set(id, state);
    try {
      if (!Object.hasOwn(this.calls, name))
        throw new ChannelError('UNKNOWN_MESSAGE', `There is no call named ${name}.`);
      const call = this.calls[name];
      const answer = await this.handlers[name](
        parse(call.ask, ask, name) as Ask<Mine, string>,
        abortOf(state),
      );
      this.port.send({ kind: 'answer', id, answer: parse(call.answer, answer, name) });
    } catch (error) {
      this.sendError(id, toChannelError(error));
    } finally {
      this.running.delete(id);
    }
  }

  abort(id: string): void {
    const state = this.running.get(id);
    if (state) state.aborted = true;
  }

  /** Answers what is no envelope; but no errors, or two sides that disagree would never stop. */
  refuse(message: unknown): void {
    const { kind, id } = (message ?? {}) as { kind?: unknown; id?: unknown };
    if (kind === 'error') return;
    const error = new ChannelError('UNKNOWN_MESSAGE', 'A message was not understood.');
    this.sendError(typeof id === 'string' ? id : null, error);
  }

  private sendError(id: string | null, { code, message, hint }: ChannelError): void {
    this.port.send({ kind: 'error', id, code, message, hint });
  }
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
