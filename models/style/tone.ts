import { SEGMENT_NAMES, type Segments } from '../face/segments.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import {
  applyTone,
  IDENTITY_TONES,
  type LightnessHistogram,
  lightnessHistogram,
  matchTones,
  mixTones,
  type ToneCurve,
} from '../synthesis/tone-curve.ts';

/** A segment smaller than this share of the picture has no distribution worth matching. */
const SMALLEST_SHARE = 0.003;

export interface MatchedLightness {
  /** With the reference's distribution, segment by segment: what guides are compared by. */
  readonly matched: Plane;
  /** With part of the portrait's own tones kept: what the result should have. */
  readonly wanted: Plane;
}

/**
 * The lightness a portrait has once its segments take the tones of the reference's segments.
 * @param references one histogram a segment, in the order of SEGMENT_NAMES
 * @param ownTone 0..1, how much of their own tones hair and clothes keep in `wanted`
 */
export function matchLightness(
  lightness: Plane,
  segments: Segments,
  references: readonly LightnessHistogram[],
  referencePixels: number,
  ownTone: number,
): MatchedLightness {
  const { width, height } = lightness;
  const pixels = width * height;
  const curves = SEGMENT_NAMES.map((name, k): ToneCurve => {
    const own = lightnessHistogram(lightness, segments[name]);
    const isPresent = own.total > SMALLEST_SHARE * pixels && references[k].total > SMALLEST_SHARE * referencePixels;
    return isPresent ? matchTones(own, references[k]) : IDENTITY_TONES;
  });
  return {
    matched: applyCurves(lightness, segments, curves),
    wanted: applyCurves(
      lightness,
      segments,
      curves.map((curve, k) => (SEGMENT_NAMES[k] === 'skin' ? curve : mixTones(curve, IDENTITY_TONES, ownTone))),
    ),
  };
}

/** Each pixel through the curves of the person's segments, mixed by their shares. */
function applyCurves(lightness: Plane, { skin, hair, clothes }: Segments, curves: readonly ToneCurve[]): Plane {
  const { width, height } = lightness;
  const planes = [skin.data, hair.data, clothes.data];
  const out = createPlane(width, height);
  for (let i = 0; i < out.data.length; i++) {
    const value = lightness.data[i];
    let sum = 0;
    let shares = 0;
    for (let k = 0; k < planes.length; k++) {
      const share = planes[k][i];
      if (share < 0.004) continue;
      sum += share * applyTone(curves[k + 1], value);
      shares += share;
    }
    out.data[i] = shares > 0 ? sum / shares : value;
  }
  return out;
}
