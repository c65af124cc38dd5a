/** With the real face of the fixtures: the measure is of photographs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Face, type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { resizePicture } from '../../../models/image/resize.ts';
import { featurePlane } from '../../../models/stylize/features.ts';
import {
  type FineDetail,
  fineDetail,
  photographicResidue,
} from '../../../models/stylize/photographic-residue.ts';
import { ASTRONAUT, JOCONDE, readPicture } from '../face/pictures.ts';
import { noisePicture } from '../image/planes.ts';

let networks: FaceNetworks;
let portrait: Picture;
let painting: Picture;
let face: Face;
let detail: FineDetail;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  portrait = await readPicture(ASTRONAUT);
  [face] = await networks.findFaces(portrait);
  detail = fineDetail(portrait, face, await networks.matte(portrait, face));
  painting = resizePicture(await readPicture(JOCONDE), portrait.width, portrait.height);
});
afterAll(() => networks.release());

const residue = (picture: Picture) => photographicResidue(picture, face, detail);
const blend = (share: number, other: Picture): Picture => ({
  ...portrait,
  data: portrait.data.map((value, i) => share * value + (1 - share) * other.data[i]),
});

describe('photographic residue', () => {
  it('is 1 of the photograph, graded or not', () => {
    expect(residue(portrait)).toBeGreaterThan(0.999);
    const graded = {
      ...portrait,
      data: portrait.data.map((value, i) => (i % 4 === 3 ? 255 : 30 + 0.6 * value)),
    };
    expect(residue(graded)).toBeGreaterThan(0.95);
  });

  it('is 0 of noise and of a painting of somebody else', () => {
    expect(residue(noisePicture(portrait.width, portrait.height, 1))).toBeLessThan(0.02);
    expect(residue(painting)).toBeLessThan(0.02);
  });

  it('of a blend is in between, and grows with the share of the photograph', () => {
    const shares = [0.25, 0.5, 0.75].map((share) => residue(blend(share, noisePicture(512, 512, 2))));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[1]).toBeGreaterThan(0.05);
    expect(shares[2]).toBeLessThan(0.95);
  });

  it('does not see light and shade, which make a likeness', () => {
    const { width, height } = portrait;
    const shading = resizePicture(resizePicture(portrait, width / 16, height / 16), width, height);
    const noise = noisePicture(width, height, 3);
    const drawn = { ...shading, data: shading.data.map((value, i) => 0.8 * value + 0.2 * noise.data[i]) };
    expect(residue(drawn)).toBeLessThan(0.05);
  });

  it('does not see the features, the background or the outline', async () => {
    const features = featurePlane(portrait.width, portrait.height, face.landmarks, face.interocular);
    const matte = await networks.matte(portrait, face);
    const untouched = (i: number) => features.data[i] === 1 || matte.data[i] < 0.5;
    const kept = {
      ...painting,
      data: painting.data.map((value, k) => (untouched(k >> 2) ? portrait.data[k] : value)),
    };
    expect(residue(kept)).toBeLessThan(0.05);
  });
});
