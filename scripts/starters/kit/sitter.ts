/** A photograph laid out on the sheet, with everything that the painters ask about it. */
import {
  contourMask,
  type FaceNetworks,
  LEFT_EYE,
  LIPS_INNER,
  LIPS_OUTER,
  RIGHT_EYE,
} from '../../../models/face/index.ts';
import { gaussianBlur } from '../../../models/image/blur.ts';
import { type LabPlanes, labPlanes } from '../../../models/image/colour.ts';
import { createPicture, createPlane, type Picture, type Plane } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { type Segments, segmentPortrait } from '../../../models/segment/segments.ts';
import { abstractColours } from './abstraction.ts';
import { clamp, ramp } from './colour.ts';
import { type Features, findFeatures } from './features.ts';
import { edgeTangents, type Field } from './field.ts';
import { inflate, normalsOf } from './form.ts';

export interface Layout {
  /** Of the sheet, px; the photograph is as wide. */
  readonly width: number;
  readonly height: number;
  /** Share of the sheet's height above the photograph. */
  readonly top: number;
  /** Of the photograph against the sheet. */
  readonly scale?: number;
}

export interface Sitter {
  readonly width: number;
  readonly height: number;
  /** Pixels between the outer corners of the eyes. */
  readonly interocular: number;
  readonly features: Features;
  readonly landmarks: Float32Array;
  readonly segments: Segments;
  /** Share of person, 0..1. */
  readonly person: Plane;
  readonly lab: LabPlanes;
  /** The photograph without its detail. */
  readonly flat: LabPlanes;
  /** Lightness of `flat`, 0..1, spread over the person's range. */
  readonly tone: Plane;
  /** Along edges, and along the form where there are none. */
  readonly field: Field;
  /** Height (px) of the rounded body above the sheet. */
  readonly form: Plane;
  /** Unit normals of a rounded body, x to the right, y down, z to the viewer. */
  readonly normals: { readonly x: Plane; readonly y: Plane; readonly z: Plane };
  /** 0..1: near the eyes, brows, nose and mouth. */
  readonly focus: Plane;
  /** 0..1: inside the lips' outer contour, and inside the lids. */
  readonly lips: Plane;
  readonly eyes: Plane;
  /** Between the lips. */
  readonly mouth: Plane;
  /** Where the photograph ends at the bottom, px; below it its last row goes on. */
  readonly bottom: number;
}

export async function studySitter(
  photograph: Picture,
  layout: Layout,
  networks: FaceNetworks,
): Promise<Sitter> {
  const picture = layOut(photograph, layout);
  const bottom =
    layout.top * layout.height + (layout.width * (layout.scale ?? 1) * photograph.height) / photograph.width;
  const { width, height } = picture;
  const [face] = await networks.findFaces(picture);
  if (!face) throw new Error('No face was found in the photograph. Choose one that shows a face clearly.');
  const { landmarks, interocular } = face;
  const matte = toTheEdge(await networks.matte(picture, face));
  const segments = segmentPortrait(picture, await networks.parse(picture, face), matte);
  const person = { width, height, data: segments.background.data.map((v) => 1 - v) };
  const lab = labPlanes(picture);
  const form = inflate(person, landmarks, interocular);
  const field = edgeTangents([
    { plane: gaussianBlur(lab.l, 1), sigma: 3, weight: 1 },
    { plane: gaussianBlur(lab.l, 3), sigma: 10, weight: 0.8 },
    { plane: { ...form, data: form.data.map((v) => 20 * v) }, sigma: 8, weight: 0.02 },
  ]);
  const flat = abstractColours(lab, field, Math.round(interocular / 36), 6, 3);
  const features = findFeatures(landmarks, await networks.irises(picture, face));
  const focus = focusOf(features, width, height, interocular);
  const normals = normalsOf(form);
  const lips = contourMask(landmarks, LIPS_OUTER, width, height, 0.8);
  const mouth = contourMask(landmarks, LIPS_INNER, width, height, 0.8);
  const [left, right] = [LEFT_EYE, RIGHT_EYE].map((eye) => contourMask(landmarks, eye, width, height, 0.8));
  const eyes = { width, height, data: left.data.map((v, i) => v + right.data[i]) };
  return {
    width,
    height,
    interocular,
    features,
    landmarks,
    segments,
    person,
    lab,
    flat,
    tone: toneOf(flat.l, person),
    field,
    form,
    normals,
    focus,
    lips,
    eyes,
    mouth,
    bottom,
  };
}

/** The matte fades out at the sheet's lower edge; the sitter does not. */
function toTheEdge(matte: Plane): Plane {
  const { width, height, data } = matte;
  const EDGE = 5;
  for (let y = height - EDGE; y < height; y++)
    data.copyWithin(y * width, (height - EDGE - 1) * width, (height - EDGE) * width);
  return matte;
}

/** The photograph on the sheet; its outermost pixels go on to the sheet's edges. */
function layOut(photograph: Picture, { width, height, top, scale = 1 }: Layout): Picture {
  const large = Math.round(width * scale);
  const enlarged = resizePicture(
    photograph,
    large,
    Math.round((large * photograph.height) / photograph.width),
  );
  const sheet = createPicture(width, height);
  const left = Math.round((width - large) / 2);
  for (let y = 0; y < height; y++) {
    const sy = clamp(y - Math.round(top * height), 0, enlarged.height - 1);
    for (let x = 0; x < width; x++) {
      const from = 4 * (sy * large + clamp(x - left, 0, large - 1));
      sheet.data.set(enlarged.data.subarray(from, from + 4), 4 * (y * width + x));
    }
  }
  return sheet;
}

/** Lightness so that the person's darkest hundredth is 0 and the lightest 1. */
function toneOf(l: Plane, person: Plane): Plane {
  const values = l.data.filter((_, i) => person.data[i] > 0.7).sort();
  const [low, high] = [0.01, 0.99].map((q) => values[Math.floor(q * (values.length - 1))]);
  return { ...l, data: l.data.map((v) => clamp((v - low) / (high - low))) };
}

function focusOf(features: Features, width: number, height: number, interocular: number): Plane {
  const marks = createPlane(width, height);
  const paths = [...features.eyes, ...features.brows, features.lips, features.noseBase];
  for (const [x, y] of paths.flat()) {
    if (x >= 0 && y >= 0 && x < width && y < height) marks.data[Math.floor(y) * width + Math.floor(x)] = 1;
  }
  const soft = gaussianBlur(marks, interocular / 14);
  const top = soft.data.reduce((a, b) => Math.max(a, b), 0);
  return { width, height, data: soft.data.map((v) => ramp(v / top, 0.08, 0.4)) };
}
