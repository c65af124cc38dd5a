/** At which size a full render is painted, and how far its reference is enlarged for it. */
import { PARAMETERS, type Parameters } from './parameters.ts';
import { type PlanOptions, paintingScale } from './plan.ts';
import type { PortraitAnalysis } from './portrait-analysis.ts';
import type { PreparedStyle } from './reference.ts';

export interface PaintingSize {
  /** Size of the painting over the portrait's. */
  readonly factor: number;
  /** How many times larger the reference must be for that. */
  readonly enlarge: 1 | 2 | 4;
  /** Longest side (px) of the canvas. */
  readonly canvas: number;
}

/** Sizes of a painting over the portrait's, besides those up to 1. */
const LARGER = [4, 2] as const;
/**
 * A larger painting is worth its time when this share of its size or more has pixels of the reference, and fits on a
 * canvas. Chosen by eye.
 */
const ENOUGH = { reference: 0.8, canvas: 2 / 3 } as const;
/** Longest side (px) of a canvas at output size, unless a draft is enough. By cost. */
const LARGEST_CANVAS = 1536;
/** Canvases below this are a draft's. */
const DRAFT = 1024;
/**
 * Most pixels of a reference that is enlarged, for which the ×4 network needs 50 seconds of a processor core, and of the
 * enlarged one as it is painted from, 120 bytes each.
 */
const MOST_PIXELS = { given: 7e5, painted: 6e6 } as const;

/**
 * Output size, where the canvas is not too large; the reference is enlarged for it where its face is too small. Else what
 * the reference's own pixels are enough for.
 * @param scale output size over that of the portrait
 */
export function paintingSize(
  { portrait, faces }: PortraitAnalysis,
  style: PreparedStyle,
  scale: number,
  plan: PlanOptions,
): PaintingSize {
  const { largestCanvas } = plan;
  const scales = faces.map((face) => paintingScale(face, style, plan));
  const unchanged = { factor: Math.min(1, Math.max(...scales)), enlarge: 1, canvas: largestCanvas } as const;
  if (style.face.score === 0) return unchanged;
  /** Size over that of the portrait at which the largest face is as large as the reference's. */
  const native = style.face.interocular / (plan.strokes * Math.max(...faces.map((face) => face.interocular)));
  const fits = (size: number, canvas: number) =>
    canvas >= ENOUGH.canvas * size * Math.max(portrait.width, portrait.height);
  const canvas = largestCanvas < DRAFT ? largestCanvas : Math.max(largestCanvas, LARGEST_CANVAS);
  if (scale > 1 && fits(scale, canvas)) {
    const enlarge = ([1, 2, 4] as const).find((times) => native * times >= ENOUGH.reference * scale);
    if (enlarge && (enlarge === 1 || isAffordable(style.reference, scale / native)))
      return { factor: scale, enlarge, canvas };
  }
  const isWorth = (size: number) => native >= ENOUGH.reference * size && fits(size, largestCanvas);
  const factor = LARGER.find((size) => size <= scale && isWorth(size));
  return factor ? { ...unchanged, factor } : unchanged;
}

/** What is painted otherwise at output size. @param factor and @param scale as in `paintingSize` */
export const parametersAt = (factor: number, scale: number): Partial<Parameters> =>
  scale > 1 && factor === scale ? { uniformityCap: PARAMETERS.uniformityCapFull } : {};

/** @param times by which it is painted from */
function isAffordable({ width, height }: { width: number; height: number }, times: number): boolean {
  const pixels = width * height;
  return pixels <= MOST_PIXELS.given && pixels * times ** 2 <= MOST_PIXELS.painted;
}
