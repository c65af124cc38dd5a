/** Cuts a sequence to the part that is asked for and refuses what is beyond the limits. */
import { LimnerError } from '../../../models/errors.ts';
import type { SequenceLimits, SequencePart, TimedPicture } from './sequence.ts';

/** Seconds that two times may differ by and still be one. */
const SAME = 1e-4;

/**
 * Pictures of the part, their times from its beginning on. A picture that is left out for `fps` is shown no longer; the one
 * before stays.
 * @throws TOO_MANY_FRAMES
 */
export async function* limitPart(
  pictures: AsyncIterable<TimedPicture>,
  { from = 0, to = Number.POSITIVE_INFINITY, fps = Number.POSITIVE_INFINITY }: SequencePart,
  limits: SequenceLimits,
  name: string,
): AsyncGenerator<TimedPicture> {
  let held: TimedPicture | null = null;
  let due = Number.NEGATIVE_INFINITY;
  let end: number | null = null;
  let count = 0;
  for await (const one of pictures) {
    if (one.at >= to - SAME) break;
    const until = one.at + (one.lasts ?? 0);
    if (until <= from + SAME && one.at < from - SAME) continue;
    end = one.lasts === null ? null : until - from;
    const at = Math.max(0, one.at - from);
    if (at < due - SAME) continue;
    if (held) yield { ...held, lasts: at - held.at };
    held = { picture: one.picture, at, lasts: one.lasts };
    due = fps === Number.POSITIVE_INFINITY ? at : Math.max(at, Number.isFinite(due) ? due : at) + 1 / fps;
    refuseMore(++count, at, limits, name);
  }
  if (held) yield end === null ? held : { ...held, lasts: end - held.at };
}

/** @throws TOO_MANY_FRAMES */
export function refuseMore(count: number, seconds: number, limits: SequenceLimits, name: string): void {
  const { maxFrames, maxSeconds } = limits;
  if (count > maxFrames)
    throw new LimnerError('TOO_MANY_FRAMES', `${name} has more than ${maxFrames} pictures.`);
  if (seconds > maxSeconds)
    throw new LimnerError('TOO_MANY_FRAMES', `${name} is longer than ${maxSeconds} seconds.`);
}
