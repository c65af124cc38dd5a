/**
 * BlazeFace (Bazarevsky et al. 2019), the 256×256 variant: where faces are, roughly, in one square of a picture.
 * It sees faces upright within about 45° and larger than about a tenth of the square; who searches pictures for
 * others is ./search.ts.
 */
import { Network, openNetwork, type SessionOptions } from '../runtime/index.ts';
import type { Sampler } from './sampler.ts';
import { fromSquare, type Square } from './square.ts';

export interface Detection {
  /** Upright along the eyes, centred on the face, from brows to chin. */
  readonly square: Square;
  /** 0..1 */
  readonly score: number;
}

const SIDE = 256;
const RANGE = { scale: 1 / 127.5, offset: -1 };
/** Per anchor: centre offset, size, then six points: the eyes (of the image's left, right), nose, mouth, ears. */
const VALUES = 16;
const OVERLAP = 0.3;

interface RawFace {
  readonly score: number;
  /** Fractions of the square: centre x, y, width, height, then six points. */
  readonly values: Float32Array;
}

export class Detector extends Network {
  static async load(options: SessionOptions): Promise<Detector> {
    return new Detector(await openNetwork('blazeface', options));
  }

  /** Faces in the square with at least this score, best first. */
  async detect(sampler: Sampler, square: Square, threshold: number): Promise<Detection[]> {
    const input = sampler.sample(square, SIDE, RANGE, 'black');
    const { scores16, boxes16, scores8, boxes8 } = await this.session.run({ input });
    const raw = [
      ...decode(scores16.data, boxes16.data, 16, 2, threshold),
      ...decode(scores8.data, boxes8.data, 8, 6, threshold),
    ];
    return mergeOverlapping(raw).map((face) => toDetection(face, square));
  }
}

/** Anchors are the centres of a grid's cells, several of them in each. */
function decode(
  logits: Float32Array,
  boxes: Float32Array,
  grid: number,
  perCell: number,
  threshold: number,
): RawFace[] {
  const faces: RawFace[] = [];
  const logit = Math.log(threshold / (1 - threshold));
  for (let i = 0; i < logits.length; i++) {
    if (logits[i] < logit) continue;
    const cell = Math.floor(i / perCell);
    const anchor = [((cell % grid) + 0.5) / grid, (Math.floor(cell / grid) + 0.5) / grid];
    const values = boxes.slice(i * VALUES, (i + 1) * VALUES).map((value, k) => {
      const isSize = k === 2 || k === 3;
      return value / SIDE + (isSize ? 0 : anchor[k % 2]);
    });
    faces.push({ score: 1 / (1 + Math.exp(-logits[i])), values });
  }
  return faces;
}

/** Non-maximum suppression that averages, weighted by score, what it suppresses (BlazeFace, section 3.4). */
function mergeOverlapping(faces: readonly RawFace[]): RawFace[] {
  let rest = [...faces].sort((a, b) => b.score - a.score);
  const merged: RawFace[] = [];
  while (rest.length > 0) {
    const best = rest[0];
    const same = rest.filter((face) => face === best || overlap(face, best) > OVERLAP);
    const total = same.reduce((sum, { score }) => sum + score, 0);
    const values = best.values.map(
      (_, k) => same.reduce((sum, face) => sum + face.values[k] * face.score, 0) / total,
    );
    merged.push({ score: best.score, values });
    rest = rest.filter((face) => !same.includes(face));
  }
  return merged;
}

/** Intersection over union of the boxes. */
function overlap({ values: a }: RawFace, { values: b }: RawFace): number {
  const shared = (axis: number) =>
    Math.max(
      0,
      Math.min(a[axis] + a[axis + 2] / 2, b[axis] + b[axis + 2] / 2) -
        Math.max(a[axis] - a[axis + 2] / 2, b[axis] - b[axis + 2] / 2),
    );
  const intersection = shared(0) * shared(1);
  return intersection / (a[2] * a[3] + b[2] * b[3] - intersection);
}

function toDetection({ score, values }: RawFace, square: Square): Detection {
  const [x, y] = fromSquare(square, values[0], values[1]);
  const eyes = Math.atan2(values[7] - values[5], values[6] - values[4]);
  const size = Math.max(values[2], values[3]) * square.size;
  return { square: { x, y, size, angle: square.angle + eyes }, score };
}
