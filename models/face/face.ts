/** What is known of a face, and what finds it. */
import type { Picture, Plane, Rect } from '../image/picture.ts';
import type { Iris } from './iris.ts';
import type { Parsing } from './read-parsing.ts';

/** A face found in a picture. */
export interface Face {
  /** The smallest upright rectangle around the landmarks, in pixels; may reach past the picture. */
  readonly box: Rect;
  /** How sure the mesh network is that this is a face, 0..1. */
  readonly score: number;
  /** 468 triples x, y, z in pixels; z is depth at the same scale. See ./topology.ts for names. */
  readonly landmarks: Float32Array;
  /** Radians of the eye line, clockwise on screen. */
  readonly angle: number;
  /** Pixels between the outer corners of the eyes. */
  readonly interocular: number;
}

/** The networks that find and measure faces, opened; `release` gives their memory back. */
export interface FaceNetworks {
  /** What the networks run on, never `auto`. */
  readonly device: string;
  /** Largest first; empty when there is none. */
  findFaces(picture: Picture): Promise<Face[]>;
  /** The face at these landmarks, by one look of the mesh and no search; `score` says whether there is one. */
  locate(picture: Picture, landmarks: Float32Array): Promise<Face>;
  /** 1024 numbers for `cosineSimilarity`. */
  embed(picture: Picture, face: Face): Promise<Float32Array>;
  /** The left and the right iris on the picture; where an eye is closed, a guess. */
  irises(picture: Picture, face: Face): Promise<readonly [Iris, Iris]>;
  /** Which material each part of the face's surroundings is. */
  parse(picture: Picture, face: Face): Promise<Parsing>;
  /** How much of each pixel is person, 0..1, at the picture's size. */
  matte(picture: Picture, face?: Face): Promise<Plane>;
  /** Gives their memory back; nothing can be asked of them afterwards. */
  release(): Promise<void>;
}
