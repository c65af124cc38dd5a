/** Where the parsing network looks, and what it is told of the face there. */
import { faceFrame } from './face-frame.ts';
import { contourMask } from './mask.ts';
import { PARSING_SIDE } from './parsing-classes.ts';
import type { Look, Parsing } from './read-parsing.ts';
import type { Square } from './square.ts';
import { FACE_OVAL, LEFT_BROW, LEFT_EYE, LIPS_OUTER, RIGHT_BROW, RIGHT_EYE } from './topology.ts';

/** Head and shoulders, as nearly all samples of the training show them; and more of the body, as some do. */
export const NEAR: Look = { size: 2.6, below: 0.15, beside: 0 };
export const WIDE: Look = { size: 4.7, below: 0.7, beside: 0 };

/** What was seen around a face, where the face is after it has moved or been deformed. @param landmarks 468 · 3 numbers in pixels */
export const followFace = (parsing: Parsing, landmarks: Float32Array): Parsing =>
  parsing.map((seen) => ({ ...seen, square: parsingSquare(landmarks, seen.look) }));

/** A picture is held with so much around it, as its share, but never looked at more closely than in so many face heights. */
const AROUND = 1.1;
const CLOSEST = 1.5;

/** The square that just holds a picture that ends close around its face; null for any other. @param landmarks in pixels */
export function closeLook(
  landmarks: Float32Array,
  { width, height }: { readonly width: number; readonly height: number },
): Look | null {
  const { centre, down, height: unit } = faceFrame(landmarks);
  const [sin, cos] = down.map(Math.abs);
  const most = Math.max(width * cos + height * sin, width * sin + height * cos);
  const size = Math.max(CLOSEST, (AROUND * most) / unit);
  if (size >= NEAR.size) return null;
  const [x, y] = [width / 2 - centre[0], height / 2 - centre[1]];
  return { size, below: (x * down[0] + y * down[1]) / unit, beside: (x * down[1] - y * down[0]) / unit };
}

/** Contours of the mesh that are shown to the network, one channel each. */
const HINTS = [[FACE_OVAL], [LEFT_BROW, RIGHT_BROW], [LEFT_EYE, RIGHT_EYE], [LIPS_OUTER]];

/**
 * The square in which the network looks, upright with the face.
 * @param landmarks 468 · 3 coordinates in pixels
 */
export function parsingSquare(landmarks: Float32Array, { size, below, beside }: Look = NEAR): Square {
  const { centre, down, height } = faceFrame(landmarks);
  return {
    x: centre[0] + height * (below * down[0] + beside * down[1]),
    y: centre[1] + height * (below * down[1] - beside * down[0]),
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
