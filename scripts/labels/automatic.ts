/** The start of a label map, before a person corrects it: the product's own segments and the mesh of the face. */
import { facePositions } from '../../models/face/face-frame.ts';
import {
  contourMask,
  type Face,
  type FaceNetworks,
  LEFT_BROW,
  LEFT_EYE,
  LIPS_INNER,
  LIPS_OUTER,
  RIGHT_BROW,
  RIGHT_EYE,
} from '../../models/face/index.ts';
import type { ParsingClass } from '../../models/face/parsing-classes.ts';
import type { Picture, Plane } from '../../models/image/picture.ts';
import { SEGMENT_NAMES, segmentPortrait } from '../../models/segment/segments.ts';
import { analyzePortrait } from '../../models/stylize/portrait-analysis.ts';
import { regionsOf } from '../../models/stylize/regions.ts';
import { classNumber } from './classes.ts';
import type { LabelMap } from './label-map.ts';

/** Skin is the face's inside the mesh's outline (in its radii), and beside it down to here (face heights): ears. */
const FACE = { radius: 1.01, earLobe: 0.21, side: 0.85 } as const;
/** Less of an open mouth (eye distances between the lips) shows nothing. */
const OPEN_MOUTH = 0.04;
/** Passes of a vote of 3×3 pixels, against specks and frayed borders. */
const VOTES = 2;
/** Hair within so many radii of the outline, below the nose, is a beard's. */
const BEARD = { top: 0.12, radius: 1.02 } as const;

/** @throws NO_FACE */
export async function automaticLabels(picture: Picture, networks: FaceNetworks): Promise<LabelMap> {
  const { width, height } = picture;
  const { faces, matte } = await analyzePortrait(picture, networks, 'largest');
  const face = faces[0];
  const segments = segmentPortrait(picture, face.parsing, matte);
  const { facialHair } = regionsOf(segments, face);
  const planes = SEGMENT_NAMES.map((name) => segments[name].data);
  const { x, y, radius } = facePositions(face.landmarks, width, height);
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) {
    const shares = planes.map((plane) => plane[i]);
    const segment = SEGMENT_NAMES[shares.indexOf(Math.max(...shares))];
    const isBeard = y.data[i] > BEARD.top && radius.data[i] < BEARD.radius;
    const isFace =
      radius.data[i] < FACE.radius || (y.data[i] < FACE.earLobe && Math.abs(x.data[i]) < FACE.side);
    let name: ParsingClass = segment === 'skin' ? (isFace ? 'faceSkin' : 'bodySkin') : segment;
    if (segment === 'skin' && facialHair.data[i] > 0.5) name = 'facialHair';
    if (segment === 'hair' && isBeard) name = 'facialHair';
    data[i] = classNumber(name);
  }
  let labels: LabelMap = { width, height, data };
  for (let pass = 0; pass < VOTES; pass++) labels = vote(labels);
  drawFeatures(labels.data, face, matte);
  return labels;
}

/** Each pixel takes the most frequent label of the 3×3 around it; its own where there is a tie. */
function vote({ width, height, data }: LabelMap): LabelMap {
  const out = data.slice();
  const counts = new Uint8Array(256);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const around = [-width - 1, -width, -width + 1, -1, 0, 1, width - 1, width, width + 1].map(
        (d) => data[i + d],
      );
      counts.fill(0);
      for (const label of around) counts[label]++;
      for (const label of around) if (counts[label] > counts[out[i]]) out[i] = label;
    }
  }
  return { width, height, data: out };
}

function drawFeatures(data: Uint8Array, { landmarks, interocular }: Face, { width, height }: Plane): void {
  const draw = (contour: readonly number[], name: ParsingClass) => {
    const mask = contourMask(landmarks, contour, width, height, 0);
    for (let i = 0; i < data.length; i++) if (mask.data[i] > 0.5) data[i] = classNumber(name);
  };
  for (const brow of [LEFT_BROW, RIGHT_BROW]) draw(brow, 'brows');
  for (const eye of [LEFT_EYE, RIGHT_EYE]) draw(eye, 'eyes');
  draw(LIPS_OUTER, 'lips');
  const [upper, lower] = [13, 14].map((point) => landmarks[3 * point + 1]);
  if (lower - upper > OPEN_MOUTH * interocular) draw(LIPS_INNER, 'mouthInterior');
}
