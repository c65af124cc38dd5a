/** Restyles a portrait from one prepared reference: faces, guides, field, vote, composite. */
import type { Face, FaceNetworks } from '../face/index.ts';
import { segmentPortrait } from '../face/segments.ts';
import type { LabPlanes } from '../image/colour.ts';
import { cropPicture } from '../image/crop.ts';
import type { Picture } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { backgroundLayer } from './background.ts';
import { type Cell, divideAmongFaces } from './cells.ts';
import { compose, type PlacedLayer } from './compose.ts';
import { type Canvas, MATTE_FLOOR, type PersonLayer, personLayer } from './person-layer.ts';
import type { PreparedStyle, ReferenceView } from './reference.ts';
import { type Method, methodAt, type Stage, type StylizeOptions } from './settings.ts';
import { createStopwatch } from './stopwatch.ts';
import { type Study, studyPortrait } from './study.ts';

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
  const { begin, timings } = createStopwatch(options);
  requireShare('likeness', options.likeness);
  requireShare('tone', options.tone);
  requireShare('strength', options.strength);
  begin('faces');
  const study = await studyPortrait(portrait, networks, options.faces);
  begin('reference');
  const painting = paintPortrait(seatPortrait(study, style), options, begin);
  begin('composite');
  const picture = finishPainting(painting, options);
  const warnings = [...style.warnings, ...warnAbout(study.faces)];
  return { picture, faces: study.faces, timings: timings(), warnings };
}

/** A portrait before a style, whatever the settings: what is kept while only they change. */
export interface Sitting {
  readonly study: Study;
  readonly style: PreparedStyle;
  /** One for each face, in the order in which they are painted. */
  readonly people: readonly Person[];
  /** The reference's background for this portrait; made when first asked for. */
  background(): LabPlanes | null;
}

interface Person {
  readonly cell: Cell;
  readonly view: ReferenceView;
  readonly canvas: Canvas;
}

export function seatPortrait(study: Study, style: PreparedStyle): Sitting {
  const { portrait, found, faces, matte } = study;
  const people: Person[] = [];
  let behind: (() => LabPlanes) | undefined;
  for (const cell of divideAmongFaces(matte, found, MATTE_FLOOR)) {
    if (!faces.includes(cell.face)) continue;
    const view = viewFor(cell.face, style);
    const scale = canvasScale(cell.face, view);
    people.push({ cell, view, canvas: canvasOf(portrait, cell, scale) });
    behind ??= () => backgroundFor(portrait, cell.face, style, view, scale);
  }
  return { study, style, people, background: once(() => behind?.() ?? null) };
}

/** A portrait repainted, before its composition. */
export interface Painting {
  readonly sitting: Sitting;
  readonly method: Method;
  readonly layers: readonly PlacedLayer[];
}

/**
 * Repaints the faces of a portrait: what depends on likeness and tone, and not on background or strength.
 * @param begin called as each stage begins; what it throws ends the work
 */
export function paintPortrait(
  sitting: Sitting,
  { likeness, tone }: Pick<StylizeOptions, 'likeness' | 'tone'>,
  begin: (stage: Stage) => void,
): Painting {
  const method = methodAt(likeness, tone);
  const layers = sitting.people.map(({ cell, view, canvas }) => {
    const layer: PersonLayer = personLayer(canvas, view, method, begin);
    return { layer, rect: cell.rect, matte: cell.matte };
  });
  return { sitting, method, layers };
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
    background: mode === 'style' ? sitting.background() : null,
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

function requireShare(name: string, value = 0): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`Expected 0..1 for ${name} but received ${value}.`);
}

/** How many times smaller than itself the portrait is painted for a face: 1, or less where the face is larger. */
export function paintingScale(face: Face, style: PreparedStyle): number {
  return canvasScale(face, viewFor(face, style));
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
