/**
 * The full render: stylised at the size at which the reference's strokes keep theirs, enlarged ×4 by a generator, and
 * composed at output size. It is not a better stylisation: what the instant render paints is what gets enlarged.
 */
import { LimnerError } from '../errors.ts';
import type { Face, FaceNetworks } from '../face/index.ts';
import { labPlanes } from '../image/colour.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { type Upscaler, upscale } from '../srgan/upscale.ts';
import { compose } from './compose.ts';
import { featurePlane } from './features.ts';
import type { PersonLayer } from './person-layer.ts';
import { methodAt, type Stage, type StylizeOptions } from './settings.ts';
import { matteOf, type PreparedStyle, paintingScale, type StylizeResult, stylize } from './stylize.ts';

export const FULL_SCALES = [1, 2, 4] as const;
export type FullScale = (typeof FULL_SCALES)[number];
export type FullStage = Stage | 'enlarge' | 'finish';

export interface FullOptions extends Omit<StylizeOptions, 'onProgress'> {
  /** Output size over portrait size. Default 4. */
  readonly scale?: FullScale;
  /** Longest edge (px of what is enlarged) of a tile; see `upscale`. */
  readonly tile?: number;
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
  const result = shrink === 1 ? await enlargeResult(job) : await composeLarge(job, faces, shrink);
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

/** The portrait is painted at its own size, and the result has nothing to gain from it at a larger one. */
async function enlargeResult({ portrait, style, networks, upscaler, ...job }: Job): Promise<FullResult> {
  const { options, scale } = job;
  const painted = await stylize(portrait, style, networks, stylizeOptions(options));
  if (scale === 1) return painted;
  const { tile, signal, onProgress } = options;
  const started = performance.now();
  const report = (done: number) => onProgress?.(STYLIZED + done * (1 - STYLIZED), 'enlarge');
  const picture = await upscale(painted.picture, upscaler, { scale, tile, signal, onProgress: report });
  return { ...painted, picture, timings: { ...painted.timings, enlarge: performance.now() - started } };
}

/**
 * The portrait is larger than it is painted: the network is shown the small painting, whose strokes are sharp, and
 * what only the large portrait shows is added at output size.
 */
async function composeLarge(job: Job, faces: readonly Face[], shrink: number): Promise<FullResult> {
  const { portrait, style, networks, upscaler, options, scale } = job;
  const { signal, tile, onProgress, background = 'style', strength = 1 } = options;
  const [width, height] = [portrait.width, portrait.height].map((edge) => Math.round(edge * shrink));
  const small = resizePicture(portrait, width, height);
  const painted = await stylize(small, style, networks, { ...stylizeOptions(options), strength: 1 });

  const showsPortrait = scale > 1 && (background === 'keep' || strength < 1);
  const middle = showsPortrait ? STYLIZED + (ENLARGED - STYLIZED) * shrink ** 2 : ENLARGED;
  const between = (from: number, to: number) => (done: number) =>
    onProgress?.(from + done * (to - from), 'enlarge');
  const enlarging = performance.now();
  const quadruple = await upscale(painted.picture, upscaler, {
    tile,
    signal,
    onProgress: between(STYLIZED, middle),
  });
  const size = { width: portrait.width * scale, height: portrait.height * scale };
  const own = showsPortrait
    ? await upscale(portrait, upscaler, {
        scale: scale as 2 | 4,
        tile,
        signal,
        onProgress: between(middle, ENLARGED),
      })
    : resizePicture(portrait, size.width, size.height);

  onProgress?.(ENLARGED, 'finish');
  const finishing = performance.now();
  const matte = await matteOf(portrait, faces, networks);
  const layer: PersonLayer = {
    lab: labPlanes(notLarger(quadruple, size)),
    lightness: labPlanes(small).l,
    detailGain: detailGain(faces, shrink, resizePlane(matte, width, height), options.likeness ?? 0.5),
    skin: createPlane(1, 1),
  };
  const isCovered = background === 'style';
  const coverage = isCovered ? createPlane(size.width, size.height, 1) : enlargeMatte(matte, size);
  const picture = compose(own, {
    layers: [{ layer, rect: { x: 0, y: 0, ...size }, matte: coverage }],
    background: null,
    mode: isCovered ? 'keep' : background,
    strength,
    palette: style.palette,
    paletteGain: 0,
    skinSpared: 0,
  });
  const timings = {
    ...painted.timings,
    enlarge: finishing - enlarging,
    finish: performance.now() - finishing,
  };
  return { ...painted, picture, faces, timings };
}

function stylizeOptions({ likeness, strength, background, faces, signal, onProgress }: FullOptions) {
  const report = (share: number, stage: Stage) => onProgress?.(share * STYLIZED, stage);
  return { likeness, strength, background, faces, signal, onProgress: report };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** `compose` enlarges by itself; only what is too large is resized here. */
function notLarger(picture: Picture, { width, height }: Size): Picture {
  return picture.width > width ? resizePicture(picture, width, height) : picture;
}

function enlargeMatte(matte: Plane, { width, height }: Size): Plane {
  const large = resizePlane(matte, width, height);
  for (let i = 0; i < large.data.length; i++) large.data[i] = Math.min(1, Math.max(0, large.data[i]));
  return large;
}

/** 0..1, at the size of the shrunk matte: how much of the portrait's finest lightness the result gets. */
function detailGain(faces: readonly Face[], shrink: number, matte: Plane, likeness: number): Plane {
  const { skinDetail, featureDetail } = methodAt(likeness);
  const { width, height } = matte;
  const gain = createPlane(width, height, skinDetail);
  for (const { landmarks, interocular } of faces) {
    const points = landmarks.map((value) => value * shrink);
    const features = featurePlane(width, height, points, interocular * shrink);
    for (let i = 0; i < gain.data.length; i++) {
      gain.data[i] = Math.max(gain.data[i], skinDetail + features.data[i] * (featureDetail - skinDetail));
    }
  }
  for (let i = 0; i < gain.data.length; i++) gain.data[i] *= Math.min(1, Math.max(0, matte.data[i]));
  return gain;
}
