/** A portrait before a style: who is painted from which view of the reference, at which size, and where. */
import type { Face } from '../face/index.ts';
import { segmentPortrait } from '../face/segments.ts';
import type { LabPlanes } from '../image/colour.ts';
import { cropPicture } from '../image/crop.ts';
import type { Picture, Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { type Backdrop, backgroundLayer, clearedScene } from './background.ts';
import { type Cell, divideAmongFaces, widenCell } from './cells.ts';
import { type Canvas, MATTE_FLOOR } from './person-layer.ts';
import { poseFallback, poseGap, WEARABLE } from './pose.ts';
import type { PreparedStyle, ReferenceView } from './reference.ts';
import type { Study } from './study.ts';

/** A face smaller than this (px between the outer eye corners) shows little of a style. */
const SMALL_FACE = 24;
/** A portrait whose face is hardly larger than the reference's is not shrunk for it. */
const NEARLY_EQUAL = 0.93;

/** What is kept while only the settings change. */
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

export interface Person {
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

/** A reference that is taken for its texture alone has nothing to wear. */
const showsFace = ({ face }: PreparedStyle) => face.score > 0;
export const isWearable = (style: PreparedStyle, { gap }: Person) => showsFace(style) && gap <= WEARABLE;

/** What a user should know of how portrait and style go together. */
export const warnAbout = (sitting: Sitting, shape: number): string[] => [
  ...warnOfSizes(sitting.study.faces),
  ...warnOfPoses(sitting, shape),
];

function warnOfSizes(faces: readonly Face[]): string[] {
  return faces
    .filter(({ interocular }) => interocular < SMALL_FACE)
    .map(({ box }) => `A face only ${Math.round(box.width)} px wide shows little of the style.`);
}

function warnOfPoses({ style, people }: Sitting, shape: number): string[] {
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
