/**
 * How far apart two pictures are in colours or in texture: the sliced Wasserstein-1 distance (Rabin et al. 2011; used so
 * on image patches by Karras et al. 2018, "Progressive growing of GANs") between their pixels or their 7×7 patches in
 * CIELab / 100, that is between two clouds of 3- or 147-dimensional points, averaged over 256 fixed directions and over
 * three octaves of pictures brought to 640 px height. 0 is alike.
 *
 * It knows nothing of faces or people, and a picture that copies pieces of the reference scores well however they lie.
 */
import { labPlanes } from './colour.ts';
import type { Picture, Plane } from './picture.ts';
import { seededNormal } from './random.ts';
import { resizePicture, resizePlane } from './resize.ts';

const HEIGHT = 640;
const OCTAVES = 3;
const CHANNELS = 3;
/** Edge (px) of a patch of texture; a patch of colour is one pixel. */
const EDGE = 7;
const DIRECTIONS = 256;
/** Patches drawn an octave. More lowers the noise floor: a mirrored picture is 0.003 to 0.005 from itself. */
const PATCHES = 2048;

/** A picture as seen by the distance: for each octave [256, 2048] projections, each row in ascending order. */
export interface PatchProfile {
  readonly octaves: readonly Float32Array[];
}

export interface PatchProfileOptions {
  /** Pixels instead of patches, so that only colours count. */
  pixels?: boolean;
  /** Only patches whose centre has a value over 0.5 here; a plane of the picture's size. */
  mask?: Plane;
  /** Takes each patch's own mean away, a channel at a time, so that only texture is left. */
  removeMean?: boolean;
  /** The picture as it is, one octave only, instead of three octaves of it at 640 px height. */
  native?: boolean;
}

/** The profile of a picture; transparent pixels are seen over white. Throws RangeError when the mask is empty. */
export function patchProfile(picture: Picture, options: PatchProfileOptions = {}): PatchProfile {
  const octaves = [];
  const edge = options.pixels ? 1 : EDGE;
  const base = overWhite(picture);
  for (let octave = 0; octave < (options.native ? 1 : OCTAVES); octave++) {
    const height = options.native ? picture.height : HEIGHT >> octave;
    const width = Math.max(edge, Math.round((picture.width / picture.height) * height));
    const scaled = resizePicture(base, width, height);
    const mask = options.mask && resizePlane(options.mask, width, height);
    octaves.push(sortedProjections(drawPatches(scaled, edge, mask, options.removeMean ?? false)));
  }
  return { octaves };
}

/** Mean over octaves and directions of the Wasserstein-1 distance between two profiles. */
export function profileDistance(one: PatchProfile, other: PatchProfile): number {
  let sum = 0;
  const { length } = one.octaves;
  if (other.octaves.length !== length) throw new RangeError('Expected two profiles of the same kind.');
  for (let octave = 0; octave < length; octave++) {
    const a = one.octaves[octave];
    const b = other.octaves[octave];
    for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  }
  return sum / (length * DIRECTIONS * PATCHES);
}

/**
 * Distance in colours alone of two whole pictures, of any sizes: a shift of all of them by d in Lab is d / 200. A
 * photograph and a painting are about 0.1 apart.
 */
export function styleDistance(result: Picture, reference: Picture): number {
  return profileDistance(colourProfile(result), colourProfile(reference));
}

/** The profile of a picture's colours. */
export const colourProfile = (picture: Picture): PatchProfile => patchProfile(picture, { pixels: true });

/** Distance in texture alone, inside the masks; throws RangeError when one is empty. */
export function textureDistance(
  result: Picture,
  resultMask: Plane,
  reference: Picture,
  referenceMask: Plane,
): number {
  return profileDistance(
    patchProfile(result, { mask: resultMask, removeMean: true }),
    patchProfile(reference, { mask: referenceMask, removeMean: true }),
  );
}

function overWhite(picture: Picture): Picture {
  const data = picture.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3];
    if (alpha === 255) continue;
    for (let c = 0; c < 3; c++) data[i + c] = 255 + ((data[i + c] - 255) * alpha) / 255;
    data[i + 3] = 255;
  }
  return { ...picture, data };
}

/** Top left corners of patches, spread evenly by the R2 sequence (Roberts 2018). */
function* corners(width: number, height: number, edge: number): Generator<[number, number]> {
  const x1 = 0.7548776662466927;
  const y1 = 0.5698402909980532;
  for (let i = 1; ; i++) {
    yield [Math.floor(((i * x1) % 1) * (width - edge + 1)), Math.floor(((i * y1) % 1) * (height - edge + 1))];
  }
}

/** [2048, edge · edge · 3] patches in Lab / 100, channel by channel. */
function drawPatches(
  picture: Picture,
  edge: number,
  mask: Plane | undefined,
  removeMean: boolean,
): Float32Array {
  const { width, height } = picture;
  const { l, a, b } = labPlanes(picture);
  const samples = edge * edge;
  const patches = new Float32Array(PATCHES * samples * CHANNELS);
  const middle = (edge >> 1) * (width + 1);
  let drawn = 0;
  let tries = 0;
  for (const [x, y] of corners(width, height, edge)) {
    if (drawn === PATCHES) break;
    if (++tries > PATCHES * 500)
      throw new RangeError('Expected a mask that covers a face but received an empty one.');
    const corner = y * width + x;
    if (mask && mask.data[corner + middle] <= 0.5) continue;
    const start = drawn++ * samples * CHANNELS;
    [l, a, b].forEach((plane, c) => {
      const patch = patches.subarray(start + c * samples, start + (c + 1) * samples);
      copyPatch(plane, corner, edge, patch);
      if (removeMean) centre(patch);
    });
  }
  return patches;
}

function copyPatch(plane: Plane, corner: number, edge: number, patch: Float32Array): void {
  for (let y = 0, k = 0; y < edge; y++) {
    const row = corner + y * plane.width;
    for (let x = 0; x < edge; x++) patch[k++] = plane.data[row + x] / 100;
  }
}

function centre(patch: Float32Array): void {
  let mean = 0;
  for (const value of patch) mean += value / patch.length;
  for (let k = 0; k < patch.length; k++) patch[k] -= mean;
}

const directions = new Map<number, Float32Array>();

/** [256, dimensions] unit vectors, the same ones always. */
function unitDirections(dimensions: number): Float32Array {
  const known = directions.get(dimensions);
  if (known) return known;
  const unit = Float32Array.from({ length: DIRECTIONS * dimensions }, seededNormal(1));
  for (let start = 0; start < unit.length; start += dimensions) {
    const direction = unit.subarray(start, start + dimensions);
    const length = Math.hypot(...direction);
    for (let k = 0; k < dimensions; k++) direction[k] /= length;
  }
  directions.set(dimensions, unit);
  return unit;
}

/** Patches [2048, n] onto the directions: [256, 2048], each row sorted. Four directions a pass keep a patch in cache. */
function sortedProjections(patches: Float32Array): Float32Array {
  const count = PATCHES;
  const size = patches.length / count;
  const unit = unitDirections(size);
  const out = new Float32Array(DIRECTIONS * count);
  for (let i = 0; i < count; i++) {
    const patch = patches.subarray(i * size, (i + 1) * size);
    for (let j = 0; j < DIRECTIONS; j += 4) {
      const first = j * size;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let k = 0, u = first; k < size; k++, u++) {
        const value = patch[k];
        s0 += value * unit[u];
        s1 += value * unit[u + size];
        s2 += value * unit[u + 2 * size];
        s3 += value * unit[u + 3 * size];
      }
      out[j * count + i] = s0;
      out[(j + 1) * count + i] = s1;
      out[(j + 2) * count + i] = s2;
      out[(j + 3) * count + i] = s3;
    }
  }
  for (let j = 0; j < DIRECTIONS; j++) out.subarray(j * count, (j + 1) * count).sort();
  return out;
}
