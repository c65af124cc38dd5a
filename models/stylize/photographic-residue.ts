/** How much photograph is left in the finest detail of a result. */
import type { Face } from '../face/index.ts';
import { gaussianBlur } from '../image/blur.ts';
import { labPlanes } from '../image/colour.ts';
import { explainedShare } from '../image/explained-share.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import { featurePlane } from './features.ts';

/**
 * Sigma (eye distances) of the Gaussian over which detail is fine: some 2 mm on a face. Pores, stubble, single hairs, and
 * the small shading of folds are finer, strokes of a brush and the forms that make a likeness are coarser.
 */
const FINE = 0.025;
/** Edge of a window, eye distances: one gain for an eyelid's or a nostril's surroundings, some 100 independent values. */
const WINDOW = 0.25;
/** So far from the person's outline (in units of FINE) detail is left out: an outline is not photography. */
const MARGIN = 3;
/** The value of a blurred mask one sigma inside a straight edge. */
const ONE_SIGMA_INSIDE = 0.84;

/** What the residue takes from the portrait. */
export interface FineDetail {
  /** Lightness less its blur, L* units. */
  readonly band: Plane;
  /** 0..1, inside the person and outside the features of the face. */
  readonly weights: Plane;
}

/** @param matte how much of each pixel is person, 0..1 */
export function fineDetail(portrait: Picture, { landmarks, interocular }: Face, matte: Plane): FineDetail {
  const { width, height } = portrait;
  const sigma = fineSigma(interocular);
  const person = { ...matte, data: matte.data.map((value) => (value > 0.5 ? 1 : 0)) };
  const deep = gaussianBlur(person, MARGIN * sigma);
  const features = featurePlane(width, height, landmarks, interocular);
  const weights = createPlane(width, height);
  for (let i = 0; i < weights.data.length; i++) {
    weights.data[i] = deep.data[i] > ONE_SIGMA_INSIDE ? 1 - features.data[i] : 0;
  }
  return { band: fineBand(portrait, sigma), weights };
}

/**
 * The share (0..1) of the result's fine detail that the portrait's explains, in the person, outside the features of the
 * face: the portrait itself is 1, a picture that has nothing to do with it 0. See image/explained-share.ts.
 *
 * @param result of the portrait's size and framing
 */
export function photographicResidue(result: Picture, { interocular }: Face, portrait: FineDetail): number {
  const band = fineBand(result, fineSigma(interocular));
  return explainedShare(band, portrait.band, portrait.weights, WINDOW * interocular);
}

const fineSigma = (interocular: number) => Math.max(1, FINE * interocular);

function fineBand(picture: Picture, sigma: number): Plane {
  const { l } = labPlanes(picture);
  const smooth = gaussianBlur(l, sigma).data;
  return { ...l, data: l.data.map((value, i) => value - smooth[i]) };
}
