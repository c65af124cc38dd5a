/**
 * The full render: painted at the size at which the reference's strokes keep theirs, at output size where the reference is
 * large enough, else brought there by the ×4 network, and composed there with what stays the portrait's.
 */
import { compose } from '../composite/compose.ts';
import type { FaceNetworks } from '../face/index.ts';
import { labPlanes } from '../image/colour.ts';
import type { Picture } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { turnPicture } from '../image/turn.ts';
import { type Upscaler, upscale } from '../upscale/upscale.ts';
import { paintingScale } from './plan.ts';
import { analyzePortrait, type PortraitAnalysis, scaleAnalysis } from './portrait-analysis.ts';
import { proportioned } from './proportioned.ts';
import type { PreparedStyle } from './reference.ts';
import { checkOptions, type Stage, type StylizeOptions } from './settings.ts';
import { createStopwatch } from './stopwatch.ts';
import { facesAsGiven, planOptions, renderProportioned, type StylizeResult } from './stylize.ts';

export const FULL_SCALES = [1, 2, 4] as const;
export type FullScale = (typeof FULL_SCALES)[number];
export type FullStage = Stage | 'enlarge' | 'finish';

export interface FullOptions extends Omit<StylizeOptions, 'onProgress'> {
  /** Output size over portrait size. Default 4. */
  readonly scale?: FullScale;
  /** Called with the share done (0..1) and the stage at work; in `enlarge` after each tile. */
  readonly onProgress?: (share: number, stage: FullStage) => void;
}

export interface FullResult extends Omit<StylizeResult, 'timings'> {
  /** Milliseconds a stage. */
  readonly timings: Readonly<Partial<Record<FullStage, number>>>;
  /** Output size over that of the painting: 1 where it was painted at output size, else what the network added. */
  readonly enlarged: number;
}

/** The share of the progress that is over when enlarging begins, and when it ends. */
const STYLIZED = 0.3;
const ENLARGED = 0.95;

/**
 * A picture exactly `scale` times as large as the portrait. Faces are given in pixels of the portrait.
 * @throws NO_FACE, NO_SUCH_FACE, CANCELLED, BAD_OUTPUT, DEVICE_UNAVAILABLE as `stylize` and `upscale` do; RangeError
 */
export async function renderFull(
  portrait: Picture,
  given: PreparedStyle,
  networks: FaceNetworks,
  upscaler: Upscaler,
  options: FullOptions = {},
): Promise<FullResult> {
  checkOptions(options);
  const { onProgress, scale = 4, ...rest } = options;
  const stopwatch = createStopwatch({
    signal: options.signal,
    onProgress: (share, stage) => onProgress?.(share * STYLIZED, stage),
  });
  stopwatch.begin('faces');
  const style = await given.ofFace(options.referenceFace ?? 0);
  const analysis = await analyzePortrait(portrait, networks, options.faces);
  const factor = paintingFactor(analysis, style, scale, options);
  const changed = proportioned(analysis, style, options);
  const scaled = { ...changed, analysis: scaleAnalysis(changed.analysis, factor) };
  const result = renderProportioned(scaled, style, rest, stopwatch);
  const own = turnPicture(changed.analysis.portrait, -analysis.quarters);
  const job = { portrait: own, upscaler, scale, options };
  const started = performance.now();
  const painted = resizePlane(result.painted, portrait.width, portrait.height);
  const picture = await finish({ ...result, painted }, job);
  onProgress?.(1, 'finish');
  const timings = { ...result.timings, enlarge: performance.now() - started };
  const { warnings, reference, proportions } = result;
  const ratio = picture.width / result.picture.width;
  const enlarged = ratio < NEARLY ? 1 : ratio;
  const faces = facesAsGiven(changed.analysis);
  return { picture, faces, warnings, reference, proportions, painted, timings, enlarged };
}

/** Sizes of a painting over the portrait's, besides those up to 1. */
const LARGER = [4, 2] as const;
/**
 * A larger painting is worth its time when this share of its size or more has the reference's own pixels, and fits on a
 * canvas; with less the ×4 network does better than interpolation.
 */
const ENOUGH = { reference: 0.8, canvas: 2 / 3 } as const;

/** Size of the painting over that of the portrait: 1, less where the face is larger than the reference's, or 2 or 4. */
function paintingFactor(
  { portrait, faces }: PortraitAnalysis,
  style: PreparedStyle,
  scale: FullScale,
  options: FullOptions,
): number {
  const plan = planOptions(options);
  const factor = Math.min(1, Math.max(...faces.map((face) => paintingScale(face, style, plan))));
  if (factor < 1 || style.face.score === 0) return factor;
  const native = style.face.interocular / (plan.strokes * Math.max(...faces.map((face) => face.interocular)));
  const room = plan.largestCanvas / Math.max(portrait.width, portrait.height);
  const isWorth = (size: number) => native >= ENOUGH.reference * size && room >= ENOUGH.canvas * size;
  return LARGER.find((size) => size <= scale && isWorth(size)) ?? 1;
}

interface FullRender {
  readonly portrait: Picture;
  readonly upscaler: Upscaler;
  readonly scale: FullScale;
  readonly options: FullOptions;
}

/** The painting at output size, over what stays the portrait's. */
async function finish({ picture, painted }: StylizeResult, job: FullRender): Promise<Picture> {
  const { portrait, scale, options } = job;
  const { background = 'style', strength = 1 } = options;
  const [width, height] = [portrait.width * scale, portrait.height * scale];
  const isCovered = background === 'style' && strength === 1;
  const middle = isCovered ? ENLARGED : (STYLIZED + ENLARGED) / 2;
  const large = await enlargeTo(opaque(picture), width, height, job, STYLIZED, middle);
  const own = isCovered
    ? resizePicture(portrait, width, height)
    : await enlargeTo(portrait, width, height, job, middle, ENLARGED);
  options.onProgress?.(ENLARGED, 'finish');
  const whole = { x: 0, y: 0, width, height };
  return compose(own, {
    layers: [
      {
        lab: labPlanes(large),
        rect: whole,
        alpha: painted,
        alphaRect: whole,
      },
    ],
    ground: null,
    transparent: background === 'transparent',
    strength,
  });
}

const opaque = (picture: Picture): Picture => ({
  ...picture,
  data: picture.data.map((value, i) => (i % 4 === 3 ? 255 : value)),
});

/** Less than this is interpolated: a network that makes four pixels of one adds nothing. */
const NEARLY = 1.2;

/** By the network, as far as there is to enlarge. @param from and @param to where in the progress this lies */
async function enlargeTo(
  picture: Picture,
  width: number,
  height: number,
  { upscaler, options: { signal, onProgress } }: FullRender,
  from: number,
  to: number,
): Promise<Picture> {
  const ratio = width / picture.width;
  if (ratio < NEARLY) return resizePicture(picture, width, height);
  const large = await upscale(picture, upscaler, {
    scale: ratio > 2 ? 4 : 2,
    signal,
    onProgress: (done) => onProgress?.(from + done * (to - from), 'enlarge'),
  });
  return resizePicture(large, width, height);
}
