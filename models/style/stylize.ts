/** Restyles a portrait from one prepared reference: faces, guides, field, vote, composite. */
import { LimnerError } from '../errors.ts';
import type { Face, FaceNetworks } from '../face/index.ts';
import type { LabPlanes } from '../image/colour.ts';
import { cropPicture } from '../image/crop.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { backgroundLayer } from './background.ts';
import { type Cell, divideAmongFaces } from './cells.ts';
import { compose, type PlacedLayer } from './compose.ts';
import { type Canvas, MATTE_FLOOR, type PersonLayer, personLayer } from './person-layer.ts';
import type { PreparedStyle, ReferenceView } from './reference.ts';
import { methodAt, STAGES, type Stage, type StylizeOptions } from './settings.ts';

export { type PreparedStyle, prepareStyle } from './reference.ts';
export { BACKGROUND_MODES, type BackgroundMode, type StylizeOptions } from './settings.ts';

export interface StylizeResult {
  /** Of the portrait's exact size. */
  readonly picture: Picture;
  /** The faces that were restyled, largest first. */
  readonly faces: readonly Face[];
  /** Milliseconds a stage. */
  readonly timings: Readonly<Partial<Record<Stage, number>>>;
  readonly warnings: readonly string[];
}

/** A face smaller than this (px between the outer eye corners) shows little of a style. */
const SMALL_FACE = 24;
/** A portrait whose face is hardly larger than the reference's is not shrunk for it. */
const NEARLY_EQUAL = 0.93;

/**
 * @throws NO_FACE when the portrait shows none; CANCELLED when `options.signal` aborts; RangeError when a share is not
 * a number of 0..1
 */
export async function stylize(
  portrait: Picture,
  style: PreparedStyle,
  networks: FaceNetworks,
  options: StylizeOptions = {},
): Promise<StylizeResult> {
  requireShare('likeness', options.likeness);
  requireShare('strength', options.strength);
  const { begin, timings } = stopwatch(options);
  begin('faces');
  const found = await networks.findFaces(portrait);
  if (found.length === 0) throw new LimnerError('NO_FACE', 'No face was found in the portrait.');
  const faces = options.faces === 'largest' ? found.slice(0, 1) : found;
  const matte = await matteOf(portrait, faces, networks);
  const mode = options.background ?? 'style';
  const method = methodAt(options.likeness ?? 0.5);

  const layers: PlacedLayer[] = [];
  let background: LabPlanes | null = null;
  for (const cell of divideAmongFaces(matte, found, MATTE_FLOOR)) {
    if (!faces.includes(cell.face)) continue;
    begin('reference');
    const view = viewFor(cell.face, style);
    const scale = canvasScale(cell.face, view);
    const layer: PersonLayer = personLayer(canvasOf(portrait, cell, scale), view, method, begin);
    layers.push({ layer, rect: cell.rect, matte: cell.matte });
    if (mode === 'style') background ??= backgroundFor(portrait, cell.face, style, view, scale);
  }
  begin('composite');
  const picture = compose(portrait, {
    layers,
    background,
    mode,
    strength: options.strength ?? 1,
    palette: style.palette,
    paletteGain: method.paletteGain,
    skinSpared: method.skinSpared,
  });
  return { picture, faces, timings: timings(), warnings: [...style.warnings, ...warnAbout(faces)] };
}

function requireShare(name: string, value = 0): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`Expected 0..1 for ${name} but received ${value}.`);
}

/** How many times smaller than itself the portrait is painted for a face: 1, or less where the face is larger. */
export function paintingScale(face: Face, style: PreparedStyle): number {
  return canvasScale(face, viewFor(face, style));
}

/** The union of the mattes around each face, 0..1, at the portrait's size. */
export async function matteOf(
  portrait: Picture,
  faces: readonly Face[],
  networks: FaceNetworks,
): Promise<Plane> {
  const matte = await networks.matte(portrait, faces[0]);
  for (const face of faces.slice(1)) {
    const other = await networks.matte(portrait, face);
    for (let i = 0; i < matte.data.length; i++) matte.data[i] = Math.max(matte.data[i], other.data[i]);
  }
  return matte;
}

function viewFor(face: Face, style: PreparedStyle): ReferenceView {
  const turn = face.angle - style.face.angle;
  return style.view(
    face.interocular / style.face.interocular,
    Math.atan2(Math.sin(turn), Math.cos(turn)), // into -π..π
  );
}

/** 1, or less where the portrait's face is larger than the reference's: strokes keep their size on the face. */
function canvasScale(face: Face, view: ReferenceView): number {
  const scale = view.interocular / face.interocular;
  return scale < NEARLY_EQUAL ? scale : 1;
}

function canvasOf(portrait: Picture, { face, rect, matte }: Cell, scale: number): Canvas {
  const picture = cropPicture(portrait, rect);
  const width = Math.max(1, Math.round(rect.width * scale));
  const height = Math.max(1, Math.round(rect.height * scale));
  const [sx, sy] = [width / rect.width, height / rect.height];
  const landmarks = face.landmarks.map((value, i) => {
    if (i % 3 === 0) return (value - rect.x) * sx;
    return i % 3 === 1 ? (value - rect.y) * sy : value * scale;
  });
  const small = scale === 1 ? matte : resizePlane(matte, width, height);
  if (scale !== 1) for (let i = 0; i < small.data.length; i++) small.data[i] = clamp01(small.data[i]);
  return {
    picture: scale === 1 ? picture : resizePicture(picture, width, height),
    matte: small,
    landmarks,
    interocular: face.interocular * scale,
  };
}

/**
 * The background for a portrait, at the scale of the person's canvas or so much smaller that the reference need not be
 * enlarged for it: `compose` enlarges, row by row, whatever the shape of the portrait.
 */
function backgroundFor(
  portrait: Picture,
  face: Face,
  style: PreparedStyle,
  view: ReferenceView,
  scale: number,
): LabPlanes {
  const { width, height } = style.reference;
  const fit = Math.min(scale, width / portrait.width, height / portrait.height);
  return backgroundLayer(
    style,
    ((view.interocular / style.face.interocular) * fit) / scale,
    Math.max(1, Math.round(portrait.width * fit)),
    Math.max(1, Math.round(portrait.height * fit)),
    face.landmarks.map((value) => value * fit),
  );
}

const clamp01 = (value: number) => Math.min(1, Math.max(0, value));

function warnAbout(faces: readonly Face[]): string[] {
  return faces
    .filter(({ interocular }) => interocular < SMALL_FACE)
    .map(({ box }) => `A face only ${Math.round(box.width)} px wide shows little of the style.`);
}

/** Measures the stages, reports progress, and stops at the border of two stages when asked to. */
function stopwatch({ signal, onProgress }: StylizeOptions) {
  const spent: Partial<Record<Stage, number>> = {};
  let current: Stage | undefined;
  let since = performance.now();
  let reached = 0;
  const end = () => {
    const now = performance.now();
    if (current) spent[current] = (spent[current] ?? 0) + now - since;
    since = now;
  };
  return {
    begin(stage: Stage) {
      if (signal?.aborted) throw new LimnerError('CANCELLED', 'The work was cancelled.');
      end();
      current = stage;
      // With several faces the stages come again; what is done stays done.
      reached = Math.max(reached, STAGES.indexOf(stage) / STAGES.length);
      onProgress?.(reached, stage);
    },
    timings() {
      end();
      onProgress?.(1, 'composite');
      return spent;
    },
  };
}
