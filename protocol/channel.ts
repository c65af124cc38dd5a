/**
 * Calls over a pair of message ports. Not a transport: plugin and window each bring their own `Port`.
 *
 * Each call has a unique id, a deadline and an abort, and ends in exactly one of an answer and a ChannelError. Both ends
 * parse what they send and what they receive. A message that is not understood is answered with an error.
 */
import * as z from 'zod/mini';
import { Answerer } from './channel/answerer.ts';
import { Asker } from './channel/asker.ts';
import type { Calls, Channel, Handlers, Port } from './channel/calls.ts';
import { envelopeSchema } from './envelope.ts';

export type { Abort, Answer, Channel, Handlers, Port } from './channel/calls.ts';

// Figma's sandbox has no `new Function`, with which zod would compile its parsers.
z.config({ jitless: true });

/** Answers `mine` by `handlers` and lets the caller ask `theirs`. */
export function openChannel<Mine extends Calls, Theirs extends Calls>(
  port: Port,
  mine: Mine,
  handlers: Handlers<Mine>,
  theirs: Theirs,
): Channel<Theirs> {
  const answerer = new Answerer(port, mine, handlers);
  const asker = new Asker(port, theirs);
  port.listen((message) => {
    const parsed = envelopeSchema.safeParse(message);
    if (!parsed.success) return answerer.refuse(message);
    const envelope = parsed.data;
    switch (envelope.kind) {
      case 'call':
        void answerer.answerAsync(envelope);
        break;
      case 'abort':
        answerer.abort(envelope.id);
        break;
      case 'answer':
      case 'error':
        asker.settle(envelope);
        break;
      default:
        envelope satisfies never;
    }
  });
  return asker;
}
