/**
 * The reference's hair and costume worn by the person of a canvas, as FaceBlit (Texler et al. 2021) does. The whole
 * reference is bent so that its face lies under the portrait's; the repainted face is set into it.
 */
import { facePositions } from '../face/face-frame.ts';
import { contourMask, FOREHEAD, faceMask } from '../face/index.ts';
import type { Segments } from '../face/segments.ts';
import { gaussianBlur } from '../image/blur.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { maskedBlur } from '../synthesis/bands.ts';
import type { PositionMap } from '../synthesis/moving-least-squares.ts';
import { mirrorInto } from '../synthesis/retarget.ts';
import { sampleCubic, sampleLinear } from '../synthesis/sample.ts';
import type { Canvas, PersonLayer } from './person-layer.ts';
import type { ReferenceView } from './reference.ts';

/** A person and how much of each pixel is that person; planes of the canvas's size. */
export interface WornLayer {
  readonly layer: PersonLayer;
  readonly matte: Plane;
}

/** Softness of the edge of the face that is set in, in eye distances. */
const EDGE = 0.05;
/** The edge lies where the softened mask is half of one over this: outside of the mesh, which is a little narrow. */
const GROWTH = 3;
/** So far (eye distances) past its sides and its top the reference goes on, mirrored, while it fades out; */
const FADE = 0.1;
/** and above its lower border it goes over into the person's own clothes, which begin below this. */
const HEM = 0.2;
const OWN_CLOTHES = 1.2;
/** Where a side cuts off a shoulder they begin this far from it. */
const SLEEVE = 0.4;
/** Sigma (eye distances) by which strands of the portrait's own hair on the forehead are covered. */
const STRANDS = 0.04;
/** Sigma (eye distances) of the shade that the face takes over from its new surroundings. */
const SHADE = 0.2;

/** The shapes at which the costume and then the hair begin to be put on, and how long that takes: two of either are a ghost. */
const [COSTUME, HAIR, CHANGE] = [0.2, 0.7, 0.1];

/**
 * @param shape 0..1: the costume is put on around a quarter, the hair around three quarters
 * @param guided for each pixel of the canvas the place in the view that the landmarks give it
 * @param painted the canvas repainted in its own shape
 */
export function wear(
  canvas: Canvas,
  view: ReferenceView,
  guided: PositionMap,
  painted: PersonLayer,
  shape: number,
): WornLayer {
  const { width, height } = canvas.matte;
  const draped = drape(view, guided);
  const places = facePositions(canvas.landmarks, width, height);
  const face = faceInset(canvas, draped, places);
  matchSkin(draped, painted, face);
  const lab = shadeRim(painted.lab, draped.lab, face, places.radius, canvas.interocular);
  const dressed = dress(canvas, draped, { ...painted, lab }, face, places.y);
  if (shape >= HAIR + CHANGE) return dressed;
  const share = wornShare(canvas.segments(), draped, places.y, shape);
  return mix({ layer: painted, matte: canvas.matte }, dressed, share);
}

/** The reference in the shape of the canvas. */
interface Draped {
  readonly lab: LabPlanes;
  /** 0..1, like skin and hair, which are parts of it. */
  readonly person: Plane;
  readonly skin: Plane;
  readonly hair: Plane;
  /** 0..1: 0 where the reference does not reach. */
  readonly reach: Plane;
  /** 0..1: how much of what is not covered is the person's own. */
  readonly own: Plane;
}

function drape(view: ReferenceView, position: PositionMap): Draped {
  const { segments } = view;
  const all = readThrough(position, sumOf(Object.values(segments)));
  const background = readThrough(position, segments.background);
  const { borderBackground, reach, own } = endings(view, position);
  const person = createPlane(all.width, all.height);
  for (let i = 0; i < person.data.length; i++) {
    person.data[i] = Math.max(0, all.data[i] - Math.max(borderBackground.data[i], background.data[i]));
    // A turned view shows nothing of the reference in its corners.
    reach.data[i] *= smooth((all.data[i] - 0.5) * 2);
  }
  const { l, a, b } = view.lab;
  return {
    lab: { l: readFinely(position, l), a: readFinely(position, a), b: readFinely(position, b) },
    person,
    skin: readThrough(position, segments.skin),
    hair: readThrough(position, segments.hair),
    reach,
    own,
  };
}

/** A plane of the view in the shape of the canvas; mirrored beyond its borders. */
function readThrough({ x, y }: PositionMap, { data, width: w, height: h }: Plane): Plane {
  const out = createPlane(x.width, x.height);
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = sampleLinear(data, w, h, mirrorInto(x.data[i], w), mirrorInto(y.data[i], h));
  }
  return out;
}

/** The same with the crispness of the reference. */
function readFinely({ x, y }: PositionMap, { data, width: w, height: h }: Plane): Plane {
  const out = createPlane(x.width, x.height);
  for (let i = 0; i < out.data.length; i++) {
    const [u, v] = [mirrorInto(x.data[i], w), mirrorInto(y.data[i], h)];
    const isDeep = u >= 1 && v >= 1 && u < w - 2 && v < h - 2;
    out.data[i] = isDeep ? sampleCubic(data, w, u, v) : sampleLinear(data, w, h, u, v);
  }
  return out;
}

/** How the reference ends at its borders, what goes on there, and the background nearest to each pixel on them. */
function endings(
  { segments: { background }, interocular }: ReferenceView,
  { x, y }: PositionMap,
): { readonly borderBackground: Plane; readonly reach: Plane; readonly own: Plane } {
  const plane = () => createPlane(x.width, x.height);
  const [borderBackground, reach, own] = [plane(), plane(), plane()];
  const { data, width: w, height: h } = background;
  for (let i = 0; i < reach.data.length; i++) {
    const [u, v] = [x.data[i], y.data[i]];
    const beyond = Math.max(0, -u, -v, u - w + 1) / interocular;
    const above = (h - 1 - v) / interocular;
    reach.data[i] = (1 - smooth(beyond / FADE)) * smooth(above / HEM);
    const inside = Math.min(u, w - 1 - u) / interocular;
    const cut = 1 - sampleLinear(data, w, h, u < w / 2 ? 0 : w - 1, mirrorInto(v, h));
    own.data[i] = 1 - smooth(above / OWN_CLOTHES) * (1 - cut * (1 - smooth(inside / SLEEVE)));
    borderBackground.data[i] = sampleLinear(data, w, h, clamp(u, w - 1), clamp(v, h - 1));
  }
  return { borderBackground, reach, own };
}

function sumOf(planes: readonly Plane[]): Plane {
  const sum = createPlane(planes[0].width, planes[0].height);
  for (const { data } of planes) for (let i = 0; i < data.length; i++) sum.data[i] += data[i];
  return sum;
}

const CHANNELS = ['l', 'a', 'b'] as const;

const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value));

/** 0 below 0, 1 above 1, smooth between. */
function smooth(t: number): number {
  const s = clamp(t, 1);
  return s * s * (3 - 2 * s);
}

/** Where the repainted face goes: the face without hair over it, of the reference or of the portrait. */
function faceInset(
  { landmarks, interocular, segments }: Canvas,
  { hair: wornHair }: Draped,
  { y, radius }: { readonly y: Plane; readonly radius: Plane },
): Plane {
  const strands = spread(segments().hair, STRANDS * interocular);
  const forehead = contourMask(landmarks, FOREHEAD, y.width, y.height, EDGE * 0.4 * interocular);
  const mask = faceMask(landmarks, y.width, y.height, EDGE * interocular);
  for (let i = 0; i < mask.data.length; i++) {
    mask.data[i] = Math.min(1, GROWTH * mask.data[i]);
    if (mask.data[i] < 1e-3) continue;
    // Brows and beards count as hair, too, and belong to the face.
    const beside = smooth((radius.data[i] - 0.72) / 0.15) * smooth((0.3 - y.data[i]) / 0.1);
    const over = Math.max(forehead.data[i], beside) * Math.max(wornHair.data[i], strands.data[i]);
    mask.data[i] *= 1 - Math.min(1, over);
  }
  return mask;
}

/** A mask grown by about `sigma` px, with soft edges. */
function spread(mask: Plane, sigma: number): Plane {
  const wide = gaussianBlur(mask, sigma);
  for (let i = 0; i < wide.data.length; i++) wide.data[i] = Math.min(1, 3 * wide.data[i]);
  return wide;
}

/** Gives the reference's skin the mean colour of the repainted face. */
function matchSkin({ lab, skin }: Draped, painted: PersonLayer, face: Plane): void {
  for (const channel of CHANNELS) {
    let [own, worn, sum] = [0, 0, 0];
    for (let i = 0; i < skin.data.length; i++) {
      const weight = face.data[i] * skin.data[i] * painted.skin.data[i];
      own += weight * painted.lab[channel].data[i];
      worn += weight * lab[channel].data[i];
      sum += weight;
    }
    const shift = sum > 0 ? (own - worn) / sum : 0;
    for (let i = 0; i < skin.data.length; i++) lab[channel].data[i] += skin.data[i] * shift;
  }
}

/** The repainted face with the broad light of what surrounds it, towards its rim. */
function shadeRim(
  painted: LabPlanes,
  worn: LabPlanes,
  face: Plane,
  radius: Plane,
  interocular: number,
): LabPlanes {
  const blur = maskedBlur(face, SHADE * interocular);
  const shade = (channel: (typeof CHANNELS)[number]): Plane => {
    const [from, to] = [blur(painted[channel]), blur(worn[channel])];
    const out = createPlane(radius.width, radius.height);
    for (let i = 0; i < out.data.length; i++) {
      const rim = face.data[i] > 0 ? smooth((radius.data[i] - 0.75) / 0.25) : 0;
      out.data[i] = painted[channel].data[i] + rim * (to.data[i] - from.data[i]);
    }
    return out;
  };
  return { l: shade('l'), a: shade('a'), b: shade('b') };
}

/** From the face's height on that is 0 to the one that is 1 a person is dressed; in face heights below the middle. */
const CHIN = { begins: 0.4, complete: 0.6 } as const;
const belowChin = (y: number) => smooth((y - CHIN.begins) / (CHIN.complete - CHIN.begins));

/** The face over the worn reference over what the person wears where the reference does not reach: below the chin. */
function dress(canvas: Canvas, draped: Draped, painted: PersonLayer, face: Plane, y: Plane): WornLayer {
  const { hair } = canvas.segments();
  const result = emptyLayer(y.width, y.height, painted.lightness);
  for (let i = 0; i < y.data.length; i++) {
    const f = face.data[i];
    const worn = (1 - f) * draped.reach.data[i] * draped.person.data[i];
    const kept = belowChin(y.data[i]) * draped.own.data[i] * Math.max(0, canvas.matte.data[i] - hair.data[i]);
    const own = (1 - f - worn) * kept;
    put(result, i, painted, draped.lab, f + own, worn);
    result.layer.skin.data[i] =
      (f + own) * painted.skin.data[i] + (1 - f) * draped.reach.data[i] * draped.skin.data[i];
  }
  return result;
}

function emptyLayer(width: number, height: number, lightness: Plane): WornLayer {
  const plane = () => createPlane(width, height);
  const lab = { l: plane(), a: plane(), b: plane() };
  return { layer: { lab, lightness, detailGain: plane(), skin: plane() }, matte: plane() };
}

/** Sets a pixel to the mean of a repainted person and of other colours, by their weights, which sum to the matte. */
function put(
  { layer, matte }: WornLayer,
  i: number,
  painted: PersonLayer,
  worn: LabPlanes,
  ofPainted: number,
  ofWorn: number,
): void {
  const sum = ofPainted + ofWorn;
  matte.data[i] = sum;
  if (sum < 1e-4) return;
  const share = ofWorn / sum;
  for (const channel of CHANNELS) {
    const own = painted.lab[channel].data[i];
    layer.lab[channel].data[i] = own + share * (worn[channel].data[i] - own);
  }
  layer.detailGain.data[i] = (1 - share) * painted.detailGain.data[i];
}

/** How much of each pixel is dressed: costume first, then hair, of the reference and of the person. */
function wornShare({ hair }: Segments, draped: Draped, y: Plane, shape: number): Plane {
  const share = createPlane(y.width, y.height);
  const [costume, hairdo] = [smooth((shape - COSTUME) / CHANGE), smooth((shape - HAIR) / CHANGE)];
  for (let i = 0; i < share.data.length; i++) {
    const hairy = Math.max(hair.data[i], draped.reach.data[i] * draped.hair.data[i]);
    share.data[i] = hairdo + (costume - hairdo) * belowChin(y.data[i]) * (1 - Math.min(1, hairy));
  }
  return share;
}

function mix(own: WornLayer, worn: WornLayer, share: Plane): WornLayer {
  const result = emptyLayer(share.width, share.height, own.layer.lightness);
  for (let i = 0; i < share.data.length; i++) {
    const s = share.data[i];
    put(result, i, own.layer, worn.layer.lab, (1 - s) * own.matte.data[i], s * worn.matte.data[i]);
    result.layer.skin.data[i] = (1 - s) * own.layer.skin.data[i] + s * worn.layer.skin.data[i];
    result.layer.detailGain.data[i] =
      (1 - s) * own.layer.detailGain.data[i] + s * worn.layer.detailGain.data[i];
  }
  return result;
}
