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

/** How much of the portrait's own lightness each segment keeps; the rest is the reference's distribution. */
const OWN_TONE = { background: 1, skin: 0, hair: 0.4, clothes: 0.4 } as const;
/** A segment smaller than this share of the picture has no distribution worth matching. */
const SMALLEST_SHARE = 0.003;

/**
 * The lightness a portrait has once its segments take the tones of the reference's segments.
 * @param references one histogram a segment, in the order of SEGMENT_NAMES
 */
export function matchLightness(
  lightness: Plane,
  segments: Segments,
  references: readonly LightnessHistogram[],
  referencePixels: number,
): Plane {
  const { width, height } = lightness;
  const pixels = width * height;
  const curves = SEGMENT_NAMES.map((name, k): ToneCurve => {
    const own = lightnessHistogram(lightness, segments[name]);
    const isPresent =
      own.total > SMALLEST_SHARE * pixels && references[k].total > SMALLEST_SHARE * referencePixels;
    return isPresent
      ? mixTones(matchTones(own, references[k]), IDENTITY_TONES, OWN_TONE[name])
      : IDENTITY_TONES;
  });
  const planes = SEGMENT_NAMES.map((name) => segments[name].data);
  const matched = createPlane(width, height);
  for (let i = 0; i < pixels; i++) {
    let sum = 0;
    for (let k = 0; k < planes.length; k++) {
      const share = planes[k][i];
      if (share > 0.004) sum += share * applyTone(curves[k], lightness.data[i]);
    }
    matched.data[i] = sum;
  }
  return matched;
}
