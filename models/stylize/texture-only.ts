/** A reference without a face, seen as if a person stood in the middle of it who is all of one material. */
import { eyeLineAngle, type Face, interocularDistance } from '../face/index.ts';
import { createPlane, type Picture, type Plane } from '../image/picture.ts';
import type { Segments } from '../segment/segments.ts';
import meanFace from '../weights/mean-face.json' with { type: 'json' };

/** Distance between the outer eye corners over the shorter edge: that of a head and shoulders portrait. */
const INTEROCULAR = 0.2;

/** Where a reference shows its person. */
export interface Sitter {
  readonly face: Face;
  readonly segments: Segments;
  readonly matte: Plane;
  /** 0..1: what is another's, or was never there; null where all of the reference is used. */
  readonly leftOut: Plane | null;
}

/**
 * The segments are all the person's, so that any of it may be painted with; the matte is nobody's, so that all of it can
 * stand behind a person.
 */
export function textureOnly({ width, height }: Picture): Sitter {
  const nothing = createPlane(width, height);
  const segments = {
    background: nothing,
    skin: createPlane(width, height, 1),
    hair: nothing,
    clothes: nothing,
    facialHair: nothing,
  };
  return { face: standIn(width, height), segments, matte: nothing, leftOut: null };
}

/** The mean face in the middle of the picture. */
function standIn(width: number, height: number): Face {
  const unit = INTEROCULAR * Math.min(width, height);
  const middle = [width / 2, height / 2, 0];
  const landmarks = Float32Array.from(meanFace, (value, i) => middle[i % 3] + value * unit);
  const axis = (offset: number) => landmarks.filter((_, i) => i % 3 === offset);
  const [xs, ys] = [axis(0), axis(1)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return {
    box: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y },
    score: 0,
    landmarks,
    angle: eyeLineAngle(landmarks),
    interocular: interocularDistance(landmarks),
  };
}
