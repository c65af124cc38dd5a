/**
 * The face mesh (Kartynnik et al. 2019): 468 points of one face in an upright 192×192 crop.
 */
import { Network, openNetwork, type SessionOptions, type TensorData } from '../runtime/index.ts';
import type { Sampler } from './sampler.ts';
import { fromSquare, type Square } from './square.ts';
import {
  LANDMARK_COUNT,
  LEFT_EYE_INNER,
  LEFT_EYE_OUTER,
  RIGHT_EYE_INNER,
  RIGHT_EYE_OUTER,
} from './topology.ts';

/** Side of the crop as the network sees it. */
export const MESH_SIDE = 192;
const RANGE = { scale: 1 / 255, offset: 0 };
/** Side of the crop over the side of the face, as the network was trained. */
const MARGIN = 1.5;

export interface MeshResult {
  /** 468 triples x, y, z in picture pixels; z grows away from the viewer, from the head's centre. */
  readonly landmarks: Float32Array;
  /** Whether there is a face in the crop, 0..1. */
  readonly presence: number;
}

export class FaceMesh extends Network {
  static async load(options: SessionOptions): Promise<FaceMesh> {
    return new FaceMesh(await openNetwork('facemesh', options));
  }

  /** @param face the square of the face itself, as a detector or `faceSquare` gives it */
  async locate(sampler: Sampler, face: Square): Promise<MeshResult> {
    const { crop, input } = lookAt(sampler, face);
    const { mesh, presence } = await this.session.run({ input });
    return { landmarks: toPicture(mesh.data, crop), presence: presence.data[0] };
  }
}

/** What the mesh networks see of a face with these 468 · 3 coordinates: the crop, and [1, 3, 192, 192] of it, 0..1. */
export const meshInput = (sampler: Sampler, landmarks: Float32Array) =>
  lookAt(sampler, faceSquare(landmarks));

function lookAt(sampler: Sampler, face: Square): { readonly crop: Square; readonly input: TensorData } {
  const crop = { ...face, size: face.size * MARGIN };
  return { crop, input: sampler.sample(crop, MESH_SIDE, RANGE, 'edge') };
}

function toPicture(mesh: Float32Array, crop: Square): Float32Array {
  const landmarks = new Float32Array(3 * LANDMARK_COUNT);
  for (let i = 0; i < landmarks.length; i += 3) {
    [landmarks[i], landmarks[i + 1]] = fromSquare(crop, mesh[i] / MESH_SIDE, mesh[i + 1] / MESH_SIDE);
    landmarks[i + 2] = (mesh[i + 2] / MESH_SIDE) * crop.size;
  }
  return landmarks;
}

/**
 * How far a head is tilted.
 * @param landmarks 468 · 3 numbers in pixels
 * @returns radians of the line through the eyes, 0 when level, clockwise on screen
 */
export function eyeLineAngle(landmarks: Float32Array): number {
  const [leftX, leftY] = eyeCentre(landmarks, LEFT_EYE_OUTER, LEFT_EYE_INNER);
  const [rightX, rightY] = eyeCentre(landmarks, RIGHT_EYE_INNER, RIGHT_EYE_OUTER);
  return Math.atan2(rightY - leftY, rightX - leftX);
}

/**
 * The unit of a face's size.
 * @param landmarks 468 · 3 numbers in pixels
 * @returns pixels between the outer corners of the eyes (the 300-W convention)
 */
export function interocularDistance(landmarks: Float32Array): number {
  const dx = landmarks[3 * RIGHT_EYE_OUTER] - landmarks[3 * LEFT_EYE_OUTER];
  const dy = landmarks[3 * RIGHT_EYE_OUTER + 1] - landmarks[3 * LEFT_EYE_OUTER + 1];
  return Math.hypot(dx, dy);
}

function eyeCentre(landmarks: Float32Array, a: number, b: number): [number, number] {
  return [(landmarks[3 * a] + landmarks[3 * b]) / 2, (landmarks[3 * a + 1] + landmarks[3 * b + 1]) / 2];
}

/** The square around all points, along the eyes. @param landmarks 468 · 3 numbers in pixels */
export function faceSquare(landmarks: Float32Array): Square {
  const angle = eyeLineAngle(landmarks);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let [minU, maxU, minV, maxV] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < landmarks.length; i += 3) {
    const u = landmarks[i] * cos + landmarks[i + 1] * sin;
    const v = landmarks[i + 1] * cos - landmarks[i] * sin;
    minU = Math.min(minU, u);
    maxU = Math.max(maxU, u);
    minV = Math.min(minV, v);
    maxV = Math.max(maxV, v);
  }
  const u = (minU + maxU) / 2;
  const v = (minV + maxV) / 2;
  return { x: u * cos - v * sin, y: u * sin + v * cos, size: Math.max(maxU - minU, maxV - minV), angle };
}
