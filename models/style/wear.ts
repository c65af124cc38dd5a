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
import { smoothstep } from '../image/smoothstep.ts';
import { maskedBlur } from '../synthesis/bands.ts';
import type { PositionMap } from '../synthesis/moving-least-squares.ts';
import { type Draped, drape } from './drape.ts';
import { findHem } from './hem.ts';
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
const GROWTH = 5;
/** Sigma (eye distances) by which strands of the portrait's own hair on the forehead are covered. */
const STRANDS = 0.04;
/** Sigma (eye distances) of the shade that the face takes over from its new surroundings. */
const SHADE = 0.2;

/** The shapes at which the costume and then the hair begin to be put on, and how long that takes: two of either are a ghost. */
const [CLOTHES, HAIR, CHANGE] = [0.2, 0.7, 0.1];

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

const CHANNELS = ['l', 'a', 'b'] as const;

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
    const beside = smoothstep((radius.data[i] - 0.72) / 0.15) * smoothstep((0.3 - y.data[i]) / 0.1);
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
      const rim = face.data[i] > 0 ? smoothstep((radius.data[i] - 0.75) / 0.25) : 0;
      out.data[i] = painted[channel].data[i] + rim * (to.data[i] - from.data[i]);
    }
    return out;
  };
  return { l: shade('l'), a: shade('a'), b: shade('b') };
}

/** From the face's height on that is 0 to the one that is 1 a person is dressed; in face heights below the middle. */
const CHIN = { begins: 0.4, complete: 0.6 } as const;
const belowChin = (y: number) => smoothstep((y - CHIN.begins) / (CHIN.complete - CHIN.begins));

/** The face over the worn reference, and below its hem what the person wears. */
function dress(canvas: Canvas, draped: Draped, painted: PersonLayer, face: Plane, y: Plane): WornLayer {
  const own = ownClothes(canvas, y);
  const hem = findHem(
    canvas.landmarks,
    canvas.interocular,
    draped.extent,
    visibleDifference(draped, painted.lab, own),
  );
  const melted = { ...painted, lab: meltHem(draped, painted.lab, own, hem, face, canvas.interocular) };
  const result = emptyLayer(y.width, y.height, painted.lightness);
  for (let i = 0; i < y.data.length; i++) {
    const f = face.data[i];
    const worn = (1 - f) * draped.reach.data[i] * draped.person.data[i] * hem.data[i];
    const kept = (1 - f - worn) * (1 - hem.data[i]) * own.data[i];
    put(result, i, melted, draped.lab, f + kept, worn);
    result.layer.skin.data[i] =
      (f + kept) * painted.skin.data[i] + (1 - f) * hem.data[i] * draped.reach.data[i] * draped.skin.data[i];
  }
  return result;
}

/** Sigma (eye distances) of the broad colour that the person's own clothes take over from the costume above them. */
const MELT = 0.3;

/** The person's own clothes with the broad colour of the costume towards its hem; the face stays. */
function meltHem(
  { lab, person, reach }: Draped,
  painted: LabPlanes,
  own: Plane,
  hem: Plane,
  face: Plane,
  interocular: number,
): LabPlanes {
  const { width, height } = own;
  const above = createPlane(width, height);
  const below = createPlane(width, height);
  for (let i = 0; i < own.data.length; i++) {
    above.data[i] = hem.data[i] * reach.data[i] * person.data[i];
    below.data[i] = (1 - hem.data[i]) * own.data[i];
  }
  const sigma = MELT * interocular;
  const [blurAbove, blurBelow, near] = [
    maskedBlur(above, sigma),
    maskedBlur(below, sigma),
    gaussianBlur(above, sigma),
  ];
  const melt = (channel: (typeof CHANNELS)[number]): Plane => {
    const [to, from] = [blurAbove(lab[channel]), blurBelow(painted[channel])];
    const out = createPlane(width, height);
    for (let i = 0; i < out.data.length; i++) {
      const share = (1 - face.data[i]) * Math.min(1, 2 * near.data[i]);
      out.data[i] = painted[channel].data[i] + share * (to.data[i] - from.data[i]);
    }
    return out;
  };
  return { l: melt('l'), a: melt('a'), b: melt('b') };
}

/** Own clothes may begin so many face heights below the middle of the face. */
const JAW = 0.3;

/** 0..1: the person below the jaw, without hair. */
function ownClothes({ matte, segments }: Canvas, y: Plane): Plane {
  const { hair } = segments();
  const own = createPlane(y.width, y.height);
  for (let i = 0; i < own.data.length; i++) {
    own.data[i] = smoothstep((y.data[i] - JAW) / 0.15) * Math.max(0, matte.data[i] - hair.data[i]);
  }
  return own;
}

/** A difference of colour (L*a*b*) that shows as much as one pixel of person beside one of background. */
const VISIBLE = 20;

/** How much a border between the worn reference and the person's own clothes would show at each pixel. */
function visibleDifference({ lab, person, reach }: Draped, painted: LabPlanes, own: Plane): Plane {
  const out = createPlane(own.width, own.height);
  for (let i = 0; i < out.data.length; i++) {
    const [worn, kept] = [reach.data[i] * person.data[i], own.data[i]];
    let colours = 0;
    for (const channel of CHANNELS) colours += (lab[channel].data[i] - painted[channel].data[i]) ** 2;
    out.data[i] = Math.abs(worn - kept) + Math.min(worn, kept) * Math.min(1, colours / VISIBLE ** 2);
  }
  return out;
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
  const [costume, hairdo] = [smoothstep((shape - CLOTHES) / CHANGE), smoothstep((shape - HAIR) / CHANGE)];
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
