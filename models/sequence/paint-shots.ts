/**
 * Paints tracked pictures shot by shot. A shot is begun at the best picture of its opening: from there back to its first
 * picture, and then on. So no picture is painted twice, and both ways each goes on from its neighbour.
 */
import { bestPicture } from './best-picture.ts';
import type { SequenceFrame, SequencePainter } from './sequence-painter.ts';
import type { TrackedFrame } from './track-faces.ts';

/** Pictures of an opening at the most: one second of film. */
const OPENING = 24;
/** Pixels of its pictures together at the most (128 MiB), since they, and those painted before the best one, are held in memory. */
const OPENING_PIXELS = 2 ** 25;
/** In an opening of so many pictures the best one is painted twice, which is then a tenth of the time or less, and the better painting is kept. */
const WORTH_TWO = 12;

/** What of a painter is asked. */
export type ShotPainter = Pick<SequencePainter, 'begins' | 'next' | 'mark'>;

/** How shots are begun, and who is told of it. */
export interface ShotPainting {
  /** Pictures among which the best one is looked for; 1: each shot begins at its first. Default 24. */
  readonly opening?: number;
  /** Called when a picture has been painted: those of an opening are given only when the first of them is there. */
  readonly onPainted?: () => void;
}

/**
 * @returns pictures in their order, a few at once: after each few, `painter.save()` is what another run goes on from
 * @throws CANCELLED
 */
export async function* paintShots(
  frames: AsyncIterable<TrackedFrame> | Iterable<TrackedFrame>,
  painter: ShotPainter,
  { opening: longest = OPENING, onPainted }: ShotPainting = {},
): AsyncGenerator<readonly SequenceFrame[]> {
  const paint: Paint = async ({ picture, faces, isCut }, tries) => {
    const painted = await painter.next(picture, faces, isCut, tries);
    onPainted?.();
    return painted;
  };
  let opening: TrackedFrame[] = [];
  for await (const frame of frames) {
    if (opening.length > 0 && (frame.isCut || opening.length >= Math.min(longest, mostOf(frame)))) {
      yield* paintOpening(opening, painter, paint);
      opening = [];
    }
    if (opening.length > 0 || painter.begins(frame)) opening.push(frame);
    else yield [await paint(frame)];
  }
  if (opening.length > 0) yield* paintOpening(opening, painter, paint);
}

type Paint = (frame: TrackedFrame, tries?: number) => Promise<SequenceFrame>;

const mostOf = ({ picture: { width, height } }: TrackedFrame) =>
  Math.floor(OPENING_PIXELS / (width * height));

async function* paintOpening(
  opening: readonly TrackedFrame[],
  painter: ShotPainter,
  paint: Paint,
): AsyncGenerator<readonly SequenceFrame[]> {
  const [{ isCut, faces }] = opening;
  const best = opening.length > 1 ? bestPicture(opening) : 0;
  const key = { ...mainFirst(opening[best], faces[0].identity), isCut: true };
  const painted = [await paint(key, opening.length >= WORTH_TWO ? 2 : 1)];
  if (best > 0) {
    const goBack = painter.mark();
    for (const frame of opening.slice(0, best).reverse())
      painted.unshift(await paint({ ...frame, isCut: false }));
    goBack();
  }
  yield painted.map((one, i) => ({ ...one, isCut: isCut && i === 0 }));
  for (const frame of opening.slice(best + 1)) yield [await paint(frame)];
}

/** Whoever is the largest in a shot's first picture is painted where only one is, and scales the ground. */
function mainFirst(frame: TrackedFrame, identity: number): TrackedFrame {
  const isMain = (face: TrackedFrame['faces'][number]) => face.identity === identity;
  return { ...frame, faces: [...frame.faces.filter(isMain), ...frame.faces.filter((face) => !isMain(face))] };
}
