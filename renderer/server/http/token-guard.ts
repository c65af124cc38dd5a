/** Whose a token is, asked of the database no more often than it must be, and not at all by whoever only guesses. */
import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
import { LimnerError } from '../../../models/errors.ts';

export interface TokenGuard<Bearer> {
  /** Whose a valid token is, else null. @throws RATE_LIMITED after too many that were not */
  bearerOf(token: string, address: string): Promise<Bearer | null>;
}

/** Tokens that are not valid, of one address, in a minute. */
const MOST_FAILURES = 20;
const MINUTE = 60_000;
/** Milliseconds for which an answer is believed: so long a revoked token lives on. */
const FRESHNESS = 2000;
/** Tokens and addresses remembered. */
const MOST_KEPT = 10_000;

export function createTokenGuard<Bearer>(
  find: (token: string) => Promise<Bearer | null>,
  now = Date.now,
): TokenGuard<Bearer> {
  const known = new LRUCache<string, { bearer: Bearer; since: number }>({ max: MOST_KEPT });
  const failures = new LRUCache<string, { count: number; since: number }>({ max: MOST_KEPT });

  const failuresOf = (source: string) => {
    const found = failures.get(source);
    return found && now() - found.since < MINUTE ? found : { count: 0, since: now() };
  };

  return {
    async bearerOf(token, address) {
      const hash = createHash('sha256').update(token).digest('base64');
      const before = known.get(hash);
      if (before && now() - before.since < FRESHNESS) return before.bearer;
      const source = sourceOf(address);
      // One that was valid is asked for again, whoever else guesses from the same address.
      if (!before && failuresOf(source).count >= MOST_FAILURES)
        throw new LimnerError('RATE_LIMITED', 'Too many requests with tokens that are not valid.');
      const bearer = await find(token);
      known.delete(hash);
      if (bearer !== null) known.set(hash, { bearer, since: now() });
      else {
        const { count, since } = failuresOf(source);
        failures.set(source, { count: count + 1, since });
      }
      return bearer;
    },
  };
}

/** An address; of IPv6 the network, of which anybody has one. */
function sourceOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toByteArray().slice(0, 8).join();
}
