import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { type Handlers, openChannel, type Port } from '../../protocol/channel.ts';
import { ChannelError } from '../../protocol/envelope.ts';

const MATHS = {
  double: { ask: z.object({ n: z.number() }), answer: z.object({ n: z.number() }) },
  wait: { ask: z.object({}), answer: z.object({}) },
} as const;

/** Two ports that clone what passes, as windows do, and remember it. */
function wire() {
  const log: unknown[] = [];
  const ends: ((message: unknown) => void)[] = [];
  const port = (own: number): Port => ({
    send(message) {
      const clone = structuredClone(message);
      log.push(clone);
      queueMicrotask(() => ends[1 - own]?.(clone));
    },
    listen: (receive) => {
      ends[own] = receive;
    },
  });
  return { log, asker: port(0), answerer: port(1), toAnswerer: (message: unknown) => ends[1](message) };
}

function connect(handlers: Partial<Handlers<typeof MATHS>>) {
  const { log, asker, answerer, toAnswerer } = wire();
  const all: Handlers<typeof MATHS> = {
    double: ({ n }) => ({ n: 2 * n }),
    wait: () => ({}),
    ...handlers,
  };
  openChannel(answerer, MATHS, all, {});
  return { log, toAnswerer, channel: openChannel(asker, {}, {}, MATHS) };
}

describe('a channel', () => {
  it('answers calls, each with its own answer, in whatever order they end', async () => {
    const { channel } = connect({
      double: ({ n }) => new Promise((resolve) => setTimeout(() => resolve({ n: 2 * n }), 20 - n)),
    });
    const answers = await Promise.all([1, 10, 19].map((n) => channel.call('double', { n })));
    expect(answers).toEqual([{ n: 2 }, { n: 20 }, { n: 38 }]);
  });

  it('refuses contents that break the protocol, on the way out and on the way back', async () => {
    const { channel, log } = connect({ double: () => ({ n: 'two' }) as never });
    await expect(channel.call('double', { n: 'one' } as never)).rejects.toMatchObject({
      code: 'BAD_MESSAGE',
      message: expect.stringContaining('n'),
    });
    expect(log).toEqual([]);
    await expect(channel.call('double', { n: 1 })).rejects.toMatchObject({ code: 'BAD_MESSAGE' });
  });

  it('answers what it does not know with an error, and errors with nothing', async () => {
    const { log, toAnswerer } = connect({});
    toAnswerer({ kind: 'call', id: 'a', name: 'triple', ask: {} });
    toAnswerer({ kind: 'call', id: 'b', name: 'toString', ask: {} });
    toAnswerer({ kind: 'greeting', id: 'c' });
    toAnswerer('hello');
    toAnswerer({ kind: 'error', id: 'd', code: 'FROM_THE_FUTURE' });
    await Promise.resolve();
    expect(log).toEqual([
      expect.objectContaining({ kind: 'error', id: 'a', code: 'UNKNOWN_MESSAGE' }),
      expect.objectContaining({ kind: 'error', id: 'b', code: 'UNKNOWN_MESSAGE' }),
      expect.objectContaining({ kind: 'error', id: 'c', code: 'UNKNOWN_MESSAGE' }),
      expect.objectContaining({ kind: 'error', id: null, code: 'UNKNOWN_MESSAGE' }),
    ]);
  });

  it('gives up at the deadline and when aborted, and tells the other side', async () => {
    const seen: boolean[] = [];
    const { channel, log } = connect({
      wait: async (_, abort) => {
        await new Promise((resolve) => setTimeout(resolve, 60));
        seen.push(abort.aborted);
        abort.check();
        return {};
      },
    });
    await expect(channel.call('wait', {}, { deadline: 5 })).rejects.toMatchObject({ code: 'DEADLINE' });
    const stop = new AbortController();
    const waiting = channel.call('wait', {}, { signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(channel.call('wait', {}, { signal: stop.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    await expect.poll(() => seen).toEqual([true, true]);
    expect(log.filter((message) => (message as { kind: string }).kind === 'call')).toHaveLength(2);
  });

  it('carries the failure of whoever answers', async () => {
    const { channel } = connect({
      wait: () => {
        throw new Error('The dog ate it.');
      },
    });
    await expect(channel.call('wait', {})).rejects.toMatchObject({
      code: 'INTERNAL',
      message: 'The dog ate it.',
    });
  });

  it('carries what to do next', async () => {
    const { channel } = connect({
      wait: () => {
        throw new ChannelError('SOURCE_CHANGED', 'The layer is gone.', 'Select it again.');
      },
    });
    await expect(channel.call('wait', {})).rejects.toMatchObject({
      code: 'SOURCE_CHANGED',
      message: 'The layer is gone.',
      hint: 'Select it again.',
    });
  });
});
