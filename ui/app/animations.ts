/**
 * What becomes of animated GIFs: a renderer paints them as they move. This window can not: pages of opaque origin have no
 * decoder of single frames (WebCodecs wants a secure context), and a painting takes it a second each.
 */
import type { Bytes, Portrait } from '../../protocol/portrait.ts';
import { isAnimated } from '../pictures/is-animated.ts';
import type { Context } from './context.ts';

const MOVING = 'The animated GIF stays animated: your renderer paints all of it, at its own size.';
const STILL =
  'An animated GIF becomes a still of its first frame here. With a renderer of your team it stays animated.';
const STILL_ANYWAY = 'An animated GIF becomes a still of its first frame: it is turned, or only enlarged.';

interface Wish extends Pick<Portrait, 'turn'> {
  /** Null where it is only enlarged. */
  readonly styleId: string | null;
  /** Whether a renderer works on it. */
  readonly isRemote: boolean;
}

/** Whether all of an animated file is painted. */
export const staysAnimated = ({ turn, styleId, isRemote }: Wish): boolean =>
  isRemote && turn === 0 && styleId !== null;

/** What the user should know of an animated file. */
export const animationNote = (wish: Wish): string =>
  staysAnimated(wish) ? MOVING : wish.isRemote ? STILL_ANYWAY : STILL;

/** Pixels that Figma has at most in an image. */
const WHOLE = { width: 4096, height: 4096 };

/** The first frame of an animation; any other file as it is. */
export async function asStill(context: Context, file: Bytes): Promise<Bytes> {
  return isAnimated(file) ? context.pictures().turnFile(file, 0, WHOLE) : file;
}
