/** Restyles a portrait from one prepared reference: faces, guides, painting, composition. */
import { compose, type Ground, type Layer, within } from '../composite/compose.ts';
import { type Face, type FaceNetworks, turnFace } from '../face/index.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import { resamplePlane } from '../image/resize.ts';
import { turnPicture, turnPlane } from '../image/turn.ts';
import type { Canvas } from './canvas.ts';
import { parametersFor } from './parameters-for.ts';
import { type PaintedPerson, paintPerson } from './person.ts';
import { isWearable, type Place, planRender, planWarnings, type RenderPlan, warnOfSizes } from './plan.ts';
import { analyzePortrait, type PortraitAnalysis, scaleAnalysis } from './portrait-analysis.ts';
import { type Proportioned, proportioned } from './proportioned.ts';
import type { PreparedStyle } from './reference.ts';
import { clamped } from './reference-view.ts';
import {
  type BackgroundMode,
  checkOptions,
  type Inspect,
  type Stage,
  type StylizeOptions,
} from './settings.ts';
import { enlargementOf, shrinkResult } from './small-portraits.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';
import type { UsedReference } from './used-reference.ts';

export { type PreparedStyle, prepareStyle } from './reference.ts';

/** A restyled portrait, and what was done to make it. */
export interface StylizeResult {
  /** Of the portrait's exact size. */
  readonly picture: Picture;
  /** The faces that were restyled, largest first, in pixels of the portrait as it was given. */
  readonly faces: readonly Face[];
  /** Milliseconds a stage. */
  readonly timings: Readonly<Partial<Record<Stage, number>>>;
  readonly warnings: readonly string[];
  /** Which part of the reference was used; null where that was its texture alone. */
  readonly reference: UsedReference | null;
  /** 0..1: how far the person's proportions were taken towards the reference's. */
  readonly proportions: number;
  /** 0..1, of the portrait's size: how much of each pixel is painted and not the portrait's. */
  readonly painted: Plane;
}

/**
 * @throws NO_FACE when the portrait shows none; NO_SUCH_FACE; CANCELLED when `options.signal` aborts; RangeError when a setting is out
 * of its range
 */
export async function stylize(
  portrait: Picture,
  style: PreparedStyle,
  networks: FaceNetworks,
  options: StylizeOptions = {},
): Promise<StylizeResult> {
  checkOptions(options);
  const stopwatch = createStopwatch(options);
  stopwatch.begin('faces');
  const sitter = await style.ofFace(options.referenceFace ?? 0);
  const analysis = await analyzePortrait(portrait, networks, options.faces);
  const changed = proportioned(analysis, sitter, options);
  const factor = enlargementOf(changed.analysis);
  const enlarged = { ...changed, analysis: scaleAnalysis(changed.analysis, factor) };
  const result = renderProportioned(enlarged, sitter, options, stopwatch);
  if (factor === 1) return result;
  const faces = facesAsGiven(changed.analysis);
  const warnings = [...result.warnings, ...warnOfSizes(faces)];
  return { ...result, ...atOwnSize(result, portrait, factor, options), faces, warnings };
}

type Composition = Pick<StylizeOptions, 'background' | 'strength'>;

/** A result `factor` times as large at the size of its portrait. */
const atOwnSize = (
  result: Pick<StylizeResult, 'picture' | 'painted'>,
  portrait: Picture,
  factor: number,
  { background, strength }: Composition,
) => shrinkResult(result, portrait, factor, { strength, isCutOut: background === 'transparent' });

/** The result of a painting that is `factor` times as large as its portrait, of the portrait's size. */
export function composeAtOwnSize(
  painting: Painting,
  portrait: Picture,
  factor: number,
  options: Composition,
): Picture {
  const picture = composePainting(painting, options);
  if (factor === 1) return picture;
  const painted = paintedShare(painting, options.background ?? 'style');
  return atOwnSize({ picture, painted }, portrait, factor, options).picture;
}

/** The rest of `stylize`, for a portrait whose faces are known and have their proportions. @throws CANCELLED */
export function renderProportioned(
  { analysis, proportions, warnings }: Proportioned,
  style: PreparedStyle,
  options: Omit<StylizeOptions, 'onProgress'>,
  { begin, timings }: Stopwatch,
): StylizeResult {
  begin('reference');
  const plan = planRender(analysis, style, planOptions(options));
  const painting = paintPeople(plan, options, begin);
  begin('composite');
  return {
    picture: composePainting(painting, options),
    faces: facesAsGiven(analysis),
    warnings: [...style.warnings, ...planWarnings(plan, options.shape ?? 0), ...warnings],
    reference: style.used,
    proportions,
    painted: paintedShare(painting, options.background ?? 'style'),
    timings: timings(),
  };
}

/** The faces that are restyled, where the portrait shows them that was given. */
export const facesAsGiven = ({ portrait, faces, quarters }: PortraitAnalysis): Face[] =>
  faces.map(({ parsing, ...face }) => turnFace(face, -quarters, portrait));

/** What of the settings decides where people are painted; a plan serves all others. */
export function planOptions(options: Pick<StylizeOptions, 'strokes' | 'quality'>) {
  return { strokes: options.strokes ?? 1, largestCanvas: parametersFor(options).largestCanvas };
}

/** A portrait's people painted, before their composition. */
export interface Painting {
  readonly plan: RenderPlan;
  readonly people: readonly (PaintedPerson & { readonly place: Place })[];
}

/**
 * Paints the faces of a portrait: what depends on likeness, tone, shape and quality, and not on background or strength.
 * @param begin called as each stage begins; what it throws ends the work
 */
export function paintPeople(
  plan: RenderPlan,
  options: Pick<StylizeOptions, 'likeness' | 'tone' | 'shape' | 'quality' | 'parameters' | 'inspect'>,
  begin: (stage: Stage) => void = () => undefined,
): Painting {
  const { shape = 0 } = options;
  const people = plan.people.map((person, i) => {
    const inspect: Inspect | undefined =
      options.inspect && ((name, picture) => options.inspect?.(`${i + 1}/${name}`, picture));
    const isWorn = shape > 0 && isWearable(person);
    const place = isWorn ? person.wide() : person.own();
    const ground = groundFor(place.canvas, plan);
    const parameters = parametersFor(isWorn ? options : { ...options, shape: 0 });
    return {
      ...paintPerson(place.canvas, person, ground, isWorn ? shape : 0, parameters, begin, inspect),
      place,
    };
  });
  return { plan, people };
}

/** The ground as a canvas shows it. */
export function groundFor(
  { rect, width, height }: Canvas,
  { analysis: { portrait }, ground }: RenderPlan,
): LabPlanes {
  const { lab } = ground();
  const part = within(rect, { x: 0, y: 0, width: portrait.width, height: portrait.height }, lab.l);
  const read = (plane: Plane) => resamplePlane(plane, part, width, height);
  return { l: read(lab.l), a: read(lab.a), b: read(lab.b) };
}

/** The result, of the portrait's size and turned as that was given. */
export function composePainting(
  painting: Painting,
  { background = 'style', strength = 1 }: Composition,
): Picture {
  const { portrait, quarters } = painting.plan.analysis;
  const upright = compose(portrait, {
    layers: painting.people.map((person) => layerOf(person, background)),
    ground: groundOf(painting, background),
    transparent: background === 'transparent',
    strength,
  });
  return turnPicture(upright, -quarters);
}

/** Before the reference's ground a person ends where its strokes end, else at the matte. */
function layerOf(
  { lab, coverage, silhouette, place }: Painting['people'][number],
  background: BackgroundMode,
): Layer {
  const { canvas, rect, matte, share } = place;
  if (background !== 'style' && !silhouette) return { lab, rect: canvas.rect, alpha: matte, alphaRect: rect };
  const alpha = background === 'style' ? coverage : (silhouette?.matte ?? coverage);
  if (!share) return { lab, rect: canvas.rect, alpha, alphaRect: canvas.rect };
  const { width, height } = share;
  const own = clamped(resamplePlane(alpha, within(rect, canvas.rect, alpha), width, height));
  for (let i = 0; i < own.data.length; i++) own.data[i] *= share.data[i];
  return { lab, rect: canvas.rect, alpha: own, alphaRect: rect };
}

function groundOf({ plan, people }: Painting, background: BackgroundMode): Ground | null {
  if (background === 'style') return plan.ground();
  // The outline of the portrait's own hair and clothes would show around what is worn.
  return background === 'keep' && people.some(({ silhouette }) => silhouette) ? plan.cleared() : null;
}

function paintedShare(painting: Painting, background: BackgroundMode): Plane {
  const { portrait, quarters } = painting.plan.analysis;
  const upright =
    background === 'style'
      ? createPlane(portrait.width, portrait.height, 1)
      : sumOfLayers(painting, background, portrait);
  return turnPlane(upright, -quarters);
}

function sumOfLayers(
  painting: Painting,
  background: BackgroundMode,
  { width, height }: Pick<Picture, 'width' | 'height'>,
): Plane {
  const whole = { x: 0, y: 0, width, height };
  const sum = createPlane(width, height);
  const add = (plane: Plane) => {
    for (let i = 0; i < sum.data.length; i++)
      sum.data[i] += (1 - sum.data[i]) * Math.min(1, Math.max(0, plane.data[i]));
  };
  for (const person of painting.people) {
    const { alpha, alphaRect } = layerOf(person, background);
    add(resampleInside(alpha, within(whole, alphaRect, alpha), width, height));
  }
  const cover = groundOf(painting, background)?.cover;
  if (cover) add(resamplePlane(cover, within(whole, whole, cover), width, height));
  return sum;
}

/** As `resamplePlane`, and 0 where the rectangle reaches past the plane. */
function resampleInside(
  plane: Plane,
  rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  width: number,
  height: number,
): Plane {
  const out = resamplePlane(plane, rect, width, height);
  for (let y = 0, i = 0; y < height; y++) {
    const v = rect.y + ((y + 0.5) * rect.height) / height;
    for (let x = 0; x < width; x++, i++) {
      const u = rect.x + ((x + 0.5) * rect.width) / width;
      if (u < 0 || v < 0 || u > plane.width || v > plane.height) out.data[i] = 0;
    }
  }
  return out;
}
