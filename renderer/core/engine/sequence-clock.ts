/** How far the painting of a sequence is. Of a part nobody knows how many pictures it has: its seconds tell. */
import type { Sequence, SequencePart } from '../sequences/sequence.ts';

/**
 * @param say is called with the share done (0..1), 0 where nothing tells it, and what is worked on
 * @returns to be called with how many pictures are done, and when (s) the last of them ends in the part
 */
export function createClock(
  { count, seconds }: Pick<Sequence, 'count' | 'seconds'>,
  { from = 0, to = Number.POSITIVE_INFINITY, fps }: SequencePart,
  say: (share: number, stage: string) => void,
): (done: number, end: number) => void {
  const isPart = from > 0 || to < Number.POSITIVE_INFINITY || fps !== undefined;
  const length = seconds === null ? 0 : Math.min(to, seconds) - from;
  const shareAt = (end: number) => (length > 0 ? Math.min(1, end / length) : 0);
  return (done, end) => {
    if (isPart || count === null) say(shareAt(end), `picture ${done}`);
    else say(Math.min(1, done / count), `picture ${done} of ${count}`);
  };
}
