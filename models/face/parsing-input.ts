/** Where the parsing network looks, and what it is told of the face there. */
import { faceFrame } from './face-frame.ts';
import { contourMask } from './mask.ts';
import { PARSING_SIDE } from './parsing-classes.ts';
import type { Parsing } from './read-parsing.ts';
import type { Square } from './square.ts';
import { FACE_OVAL, LEFT_BROW, LEFT_EYE, LIPS_OUTER, RIGHT_BROW, RIGHT_EYE } from './topology.ts';

/** How the network looks: side of its square and how far its middle lies below the face's, in face heights of the mesh. */
export interface Look {
  readonly size: number;
  readonly below: number;
}

/** Head and shoulders, as nearly all samples of the training show them; and more of the body, as some do. */
export const NEAR: Look = { size: 2.6, below: 0.15 };
export const WIDE: Look = { size: 4.7, below: 0.7 };

/** What was seen around a face, where the face is after it has moved or been deformed. @param landmarks 468 · 3 numbers in pixels */
export const followFace = (parsing: Parsing, landmarks: Float32Array): Parsing =>
  parsing.map(({ shares }, k) => ({ shares, square: parsingSquare(landmarks, [NEAR, WIDE][k]) }));

/** Contours of the mesh that are shown to the network, one channel each. */
const HINTS = [[FACE_OVAL], [LEFT_BROW, RIGHT_BROW], [LEFT_EYE, RIGHT_EYE], [LIPS_OUTER]];

/**
 * The square in which the network looks, upright with the face.
 * @param landmarks 468 · 3 coordinates in pixels
 */
export function parsingSquare(landmarks: Float32Array, { size, below }: Look = NEAR): Square {
  const { centre, down, height } = faceFrame(landmarks);
  return {
    x: centre[0] + below * height * down[0],
    y: centre[1] + below * height * down[1],
    size: size * height,
    angle: Math.atan2(-down[0], down[1]),
  };
}

/**
 * Planes of 0 and 1 where the mesh has face, brows, eyes and lips.
 * @param landmarks in samples of the network's input
 */
export function meshHints(landmarks: Float32Array): Float32Array[] {
  return HINTS.map((contours) => {
    const [first, ...others] = contours.map(
      (contour) => contourMask(landmarks, contour, PARSING_SIDE, PARSING_SIDE, 0).data,
    );
    for (const other of others)
      for (let i = 0; i < first.length; i++) first[i] = Math.max(first[i], other[i]);
    return first;
  });
}

/** Landmarks of the picture in samples of the square. */
export function inSquare(landmarks: Float32Array, { x, y, size, angle }: Square): Float32Array {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)].map((value) => (value * PARSING_SIDE) / size);
  const placed = landmarks.slice();
  for (let i = 0; i < placed.length; i += 3) {
    const [dx, dy] = [landmarks[i] - x, landmarks[i + 1] - y];
    placed[i] = PARSING_SIDE / 2 + dx * cos + dy * sin;
    placed[i + 1] = PARSING_SIDE / 2 - dx * sin + dy * cos;
  }
  return placed;
}
