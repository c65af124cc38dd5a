import { faceMask } from '../face/index.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { SEGMENT_NAMES, type Segments } from '../segment/segments.ts';
import {
  applyTone,
  IDENTITY_TONES,
  type LightnessHistogram,
  lightnessHistogram,
  matchTones,
  type ToneCurve,
  totalOf,
} from './tone-curve.ts';

/** A segment's share of a pixel below which it does not count. */
const FAINTEST = 0.004;
/** Steepest tone curves: folds of a plain shirt must not become a pattern. */
const STEEPEST = { background: 1, skin: 1.6, hair: 1.6, clothes: 1 } as const;
/** A segment of fewer pixels has no distribution worth matching. */
const FEWEST = 200;

/** 0..1: how much of their own tones the segments keep; the rest is the reference's. */
export type KeptTones = Readonly<Record<'skin' | 'hair' | 'clothes', number>>;

export interface MatchedLightness {
  /** With the reference's distribution, segment by segment: what guides are compared by. */
  readonly matched: Plane;
  /** With part of the portrait's own tones kept: what the result should have. */
  readonly wanted: Plane;
}

/**
 * The tones of each segment, in the order of SEGMENT_NAMES. For skin only the face counts: its light falls alike in
 * every portrait, and ears, neck and the shade of hair would widen the range.
 * @param landmarks 468 · 3 coordinates in pixels
 */
export function measureTones(
  lightness: Plane,
  segments: Segments,
  landmarks: Float32Array,
): LightnessHistogram[] {
  const face = faceMask(landmarks, lightness.width, lightness.height, 0);
  for (let i = 0; i < face.data.length; i++) face.data[i] *= segments.skin.data[i];
  return SEGMENT_NAMES.map((name) => lightnessHistogram(lightness, name === 'skin' ? face : segments[name]));
}

/**
 * The lightness a portrait has once its segments take the tones of the reference's segments.
 * @param own and @param references from `measureTones`
 * @param kept what `wanted` keeps
 */
export function matchLightness(
  lightness: Plane,
  segments: Segments,
  own: readonly LightnessHistogram[],
  references: readonly LightnessHistogram[],
  kept: KeptTones,
): MatchedLightness {
  const curves = own.map((tones, k): ToneCurve => {
    const isEnough = Math.min(totalOf(tones), totalOf(references[k])) > FEWEST;
    return isEnough ? matchTones(tones, references[k], STEEPEST[SEGMENT_NAMES[k]]) : IDENTITY_TONES;
  });
  return applyCurves(lightness, segments, curves, kept);
}

/** Each pixel through the curves of the person's segments, mixed by their shares. */
function applyCurves(
  lightness: Plane,
  segments: Segments,
  curves: readonly ToneCurve[],
  kept: KeptTones,
): MatchedLightness {
  const { width, height } = lightness;
  const matched = createPlane(width, height);
  const wanted = createPlane(width, height);
  for (let i = 0; i < matched.data.length; i++) {
    const value = lightness.data[i];
    let [shares, mapped, mixed] = [0, 0, 0];
    for (const [k, name] of PERSON) {
      const share = segments[name].data[i];
      if (share <= FAINTEST) continue;
      const tone = applyTone(curves[k], value);
      shares += share;
      mapped += share * tone;
      mixed += share * (tone + kept[name] * (value - tone));
    }
    matched.data[i] = shares > 0 ? mapped / shares : value;
    wanted.data[i] = shares > 0 ? mixed / shares : value;
  }
  return { matched, wanted };
}

const PERSON = (['skin', 'hair', 'clothes'] as const).map(
  (name) => [SEGMENT_NAMES.indexOf(name), name] as const,
);
