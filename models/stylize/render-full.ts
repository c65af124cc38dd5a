/**
 * The full render: painted at output size from the reference, which the ×4 network enlarges where it is too small for
 * that; where the canvas would be too large, painted smaller and enlarged itself. What stays the portrait's is composed
 * with it at output size.
 */
import { compose } from '../composite/compose.ts';
import type { FaceNetworks } from '../face/index.ts';
import { labPlanes } from '../image/colour.ts';
import type { Picture } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { turnPicture } from '../image/turn.ts';
import { type Upscaler, upscale } from '../upscale/upscale.ts';
import { paintingSize, parametersAt } from './painting-size.ts';
import { analyzePortrait, scaleAnalysis } from './portrait-analysis.ts';
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
  /** How many times larger the network made the reference before it was painted from. */
  readonly referenceEnlarged: number;
}

/** The share of the progress that is over when the reference is enlarged, when all is painted, and when that is enlarged. */
const REFERENCE = 0.1;
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
  const { scale = 4, onProgress: _, ...rest } = options;
  const tell = neverBack(options.onProgress);
  const stopwatch = createStopwatch({
    signal: options.signal,
    onProgress: (share, stage) => tell(share * STYLIZED, stage),
  });
  stopwatch.begin('faces');
  const own = await given.ofFace(options.referenceFace ?? 0);
  const analysis = await analyzePortrait(portrait, networks, options.faces);
  const { factor, enlarge, canvas } = paintingSize(analysis, own, scale, planOptions(options));
  stopwatch.begin('reference');
  const style = await enlargedStyle(own, enlarge, upscaler, options.signal, (done) =>
    tell(done * REFERENCE, 'enlarge'),
  );
  const changed = proportioned(analysis, style, options);
  const scaled = { ...changed, analysis: scaleAnalysis(changed.analysis, factor) };
  const parameters = { ...parametersAt(factor, scale), ...rest.parameters, largestCanvas: canvas };
  const result = renderProportioned(scaled, style, { ...rest, parameters }, stopwatch);
  const turned = turnPicture(changed.analysis.portrait, -analysis.quarters);
  const job = { portrait: turned, upscaler, scale, options: { ...options, onProgress: tell } };
  const started = performance.now();
  const painted = resizePlane(result.painted, portrait.width, portrait.height);
  const picture = await finish({ ...result, painted }, job);
  tell(1, 'finish');
  const timings = { ...result.timings, enlarge: performance.now() - started };
  const { warnings, reference, proportions } = result;
  const ratio = picture.width / result.picture.width;
  const enlarged = ratio < NEARLY ? 1 : ratio;
  const faces = facesAsGiven(changed.analysis);
  const how = { enlarged, referenceEnlarged: enlarge };
  return { picture, faces, warnings, reference, proportions, painted, timings, ...how };
}

/** Tells of progress that only grows: stages that are asked for twice began once. */
function neverBack(onProgress: FullOptions['onProgress']) {
  let reached = 0;
  return (share: number, stage: FullStage) => {
    reached = Math.max(reached, share);
    onProgress?.(reached, stage);
  };
}

/** Enlargements of references by the network, kept as long as the style is. */
const enlargements = new WeakMap<PreparedStyle, { readonly upscaler: Upscaler; readonly pixels: Picture }>();

/** The style with `times` as many pixels along each edge, which the network makes. @throws as `upscale` */
async function enlargedStyle(
  style: PreparedStyle,
  times: 1 | 2 | 4,
  upscaler: Upscaler,
  signal: AbortSignal | undefined,
  onProgress: (done: number) => void,
): Promise<PreparedStyle> {
  if (times === 1) return style;
  const width = times * style.reference.width;
  const known = enlargements.get(style);
  if (known?.upscaler === upscaler && known.pixels.width === width) return style.enlarged(known.pixels);
  const pixels = await upscale(style.reference, upscaler, {
    scale: times,
    signal,
    onProgress,
  });
  enlargements.set(style, { upscaler, pixels });
  return style.enlarged(pixels);
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
