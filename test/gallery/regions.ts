/** Which part of a portrait a pixel belongs to. The maps are kept as files, so that no change of the product moves them. */
import { join } from 'node:path';
import { contourMask, type FaceNetworks, faceMask, LEFT_EYE, RIGHT_EYE } from '../../models/face/index.ts';
import { gaussianBlur } from '../../models/image/blur.ts';
import { createPicture, createPlane, type Picture, type Plane } from '../../models/image/picture.ts';
import { segmentPortrait } from '../../models/segment/segments.ts';
import { analyzePortrait } from '../../models/stylize/portrait-analysis.ts';
import { readPicture } from '../../renderer/core/pictures/read-picture.ts';
import { galleryFolder } from './paint.ts';

/** `face` is all skin, with glasses and beards; headwear is hair or clothes; `edge` is where the person ends. */
export const REGIONS = ['ground', 'face', 'hair', 'clothes', 'eyes', 'edge'] as const;
export type Region = (typeof REGIONS)[number];

/** px to each side of the border between person and ground. */
const EDGE = 4;

/** Grey levels between the numbers of two regions in a map. */
const STEP = 63;

const EYES = REGIONS.indexOf('eyes');

export const mapPath = (portrait: string) => join(galleryFolder, 'regions', `${portrait}.png`);

/** A grey picture: the number in REGIONS times STEP; edges are not in it. */
export async function mapRegions(portrait: Picture, networks: FaceNetworks): Promise<Picture> {
  const { faces, matte } = await analyzePortrait(portrait, networks, 'largest');
  const { landmarks, parsing } = faces[0];
  const { skin, hair, clothes } = segmentPortrait(portrait, parsing, matte);
  const oval = faceMask(landmarks, portrait.width, portrait.height, 0).data;
  const eyes = [LEFT_EYE, RIGHT_EYE].map((eye) =>
    contourMask(landmarks, eye, portrait.width, portrait.height, 0),
  );
  const map = createPicture(portrait.width, portrait.height);
  for (let i = 0; i < oval.length; i++) {
    const shares = [1 - matte.data[i], skin.data[i] + oval[i], hair.data[i], clothes.data[i]];
    const isEye = eyes.some(({ data }) => data[i] > 0.5);
    const grey = STEP * (isEye ? EYES : shares.indexOf(Math.max(...shares)));
    map.data.set([grey, grey, grey, 255], i * 4);
  }
  return map;
}

/** For each region a plane of the portrait's size, 1 inside and 0 outside. */
export async function readRegions(portrait: string): Promise<Record<Region, Plane>> {
  const map = await readPicture(mapPath(portrait));
  const plane = (number: number): Plane => {
    const out = createPlane(map.width, map.height);
    for (let i = 0; i < out.data.length; i++) out.data[i] = map.data[i * 4] === STEP * number ? 1 : 0;
    return out;
  };
  const ground = plane(0);
  return {
    ground,
    face: plane(1),
    hair: plane(2),
    clothes: plane(3),
    eyes: plane(EYES),
    edge: edgeOf(ground),
  };
}

function edgeOf(ground: Plane): Plane {
  const soft = gaussianBlur(ground, EDGE);
  // A blurred step is 0.16 and 0.84 a sigma away from its border.
  return { ...soft, data: soft.data.map((value) => (value > 0.16 && value < 0.84 ? 1 : 0)) };
}
