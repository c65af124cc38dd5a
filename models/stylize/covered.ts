/**
 * What covers a face: masks over the mouth, dark lenses and patches over the eyes. The mesh guesses mouth and eyes beneath
 * them as well as it can; painted, they would stand on the cloth.
 */
import { contourMask, LEFT_EYE, RIGHT_EYE } from '../face/index.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import type { FaceShape } from './facial-hair.ts';

export interface Covered {
  readonly mouth: boolean;
  /** The one on the left of the picture, and the other. */
  readonly eyes: readonly [boolean, boolean];
  /** 0 or 1: where the cover lies; null where nothing is covered. */
  readonly plane: Plane | null;
}

type Colour = readonly [l: number, a: number, b: number];

/** Points of the mesh. Skin is looked at between the brows and above them, where neither mask nor lenses reach. */
const FOREHEAD_POINTS = [9, 8, 151, 108, 337];
/** Beside the nose and on the cheekbone, for each eye: light falls there as on the lid. */
const CHEEKS = [
  [50, 101, 118],
  [280, 330, 347],
] as const;
/** On the lids and below the eye, all within a lens. */
const AROUND_EYES = [
  [223, 222, 230, 229, 231],
  [443, 442, 450, 449, 451],
] as const;
/** Lips, and what surrounds them: under a mask both are its cloth. */
const LIPS = [0, 17, 37, 267, 84, 314];
const AROUND_LIPS = [164, 18, 92, 322, 200, 204, 424];
/** Outline of the lower face, from ear to ear, that a mask may cover. */
const LOWER_FACE = [
  168, 188, 118, 50, 123, 137, 177, 215, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 435,
  401, 366, 352, 280, 347, 412,
];
/** Radius (eye distances) of the spot around a point. */
const SPOT = 0.05;
/** A mask's colour is so far (ΔE) from the forehead's, and lips under it so near to what is around them. */
const MASK = { differs: 24, alike: 7 } as const;
/** A lens or patch is this much darker than the cheek below it, as a share of the cheek's L*; make-up and shadow keep 0.6. */
const DARK = 0.5;
/** No cover has more of skin's colour (share of its chroma along its hue) than this; shadow, make-up and rouge have. */
const LEAST_COLOUR = 0.5;
/** Skin paler than this (chroma) is that of a grey picture, whose covers cannot be told from shadows. */
const GREY = 8;
/** So many px of eye distance show it; in a smaller face everything runs together. */
const SMALLEST = 24;
/** A lens reaches so far (times the eye's own size) around an eye. */
const LENS = 2.6;

export const NOTHING_COVERED: Covered = { mouth: false, eyes: [false, false], plane: null };

/** In a photograph: drawings leave out as much as covers do. */
export function findCovered(lab: LabPlanes, face: FaceShape): Covered {
  if (face.interocular < SMALLEST) return NOTHING_COVERED;
  const at = (points: readonly number[]) => medianColour(points.map((point) => spotColour(lab, face, point)));
  const skin = at(FOREHEAD_POINTS);
  const [lips, around] = [at(LIPS), at(AROUND_LIPS)];
  if (Math.hypot(skin[1], skin[2]) < GREY) return NOTHING_COVERED;
  const mouth =
    distance(around, skin) > MASK.differs && distance(lips, around) < MASK.alike && !hasColour(around, skin);
  const lenses = AROUND_EYES.map((points) => at(points));
  const isDark = (k: 0 | 1) => {
    const cheek = mouth ? skin : at(CHEEKS[k]);
    return lenses[k][0] < DARK * cheek[0] && !hasColour(lenses[k], cheek);
  };
  const eyes = [isDark(0), isDark(1)] as const;
  if (!mouth && !eyes[0] && !eyes[1]) return NOTHING_COVERED;
  const plane = createPlane(lab.l.width, lab.l.height);
  if (mouth) cover(plane, lab, contourOf(face, LOWER_FACE, plane), around, skin);
  for (const k of [0, 1] as const) {
    if (eyes[k]) cover(plane, lab, lensMask(face, k === 0 ? LEFT_EYE : RIGHT_EYE, plane), lenses[k], skin);
  }
  return { mouth, eyes, plane };
}

const hasColour = (own: Colour, skin: Colour): boolean =>
  own[1] * skin[1] + own[2] * skin[2] > LEAST_COLOUR * (skin[1] ** 2 + skin[2] ** 2);

const contourOf = ({ landmarks }: FaceShape, contour: readonly number[], { width, height }: Plane) =>
  contourMask(landmarks, contour, width, height, 0);

/** The contour of an eye, so many times larger. */
function lensMask({ landmarks }: FaceShape, eye: readonly number[], { width, height }: Plane): Plane {
  const mean = (c: number) => eye.reduce((sum, point) => sum + landmarks[3 * point + c], 0) / eye.length;
  const centre = [mean(0), mean(1), 0];
  const larger = landmarks.map((value, i) => centre[i % 3] + LENS * (value - centre[i % 3]));
  return contourMask(larger, eye, width, height, 0);
}

/** Marks what inside a mask is nearer to the cover's colour than to the skin's. */
function cover(plane: Plane, lab: LabPlanes, inside: Plane, colour: Colour, skin: Colour): void {
  for (let i = 0; i < plane.data.length; i++) {
    if (inside.data[i] === 0) continue;
    const own: Colour = [lab.l.data[i], lab.a.data[i], lab.b.data[i]];
    if (distance(own, colour) < distance(own, skin)) plane.data[i] = 1;
  }
}

const distance = (a: Colour, b: Colour) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

const medianColour = (colours: readonly Colour[]): Colour => {
  const middle = (c: number) => colours.map((colour) => colour[c]).sort((x, y) => x - y)[colours.length >> 1];
  return [middle(0), middle(1), middle(2)];
};

/** The mean colour around a point of the mesh. */
function spotColour({ l, a, b }: LabPlanes, { landmarks, interocular }: FaceShape, point: number): Colour {
  const radius = Math.max(1, Math.round(SPOT * interocular));
  const [cx, cy] = [Math.round(landmarks[3 * point]), Math.round(landmarks[3 * point + 1])];
  const sum = [0, 0, 0];
  let count = 0;
  for (let y = Math.max(0, cy - radius); y <= Math.min(l.height - 1, cy + radius); y++) {
    for (let x = Math.max(0, cx - radius); x <= Math.min(l.width - 1, cx + radius); x++, count++) {
      const i = y * l.width + x;
      sum[0] += l.data[i];
      sum[1] += a.data[i];
      sum[2] += b.data[i];
    }
  }
  return count === 0 ? [0, 0, 0] : [sum[0] / count, sum[1] / count, sum[2] / count];
}

/** What a user should know of a face that is covered. */
export function warningsOf({ mouth, eyes }: Pick<Covered, 'mouth' | 'eyes'>): string[] {
  const hidden = eyes[0] && eyes[1] ? 'The eyes are' : eyes[0] || eyes[1] ? 'One eye is' : null;
  return [
    ...(mouth ? ['The mouth is covered; the cover is painted, and no mouth on it.'] : []),
    ...(hidden ? [`${hidden} covered, as by dark lenses; the cover is painted, and no eye on it.`] : []),
  ];
}
