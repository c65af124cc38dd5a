/** A portrait before a style: who is painted from which view of the reference, at which size, and where. */
import type { Ground } from '../composite/compose.ts';
import type { Face } from '../face/index.ts';
import type { Plane, Rect } from '../image/picture.ts';
import { lazy } from '../lazy.ts';
import { type Canvas, createCanvas } from './canvas.ts';
import { warningsOf } from './covered.ts';
import { divideAmongFaces, type FaceCell, MATTE_FLOOR, widenCell } from './divide-faces.ts';
import { clearedGround, referenceGround } from './ground.ts';
import type { ParsedFace, PortraitAnalysis } from './portrait-analysis.ts';
import { poseFallback, poseGap, WEARABLE } from './pose.ts';
import type { PreparedStyle } from './reference.ts';
import type { ReferenceView } from './reference-view.ts';

/** What is kept while only the settings change. */
export interface RenderPlan {
  readonly analysis: PortraitAnalysis;
  readonly style: PreparedStyle;
  readonly options: PlanOptions;
  /** One for each face. */
  readonly people: readonly PersonPlan[];
  /** The reference's background for this portrait; made when first asked for. */
  ground(): Ground;
  /** The portrait's own background without its people; made when first asked for. */
  cleared(): Ground;
}

/** At which size the reference and a portrait meet, and how the reference is turned for it. */
export interface PersonSize {
  /** px of the view a px of the reference. */
  readonly viewScale: number;
  /** Radians clockwise. */
  readonly turn: number;
  /** px of the canvas a px of the portrait. */
  readonly scale: number;
}

export interface PersonPlan extends PersonSize {
  readonly face: ParsedFace;
  readonly style: PreparedStyle;
  readonly view: ReferenceView;
  /** Degrees by which the head is turned otherwise than the reference's. */
  readonly gap: number;
  /** As far as the portrait shows the person; made when first asked for. */
  own(): Place;
  /** As far as the reference's hair and costume may reach; made when first asked for. */
  wide(): Place;
}

export interface Place {
  readonly canvas: Canvas;
  /** In whole pixels of the portrait. */
  readonly rect: Rect;
  /** The person, at the size of `rect`. */
  readonly matte: Plane;
  /** 0..1: how far a pixel is this face's and not another's, at the size of `rect`; null for the only face. */
  readonly share: Plane | null;
}

/** What decides the size at which a portrait is painted. */
export interface PlanOptions {
  readonly strokes: number;
  /** Longest side (px) of a canvas. */
  readonly largestCanvas: number;
}

/** What is worn reaches no further from the nose than so many eye distances. */
const WORN_REACH = 8;

export function planRender(
  analysis: PortraitAnalysis,
  style: PreparedStyle,
  options: PlanOptions,
): RenderPlan {
  const { portrait, found, faces, matte } = analysis;
  const people = divideAmongFaces(matte, found, MATTE_FLOOR).flatMap((cell) => {
    const face = faces.find((one) => one === cell.face);
    return face ? [planPerson(analysis, face, cell, style, options)] : [];
  });
  return {
    analysis,
    style,
    options,
    people,
    ground: lazy(() => {
      const [{ face, style: facing, view, own }] = people;
      const reference = view.interocular / facing.face.interocular;
      return referenceGround(portrait, face, facing, own().canvas.scale, reference);
    }),
    cleared: lazy(() => clearedGround(analysis)),
  };
}

function planPerson(
  analysis: PortraitAnalysis,
  face: ParsedFace,
  cell: FaceCell,
  style: PreparedStyle,
  options: PlanOptions,
): PersonPlan {
  const facing = facingStyle(face, style);
  return planAt(analysis, face, cell, facing, sizeOf(face, cell, facing, options));
}

/** The plan of somebody at a size that is known. @param style as the face is turned */
export function planAt(
  { portrait, found, matte }: Pick<PortraitAnalysis, 'portrait' | 'found' | 'matte'>,
  face: ParsedFace,
  cell: FaceCell,
  style: PreparedStyle,
  { viewScale, turn, scale }: PersonSize,
): PersonPlan {
  return {
    ...{ face, style, viewScale, turn, scale },
    view: style.view(viewScale, turn),
    gap: gapOf(face, style),
    own: lazy(() => ({
      canvas: createCanvas(portrait, face, cell.rect, fullSize(cell, portrait), scale),
      rect: cell.rect,
      matte: cell.matte,
      share: null,
    })),
    wide: lazy(() => {
      const wide = widenCell(cell, matte, found, WORN_REACH);
      return {
        canvas: createCanvas(portrait, face, wide.rect, fullSize(wide, portrait), scale),
        ...wide,
        share: found.length > 1 ? wide.share : null,
      };
    }),
  };
}

/** A matte of part of the portrait at the portrait's size. */
export function fullSize(
  { rect, matte }: Pick<FaceCell, 'rect' | 'matte'>,
  { width, height }: { width: number; height: number },
): Plane {
  const data = new Float32Array(width * height);
  for (let y = 0; y < rect.height; y++) {
    const row = matte.data.subarray(y * rect.width, (y + 1) * rect.width);
    data.set(row, (rect.y + y) * width + rect.x);
  }
  return { width, height, data };
}

/** A portrait whose face is hardly larger than the reference's is not shrunk for it. */
const NEARLY_EQUAL = 0.93;

/** The size that a face is painted at. @param style as the face is turned */
export const sizeOf = (
  face: Face,
  { rect: { width, height } }: Pick<FaceCell, 'rect'>,
  style: PreparedStyle,
  options: PlanOptions,
): PersonSize => sizeFor(face, Math.max(width, height), style, options);

/** The scale at which a face is painted, at most 1, and the view whose strokes then have the wanted size. */
function sizeFor(
  face: Face,
  longest: number,
  style: PreparedStyle,
  { strokes, largestCanvas }: PlanOptions,
): PersonSize {
  const difference = face.angle - style.face.angle;
  const turn = Math.atan2(Math.sin(difference), Math.cos(difference)); // into -π..π
  const most = Math.min(1, largestCanvas / longest);
  const { interocular } = style.view((face.interocular * strokes * most) / style.face.interocular, turn);
  const scale = interocular / (face.interocular * strokes);
  return {
    viewScale: interocular / style.face.interocular,
    turn,
    scale: most === 1 && scale >= NEARLY_EQUAL ? 1 : Math.min(scale, most),
  };
}

/** How many times smaller than itself the portrait is painted for a face: 1, or less where the face is larger. */
export function paintingScale(face: Face, style: PreparedStyle, options: PlanOptions): number {
  return sizeFor(face, 1, facingStyle(face, style), options).scale;
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

/** A reference that is taken for its texture alone has nothing to wear. */
export const showsFace = ({ face }: PreparedStyle) => face.score > 0;
export const isWearable = ({ style, gap }: PersonPlan) => showsFace(style) && gap <= WEARABLE;

/** A face smaller than this (px between the outer eye corners) shows little of a style. */
const SMALL_FACE = 24;

/** What a user should know of how portrait and style go together. */
export const planWarnings = (plan: RenderPlan, shape: number): string[] => [
  ...warnOfSizes(plan.analysis.faces),
  ...warnOfPoses(plan, shape),
  ...plan.people.flatMap(({ own }) => warningsOf(own().canvas.regions.covered)),
];

/** Of faces in pixels of the result. */
export function warnOfSizes(faces: readonly Face[]): string[] {
  return faces
    .filter(({ interocular }) => interocular < SMALL_FACE)
    .map(({ box }) => `A face only ${Math.round(box.width)} px wide shows little of the style.`);
}

function warnOfPoses({ style, people }: RenderPlan, shape: number): string[] {
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
