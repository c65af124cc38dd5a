/** Restyles a portrait from one prepared reference. */
import { LimnerError } from '../errors.ts';
import type { Face, FaceNetworks } from '../face/index.ts';
import { SEGMENT_NAMES, type Segments, segmentPortrait } from '../face/segments.ts';
import { gaussianBlur } from '../image/blur.ts';
import { type LabPlanes, labPlanes, pictureFromLab } from '../image/colour.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import { resizePicture, resizePlane } from '../image/resize.ts';
import { chunkField } from '../synthesis/chunk-field.ts';
import type { Guide } from '../synthesis/guides.ts';
import { lightnessCorrection } from '../synthesis/lightness-correction.ts';
import { movingLeastSquares } from '../synthesis/moving-least-squares.ts';
import { retargetPositions } from '../synthesis/retarget.ts';
import { vote } from '../synthesis/vote.ts';
import { backgroundLayer } from './background.ts';
import { featurePlane } from './features.ts';
import { appearanceSigma, dominantSegments, type PreparedStyle, type ReferenceLevel } from './reference.ts';
import type { StylizeOptions } from './settings.ts';
import { matchLightness } from './tone.ts';

export { type PreparedStyle, prepareStyle } from './reference.ts';
export type { StylizeOptions } from './settings.ts';

export interface StylizeResult {
  readonly picture: Picture;
  readonly faces: readonly Face[];
  /** Milliseconds a stage. */
  readonly timings: Record<string, number>;
  readonly warnings: readonly string[];
}

export const TUNING = {
  positionTolerance: 0.2,
  appearanceTolerance: 12,
  segmentWeight: 4,
  levels: [0.3, 0.15, 0.075, 0.04],
  search: 0.2,
  coarseSigma: 0.07,
  fineSigma: 0.02,
  coarse: 1,
  fineFeature: 1,
  fineSkin: 0.5,
};

export async function stylize(
  portrait: Picture,
  style: PreparedStyle,
  networks: FaceNetworks,
  options: StylizeOptions = {},
): Promise<StylizeResult> {
  const timings: Record<string, number> = {};
  let last = performance.now();
  const lap = (name: string) => {
    const now = performance.now();
    timings[name] = (timings[name] ?? 0) + now - last;
    last = now;
  };
  const faces = await networks.findFaces(portrait);
  if (faces.length === 0) throw new LimnerError('NO_FACE', 'No face was found in the portrait.');
  const face = faces[0];
  const matte = await networks.matte(portrait, face);
  lap('faces');

  const relative = face.interocular / style.face.interocular;
  const level = style.atScale(relative);
  lap('reference');
  const scale = Math.min(1, level.interocular / face.interocular);
  const canvas = scale < 0.95 ? scale : 1;
  const width = Math.max(1, Math.round(portrait.width * canvas));
  const height = Math.max(1, Math.round(portrait.height * canvas));
  const lab = labPlanes(resizePicture(portrait, width, height));
  const person = resizePlane(matte, width, height);
  const landmarks = face.landmarks.map((v) => v * canvas);
  const unit = face.interocular * canvas;
  const segments = segmentPortrait(lab, landmarks, person);
  lap('segments');
  const wanted = matchLightness(lab.l, segments, level.tones, level.lab.l.data.length);
  const points = controlPoints(landmarks, level.landmarks);
  const mls = movingLeastSquares(width, height, points);
  const materials = dominantSegments(segments);
  // soft edges belong to the person's nearest material
  const ks = ['skin', 'hair', 'clothes'] as const;
  for (let i = 0; i < materials.length; i++) {
    if (materials[i] === 0 && person.data[i] > 0.02) {
      let best = 1;
      for (let k = 1; k <= 3; k++) if (segments[ks[k - 1]].data[i] > segments[ks[best - 1]].data[i]) best = k;
      materials[i] = best;
    }
  }
  const indices = level.materials.map((m, k) =>
    m.count > 0.003 * m.isMember.length ? m : substitute(level, k),
  );
  const position = retargetPositions(mls, materials, indices);
  const appearance = gaussianBlur(wanted, appearanceSigma(unit));
  lap('guides');
  const weight = TUNING.segmentWeight;
  const hard = hardSegments(materials, width, height);
  const guides: Guide[] = [
    { source: level.appearance, target: appearance, weight: TUNING.appearanceTolerance ** -2 },
    ...ks.map((name, k) => ({ source: sourcePlane(level, k + 1), target: hard[k], weight })),
  ];
  const region = new Uint8Array(width * height);
  for (let i = 0; i < region.length; i++) region[i] = person.data[i] > 0.02 ? 1 : 0;
  const field = chunkField(
    { position, positionWeight: (TUNING.positionTolerance * unit) ** -2, guides },
    {
      levels: TUNING.levels.map((s) => Math.max(2, Math.round(s * unit))),
      threshold: 1,
      searchRadius: TUNING.search * unit,
      region,
    },
  );
  lap('field');
  const [l, a, b] = vote(field, [level.lab.l, level.lab.a, level.lab.b]);
  lap('vote');
  const features = featurePlane(width, height, landmarks, unit);
  const likeness = options.likeness ?? 0.5;
  void likeness;
  const fine = createPlane(width, height);
  const coarse = createPlane(width, height);
  for (let i = 0; i < fine.data.length; i++) {
    fine.data[i] = TUNING.fineSkin + (TUNING.fineFeature - TUNING.fineSkin) * features.data[i];
    coarse.data[i] = TUNING.coarse;
  }
  const delta = lightnessCorrection(l, wanted, person, {
    coarse,
    fine,
    coarseSigma: TUNING.coarseSigma * unit,
    fineSigma: TUNING.fineSigma * unit,
  });
  const back = backgroundLayer(level, width, height, landmarks);
  const out: LabPlanes = { l, a, b };
  for (let i = 0; i < region.length; i++) {
    const m = person.data[i];
    l.data[i] = m * (l.data[i] + delta.data[i]) + (1 - m) * back.l.data[i];
    a.data[i] = m * a.data[i] + (1 - m) * back.a.data[i];
    b.data[i] = m * b.data[i] + (1 - m) * back.b.data[i];
  }
  const small = pictureFromLab(out);
  const picture = canvas === 1 ? small : resizePicture(small, portrait.width, portrait.height);
  lap('composite');
  return { picture, faces: [face], timings, warnings: [] };
}

const SUBSTITUTES = [0, 1, 1, 0];
function substitute(level: ReferenceLevel, k: number) {
  return level.materials[SUBSTITUTES[k]];
}

function sourcePlane(level: ReferenceLevel, k: number): Plane {
  const m = level.materials[k];
  return level.segments[SEGMENT_NAMES[m.count > 0.003 * m.isMember.length ? k : SUBSTITUTES[k]]];
}

function hardSegments(materials: Uint8Array, width: number, height: number): Plane[] {
  return [1, 2, 3].map((k) => ({
    width,
    height,
    data: Float32Array.from(materials, (m) => (m === k ? 1 : 0)),
  }));
}

function controlPoints(from: Float32Array, to: Float32Array) {
  const pick: number[] = [];
  for (let k = 0; k < 468; k += 4) pick.push(k);
  const xy = (p: Float32Array) => Float32Array.from(pick.flatMap((k) => [p[k * 3], p[k * 3 + 1]]));
  return { from: xy(from), to: xy(to) };
}

export type { Segments };
