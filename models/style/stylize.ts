/** Restyles a portrait from one prepared reference: faces, guides, field, vote, composite. */
import type { Face, FaceNetworks } from '../face/index.ts';
import { segmentPortrait } from '../face/segments.ts';
import type { LabPlanes } from '../image/colour.ts';
import { cropPicture } from '../image/crop.ts';
import { enlargeRows } from '../image/enlarge.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { type Backdrop, backgroundLayer, clearedScene } from './background.ts';
import { type Cell, divideAmongFaces, widenCell } from './cells.ts';
import { compose, type PlacedLayer } from './compose.ts';
import { type Canvas, guidePositions, MATTE_FLOOR, personLayer } from './person-layer.ts';
import { poseFallback, poseGap, WEARABLE } from './pose.ts';
import type { PreparedStyle, ReferenceView } from './reference.ts';
import {
  type BackgroundMode,
  fallBack,
  type Method,
  methodAt,
  type Stage,
  type StylizeOptions,
} from './settings.ts';
import { createStopwatch } from './stopwatch.ts';
import { type Study, studyPortrait } from './study.ts';
import { wear } from './wear.ts';

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
  /**
   * 0..1: how much of each pixel is not the portrait's, where somebody wears the reference's hair or clothes; null where
   * the people keep their outlines.
   */
  readonly replaced: Plane | null;
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
  const { begin, timings } = createStopwatch(options);
  requireShare('likeness', options.likeness);
  requireShare('tone', options.tone);
  requireShare('shape', options.shape);
  requireShare('strength', options.strength);
  begin('faces');
  const study = await studyPortrait(portrait, networks, options.faces);
  begin('reference');
  const painting = paintPortrait(seatPortrait(study, style), options, begin);
  begin('composite');
  const picture = finishPainting(painting, options);
  const warnings = [...style.warnings, ...warnAbout(study.faces), ...warnOfPoses(painting.sitting, options)];
  const replaced = painting.isWorn ? replacedBy(painting, options) : null;
  return { picture, faces: study.faces, timings: timings(), warnings, replaced };
}

/** A portrait before a style, whatever the settings: what is kept while only they change. */
export interface Sitting {
  readonly study: Study;
  readonly style: PreparedStyle;
  /** One for each face, in the order in which they are painted. */
  readonly people: readonly Person[];
  /** The reference's background for this portrait; made when first asked for. */
  background(): Backdrop | null;
  /** The portrait's own background without its people; made when first asked for. */
  scene(): Backdrop;
}

interface Person {
  readonly view: ReferenceView;
  /** Degrees by which the head is turned otherwise than the reference's. */
  readonly gap: number;
  /** As far as the portrait shows the person, */
  readonly own: Place;
  /** and as far as the reference's hair and costume may reach; made when first asked for. */
  wide(): Place & { readonly share: Plane };
}

interface Place {
  readonly cell: Cell;
  readonly canvas: Canvas;
}

/** What is worn reaches no further from the nose than so many eye distances. */
const WORN_REACH = 8;

export function seatPortrait(study: Study, style: PreparedStyle): Sitting {
  const { portrait, found, faces, matte } = study;
  const people: Person[] = [];
  let behind: (() => Backdrop) | undefined;
  for (const cell of divideAmongFaces(matte, found, MATTE_FLOOR)) {
    if (!faces.includes(cell.face)) continue;
    const facing = facingStyle(cell.face, style);
    const view = viewFor(cell.face, facing);
    const scale = canvasScale(cell.face, view);
    const wide = once(() => {
      const { share, ...whole } = widenCell(cell, matte, found, WORN_REACH);
      return { cell: whole, share, canvas: canvasOf(portrait, whole, scale) };
    });
    const gap = gapOf(cell.face, facing);
    people.push({ view, gap, own: { cell, canvas: canvasOf(portrait, cell, scale) }, wide });
    behind ??= () => ({ lab: backgroundFor(portrait, cell.face, facing, view, scale), cover: null });
  }
  return {
    study,
    style,
    people,
    background: once(() => behind?.() ?? null),
    scene: once(() => clearedScene(study)),
  };
}

/** A portrait repainted, before its composition. */
export interface Painting {
  readonly sitting: Sitting;
  readonly method: Method;
  readonly layers: readonly PlacedLayer[];
  /** Whether somebody wears the reference's hair or costume. */
  readonly isWorn: boolean;
}

/**
 * Repaints the faces of a portrait: what depends on likeness, tone, shape and quality, and not on background or strength.
 * @param begin called as each stage begins; what it throws ends the work
 */
export function paintPortrait(
  sitting: Sitting,
  { likeness, tone, shape = 0, quality }: Pick<StylizeOptions, 'likeness' | 'tone' | 'shape' | 'quality'>,
  begin: (stage: Stage) => void,
): Painting {
  const { style } = sitting;
  const method = methodAt({ likeness, tone, shape, quality });
  const layers = sitting.people.map((person) => {
    const fitted = fallBack(method, poseFallback(person.gap));
    if (shape > 0 && isWearable(style, person)) return dressPerson(person, shape, fitted, begin);
    return paintPerson(person, fitted, begin);
  });
  return {
    sitting,
    method,
    layers,
    isWorn: shape > 0 && sitting.people.some((person) => isWearable(style, person)),
  };
}

type Begin = (stage: Stage) => void;

function paintPerson({ own: { cell, canvas }, view }: Person, method: Method, begin: Begin): PlacedLayer {
  const layer = personLayer(canvas, view, guidePositions(canvas, view), method, begin);
  return { layer, rect: cell.rect, matte: cell.matte };
}

/** The person in the reference's hair and costume. */
function dressPerson({ wide, view }: Person, shape: number, method: Method, begin: Begin): PlacedLayer {
  const { cell, canvas, share } = wide();
  const guided = guidePositions(canvas, view);
  const painted = personLayer(canvas, view, guided, method, begin);
  const worn = wear(canvas, view, guided, painted, shape);
  const { width, height } = share;
  const matte = enlargeRows(worn.matte, width, height, 0, height);
  for (let i = 0; i < share.data.length; i++) matte.data[i] = clamp01(matte.data[i]) * share.data[i];
  return { layer: worn.layer, rect: cell.rect, matte };
}

/** The result, of the portrait's size. */
export function finishPainting(
  painting: Painting,
  { background: mode = 'style', strength = 1 }: Pick<StylizeOptions, 'background' | 'strength'>,
): Picture {
  const { sitting, method, layers } = painting;
  const { study, style } = sitting;
  return compose(study.portrait, {
    layers,
    background: backdropOf(painting, mode),
    mode,
    strength,
    palette: style.palette,
    paletteGain: method.paletteGain,
    skinSpared: {
      colour: method.skinSpared,
      lightness: 1 - (1 - method.skinSpared) * (1 - method.tone),
    },
  });
}

function backdropOf({ sitting, isWorn }: Painting, mode: BackgroundMode): Backdrop | null {
  if (mode === 'style') return sitting.background();
  // The outline of the portrait's own hair and clothes would show around what is worn.
  return mode === 'keep' && isWorn ? sitting.scene() : null;
}

function replacedBy(painting: Painting, { background = 'style' }: StylizeOptions): Plane {
  const { width, height } = painting.sitting.study.portrait;
  const replaced = createPlane(width, height, background === 'style' ? 1 : 0);
  if (background === 'style') return replaced;
  for (const { rect, matte } of painting.layers) {
    for (let y = 0, i = 0; y < rect.height; y++) {
      const row = (rect.y + y) * width + rect.x;
      for (let x = 0; x < rect.width; x++, i++) replaced.data[row + x] += matte.data[i];
    }
  }
  const cover = background === 'keep' ? painting.sitting.scene().cover : null;
  if (!cover) return replaced;
  const cleared = enlargeRows(cover, width, height, 0, height).data;
  for (let i = 0; i < cleared.length; i++) {
    replaced.data[i] += (1 - replaced.data[i]) * clamp01(cleared[i]);
  }
  return replaced;
}

function requireShare(name: string, value = 0): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`Expected 0..1 for ${name} but received ${value}.`);
}

/** How many times smaller than itself the portrait is painted for a face: 1, or less where the face is larger. */
export function paintingScale(face: Face, style: PreparedStyle): number {
  return canvasScale(face, viewFor(face, facingStyle(face, style)));
}

/** Differences (degrees) up to which a reference is taken as it is, and by which its mirror image must be better. */
const MIRRORED = { from: 18, gain: 12 } as const;

/** The style, or its mirror image where that is turned as the face is. */
function facingStyle(face: Face, style: PreparedStyle): PreparedStyle {
  const gap = gapOf(face, style);
  if (!style.mirrored || gap < MIRRORED.from) return style;
  const mirrored = style.mirrored();
  return gapOf(face, mirrored) < gap - MIRRORED.gain ? mirrored : style;
}

const gapOf = (face: Face, style: PreparedStyle) =>
  showsFace(style) ? poseGap(face.landmarks, style.face.landmarks) : 0;

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
  const painted = scale === 1 ? picture : resizePicture(picture, width, height);
  return {
    picture: painted,
    matte: small,
    landmarks,
    interocular: face.interocular * scale,
    segments: once(() => segmentPortrait(painted, landmarks, small)),
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

/** Makes a value when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const clamp01 = (value: number) => Math.min(1, Math.max(0, value));

function warnAbout(faces: readonly Face[]): string[] {
  return faces
    .filter(({ interocular }) => interocular < SMALL_FACE)
    .map(({ box }) => `A face only ${Math.round(box.width)} px wide shows little of the style.`);
}

/** A reference that is taken for its texture alone has nothing to wear. */
const showsFace = ({ face }: PreparedStyle) => face.score > 0;
const isWearable = (style: PreparedStyle, { gap }: Person) => showsFace(style) && gap <= WEARABLE;

function warnOfPoses({ style, people }: Sitting, { shape = 0 }: StylizeOptions): string[] {
  const nothing = shape > 0 && !showsFace(style);
  return [
    ...(nothing ? ['The reference shows no face, so its hair and clothes cannot be worn.'] : []),
    ...people.flatMap(({ gap }) => {
      const turned = `A face is turned ${Math.round(gap)}° away from the reference's`;
      const lessFeatures =
        poseFallback(gap) > 0 ? [`${turned}; it gets the texture, less of the features.`] : [];
      return shape > 0 && gap > WEARABLE ? [`${turned}; it keeps its own hair and clothes.`] : lessFeatures;
    }),
  ];
}
