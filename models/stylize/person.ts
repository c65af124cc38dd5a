/** One person painted from the reference: guides, the painter, likeness. */
import { gaussianBlur } from '../image/blur.ts';
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { matchLightness, measureTones } from '../style/tone.ts';
import type { Kernels } from '../synthesis/kernels/kernels.ts';
import { movingLeastSquares, type PositionMap } from '../synthesis/moving-least-squares.ts';
import { paint } from '../synthesis/painter.ts';
import type { Canvas } from './canvas.ts';
import { colourTransport } from './colour-transport.ts';
import { abstractLightness, guidePlanes, MATERIALS, mix } from './guides.ts';
import { createCorrection, findLines, grow } from './likeness.ts';
import type { Parameters } from './parameters.ts';
import { materialColours, type ReferenceView } from './reference.ts';

export interface PaintedPerson {
  readonly lab: LabPlanes;
  /** 0..1: where it is painted, person and a rim of what stands behind. */
  readonly coverage: Plane;
}

/** @param ground what stands behind the person, at the canvas's size */
export function paintPerson(
  canvas: Canvas,
  view: ReferenceView,
  ground: LabPlanes,
  kernels: Kernels,
  p: Parameters,
): PaintedPerson {
  const { width, height, regions, interocular, matte } = canvas;
  const labels = dominant(canvas);
  const tones = measureTones(canvas.lab.l, regions, canvas.landmarks);
  const { matched, wanted } = matchLightness(
    canvas.lab.l,
    regions,
    tones,
    view.substitutes.map((material) => view.tones[material]),
    { skinTone: p.skinTone, ownTone: p.ownTone },
  );
  const half = (a: Plane, b: Plane) => mix(a, b, createPlane(width, height, 0.5));
  const target = overGround(gaussianBlur(half(matched, wanted), 1), ground.l, matte);
  const abstraction = abstractLightness(kernels, target, regions.features, interocular, p);
  const asked = MATERIALS.map((_, material) =>
    membership(labels, (label) => view.substitutes[label] === material, width, height),
  );
  const guides = guidePlanes(abstraction, transported(canvas, view, ground), asked, regions, interocular, p);
  const positions = guidePositions(canvas, view, labels);
  const wantedTones = overGround(wanted, ground.l, matte);
  const detailed = kernels.kuwahara(
    wantedTones,
    Math.max(2, Math.round(p.featureAbstraction * interocular)),
    p.abstractionThreshold,
  );
  const lines = findLines(detailed, canvas);
  const correct = createCorrection(canvas, { tones: wantedTones, abstract: detailed, lines }, p);
  const region = Uint8Array.from(grow(matte, p.dilation * interocular).data, (value) =>
    value > 0.03 ? 1 : 0,
  );
  const painted = paint(
    kernels,
    {
      lab: ground,
      guides,
      positions,
      positionWeight: positionWeight(canvas, labels, p),
      region,
      anchor: canvas.anchor,
    },
    view.source,
    {
      weights: { style: p.styleWeight, positionCap: p.positionCap, uniformity: p.uniformity },
      iterations: p.iterations,
      sweeps: p.sweeps,
      searchRadius: p.searchRadius * interocular,
      seed: 7,
      corrections: p.corrections,
      correct: (lab) => correct(lab, 1),
    },
  );
  const crisp = sharpen(
    painted.voted,
    painted.matched,
    Math.max(0.8, p.sharpSigma * interocular),
    p.sharpness,
  );
  const coverage = gaussianBlur({ width, height, data: Float32Array.from(region) }, 0.015 * interocular);
  return { lab: correct(crisp, p.finalGain), coverage };
}

/** Half the mean of the patches, half its broad band with the fine band of single matches. */
function sharpen(voted: LabPlanes, matched: LabPlanes, sigma: number, share: number): LabPlanes {
  const one = (v: Plane, m: Plane): Plane => {
    const [vb, mb] = [gaussianBlur(v, sigma), gaussianBlur(m, sigma)];
    const data = v.data.map((value, i) => value + share * (vb.data[i] + m.data[i] - mb.data[i] - value));
    return { ...v, data };
  };
  return { l: one(voted.l, matched.l), a: one(voted.a, matched.a), b: one(voted.b, matched.b) };
}

/** For each pixel the number in MATERIALS that it mostly is. */
function dominant({ regions: { background, skin, hair, clothes } }: Canvas): Uint8Array {
  return Uint8Array.from(background.data, (ground, i) => {
    if (ground > 0.5) return 0;
    const [s, h, c] = [skin.data[i], hair.data[i], clothes.data[i]];
    return s >= h && s >= c ? 1 : h >= c ? 2 : 3;
  });
}

function membership(
  labels: Uint8Array,
  is: (label: number) => boolean,
  width: number,
  height: number,
): Plane {
  return { width, height, data: Float32Array.from(labels, (label) => (is(label) ? 1 : 0)) };
}

function overGround(person: Plane, ground: Plane, matte: Plane): Plane {
  return mix(ground, person, matte);
}

/** a and b of the portrait, brought to the reference's colours material by material. */
function transported(canvas: Canvas, view: ReferenceView, ground: LabPlanes): { a: Plane; b: Plane } {
  const { width, height, lab, regions } = canvas;
  const [a, b] = [createPlane(width, height), createPlane(width, height)];
  const own = materialColours(lab, regions);
  const maps = MATERIALS.map((_, k) => {
    const to = view.colours[view.substitutes[k]];
    return k > 0 && own[k].weight > 200 && to.weight > 200 ? colourTransport(own[k], to) : null;
  });
  for (let i = 0; i < a.data.length; i++) {
    for (let k = 1; k < MATERIALS.length; k++) {
      const share = regions[MATERIALS[k]].data[i];
      const map = maps[k];
      if (share < 0.004 || !map) continue;
      const colour = map(lab.l.data[i], lab.a.data[i], lab.b.data[i]);
      a.data[i] += share * colour[1];
      b.data[i] += share * colour[2];
    }
    a.data[i] += regions.background.data[i] * ground.a.data[i];
    b.data[i] += regions.background.data[i] * ground.b.data[i];
  }
  return { a, b };
}

/** Every fourth point of the mesh is enough for a smooth warp, and four times as fast. */
const LANDMARK_STRIDE = 4;

function guidePositions(canvas: Canvas, view: ReferenceView, labels: Uint8Array): PositionMap {
  const { width, height } = canvas;
  const map = movingLeastSquares(width, height, {
    from: sparse(canvas.landmarks),
    to: sparse(view.landmarks),
  });
  // The ground is told from frame to frame.
  const { width: sw, height: sh } = view.lab.l;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (labels[i] !== 0) continue;
      map.x.data[i] = (x * (sw - 1)) / (width - 1);
      map.y.data[i] = (y * (sh - 1)) / (height - 1);
    }
  }
  return map;
}

function sparse(landmarks: Float32Array): Float32Array {
  const count = landmarks.length / 3;
  const points = new Float32Array(Math.ceil(count / LANDMARK_STRIDE) * 2);
  for (let k = 0, i = 0; k < count; k += LANDMARK_STRIDE) {
    points[i++] = landmarks[k * 3];
    points[i++] = landmarks[k * 3 + 1];
  }
  return points;
}

function positionWeight(
  { width, height, regions, interocular }: Canvas,
  labels: Uint8Array,
  p: Parameters,
): Plane {
  const face = gaussianBlur(regions.face, 0.1 * interocular);
  const out = createPlane(width, height);
  for (let i = 0; i < out.data.length; i++) {
    const feature = regions.features.data[i];
    const skin = p.toleranceSkin + face.data[i] * (p.toleranceFace - p.toleranceSkin);
    const plain = labels[i] === 0 ? p.toleranceGround : labels[i] === 1 ? skin : p.toleranceElse;
    const tolerance = labels[i] === 0 ? plain : plain + feature * (p.toleranceFeature - plain);
    out.data[i] = p.positionScale / (tolerance * interocular) ** 2;
  }
  return out;
}
