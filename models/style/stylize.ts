/** Restyles a portrait from one prepared reference: faces, guides, field, vote, composite. */
import type { Face, FaceNetworks } from '../face/index.ts';
import { enlargeRows } from '../image/enlarge.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import type { Backdrop } from './background.ts';
import { compose, type PlacedLayer } from './compose.ts';
import { guidePositions, personLayer } from './person-layer.ts';
import { poseFallback } from './pose.ts';
import type { PreparedStyle } from './reference.ts';
import {
  type BackgroundMode,
  fallBack,
  type Method,
  methodAt,
  type Stage,
  type StylizeOptions,
} from './settings.ts';
import { isWearable, type Person, type Sitting, seatPortrait, warnAbout } from './sitting.ts';
import { createStopwatch } from './stopwatch.ts';
import { studyPortrait } from './study.ts';
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
  const warnings = [...style.warnings, ...warnAbout(painting.sitting, options.shape ?? 0)];
  const replaced = painting.isWorn ? replacedBy(painting, options) : null;
  return { picture, faces: study.faces, timings: timings(), warnings, replaced };
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
  const { style, people } = sitting;
  const isWorn = shape > 0 && people.some((person) => isWearable(style, person));
  const dressed = methodAt({ likeness, tone, shape, quality });
  const plain = methodAt({ likeness, tone, quality });
  const layers = people.map((person) => {
    const share = poseFallback(person.gap);
    return shape > 0 && isWearable(style, person)
      ? dressPerson(person, shape, fallBack(dressed, share), begin)
      : paintPerson(person, fallBack(plain, share), begin);
  });
  return { sitting, method: isWorn ? dressed : plain, layers, isWorn };
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

const clamp01 = (value: number) => Math.min(1, Math.max(0, value));
