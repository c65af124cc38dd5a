/** The photographs and style references of an evaluation of proportions, each looked at once. */
import { basename } from 'node:path';
import type { Face, FaceNetworks } from '../../models/face/index.ts';
import type { Picture, Plane } from '../../models/image/picture.ts';
import { isTurned } from '../../models/proportions/changes.ts';
import { listPictures } from '../core/pictures/list-pictures.ts';
import { readPicture } from '../core/pictures/read-picture.ts';

export interface ProportionPictures {
  /** Folders. */
  readonly portraits: string;
  readonly styles: readonly string[];
  /** Use every n-th portrait only. */
  readonly every: number;
}

export interface Reference {
  readonly path: string;
  readonly name: string;
  readonly picture: Picture;
  readonly landmarks: Float32Array;
}

export interface Photograph {
  readonly path: string;
  readonly name: string;
  readonly picture: Picture;
  readonly face: Face;
  readonly matte: Plane;
}

/** The files, sorted by name. @throws NOT_FOUND, NO_PICTURES */
export async function listProportionPictures({ portraits, styles, every }: ProportionPictures) {
  const all = await listPictures(portraits);
  return {
    all,
    portraits: all.filter((_, i) => i % every === 0),
    styles: (await Promise.all(styles.map(listPictures))).flat(),
  };
}

/** @returns null for a picture that shows no face, or one that is turned too far */
export async function readReference(path: string, networks: FaceNetworks): Promise<Reference | null> {
  const picture = await readPicture(path);
  const [face] = await networks.findFaces(picture);
  if (!face || isTurned(face.landmarks)) return null;
  return { path, name: basename(path), picture, landmarks: face.landmarks };
}

/** @returns null for a picture that shows no face, or one that is turned too far */
export async function readPhotograph(path: string, networks: FaceNetworks): Promise<Photograph | null> {
  const picture = await readPicture(path);
  const [face] = await networks.findFaces(picture);
  if (!face || isTurned(face.landmarks)) return null;
  return { path, name: basename(path), picture, face, matte: await networks.matte(picture, face) };
}
