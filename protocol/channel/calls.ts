/** What the two sides of a channel agree on, as types. */
import type * as z from 'zod/mini';
import type { Envelope } from '../envelope.ts';

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
