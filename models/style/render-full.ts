/**
 * The full render: stylised at the size at which the reference's strokes keep theirs, enlarged ×4 by a generator, and
 * composed at output size. It is not a better stylisation: what the instant render paints is what gets enlarged.
 */
import { LimnerError } from '../errors.ts';
import type { Face, FaceNetworks } from '../face/index.ts';
import type { Picture } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { type Upscaler, upscale } from '../srgan/upscale.ts';
import { composeLarge, matteOfFaces } from './compose-large.ts';
import type { PreparedStyle } from './reference.ts';
import type { Stage, StylizeOptions } from './settings.ts';
import { paintingScale } from './sitting.ts';
import { matteOf } from './study.ts';
import { type StylizeResult, stylize } from './stylize.ts';

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
}

/** The share of the progress that is over when enlarging begins, and when it ends. */
const STYLIZED = 0.15;
const ENLARGED = 0.95;
/** A portrait is not shrunk so far that its face (px between the outer eye corners) might not be found again. */
const FINDABLE = 64;

/**
 * A picture exactly `scale` times as large as the portrait. Faces are given in pixels of the portrait.
 * @throws NO_FACE, CANCELLED, BAD_OUTPUT, DEVICE_UNAVAILABLE as `stylize` and `upscale` do
 */
export async function renderFull(
  portrait: Picture,
  style: PreparedStyle,
  networks: FaceNetworks,
  upscaler: Upscaler,
  options: FullOptions = {},
): Promise<FullResult> {
  const started = performance.now();
  const found = await networks.findFaces(portrait);
  if (found.length === 0) throw new LimnerError('NO_FACE', 'No face was found in the portrait.');
  const faces = options.faces === 'largest' ? found.slice(0, 1) : found;
  const shrink = canvasScale(faces, style);
  const job: Job = { portrait, style, networks, upscaler, options, scale: options.scale ?? 4 };
  const searched = performance.now() - started;
  const result = shrink === 1 ? await enlargeResult(job) : await paintSmall(job, found, faces, shrink);
  options.onProgress?.(1, 'finish');
  return { ...result, timings: { ...result.timings, faces: (result.timings.faces ?? 0) + searched } };
}

interface Job {
  readonly portrait: Picture;
  readonly style: PreparedStyle;
  readonly networks: FaceNetworks;
  readonly upscaler: Upscaler;
  readonly options: FullOptions;
  readonly scale: FullScale;
}

/** The largest of the scales at which the faces are painted, so that no face loses any detail. */
function canvasScale(faces: readonly Face[], style: PreparedStyle): number {
  const scales = faces.map((face) => Math.max(paintingScale(face, style), FINDABLE / face.interocular));
  return Math.min(1, Math.max(...scales));
}

/** For a portrait that is painted at its own size: it holds nothing that its painting does not. */
async function enlargeResult(job: Job): Promise<FullResult> {
  const { portrait, style, networks, options, scale } = job;
  const painted = await stylize(portrait, style, networks, stylizeOptions(options));
  if (scale === 1) return painted;
  const started = performance.now();
  const picture = await enlarge(painted.picture, scale, job, STYLIZED, 1);
  return { ...painted, picture, timings: { ...painted.timings, enlarge: performance.now() - started } };
}

/**
 * For a portrait larger than it is painted: the network is shown the small painting, whose strokes are sharp, and what
 * only the large portrait shows is added at output size.
 */
async function paintSmall(
  job: Job,
  found: readonly Face[],
  faces: readonly Face[],
  shrink: number,
): Promise<FullResult> {
  const { portrait, style, networks, options, scale } = job;
  const [width, height] = [portrait.width, portrait.height].map((edge) => Math.round(edge * shrink));
  const small = resizePicture(portrait, width, height);
  const painted = await stylize(small, style, networks, { ...stylizeOptions(options), strength: 1 });
  const enlarging = performance.now();
  const isSeen = options.background === 'keep' || (options.strength ?? 1) < 1;
  const middle = isSeen ? STYLIZED + (ENLARGED - STYLIZED) * shrink ** 2 : ENLARGED;
  const painting = await enlarge(painted.picture, 4, job, STYLIZED, middle);
  const own = isSeen ? await enlarge(portrait, scale, job, middle, ENLARGED) : interpolate(portrait, scale);
  options.onProgress?.(ENLARGED, 'finish');
  const finishing = performance.now();
  const { replaced } = painted;
  const isWorn = replaced !== null;
  const matte = isWorn
    ? resizePlane(replaced, portrait.width, portrait.height)
    : matteOfFaces(await matteOf(portrait, faces, networks), found, faces);
  const picture = composeLarge({ own, small, painting, matte, isWorn, faces }, style, options);
  const timings = { enlarge: finishing - enlarging, finish: performance.now() - finishing };
  return { ...painted, picture, faces, timings: { ...painted.timings, ...timings } };
}

/** By the network. @param from and @param to where in the progress this lies */
async function enlarge(
  picture: Picture,
  scale: FullScale,
  { upscaler, options: { signal, onProgress } }: Job,
  from: number,
  to: number,
): Promise<Picture> {
  if (scale === 1) return picture;
  return upscale(picture, upscaler, {
    scale,
    signal,
    onProgress: (done) => onProgress?.(from + done * (to - from), 'enlarge'),
  });
}

const interpolate = (picture: Picture, scale: FullScale): Picture =>
  resizePicture(picture, picture.width * scale, picture.height * scale);

function stylizeOptions({ onProgress, ...options }: FullOptions): StylizeOptions {
  return { ...options, onProgress: (share, stage) => onProgress?.(share * STYLIZED, stage) };
}
