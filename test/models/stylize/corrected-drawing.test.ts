/** A drawing with eyes such as no person has, drawn here: handles put them right. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FaceNetworks, loadFaceNetworks } from '../../../models/face/index.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { departuresOf, RATIOS } from '../../../models/proportions/neutral-ratios.ts';
import { placesOf, withCorrections } from '../../../models/stylize/corrections.ts';
import { type Corrections, type Handle, roundedStep } from '../../../models/stylize/handles.ts';
import { prepareStyle } from '../../../models/stylize/reference.ts';
import { findStyleFace, type StyleFace } from '../../../models/stylize/style-face.ts';
import { LARGEST } from '../../../models/stylize/used-reference.ts';
import { toPicture } from '../face/pictures.ts';

/** px: the middles of the eyes, and their half axes. */
const [LEFT, RIGHT, EYES] = [186, 294, 258];
const [ACROSS, UP] = [36, 34];

const eye = (
  x: number,
) => `<ellipse cx="${x}" cy="${EYES}" rx="${ACROSS}" ry="${UP}" fill="#fff" stroke="#3a2418" stroke-width="3"/>
<circle cx="${x}" cy="${EYES}" r="20" fill="#3c7a4c"/><circle cx="${x}" cy="${EYES}" r="10" fill="#111"/>`;
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="560"><rect width="480" height="560" fill="#8fb8c9"/>
<path d="M60 560C70 480 160 460 200 450L280 450C320 460 410 480 420 560Z" fill="#3b5b8c"/><path d="M205 400h70v70q-35 25-70 0Z" fill="#dba27c"/>
<ellipse cx="240" cy="240" rx="150" ry="185" fill="#5a3220"/><ellipse cx="240" cy="270" rx="122" ry="160" fill="#efbd96"/>
<path d="M112 250C120 130 200 110 240 120C290 105 365 135 368 250C350 190 300 170 240 172C180 168 130 190 112 250Z" fill="#5a3220"/>
${eye(LEFT)}${eye(RIGHT)}
<path d="M146 214Q184 192 222 210L220 217Q184 202 148 221Z" fill="#4a2818"/><path d="M334 214Q296 192 258 210L260 217Q296 202 332 221Z" fill="#4a2818"/>
<path d="M236 270Q226 322 218 330Q232 344 240 342Q250 344 262 330" fill="none" stroke="#b9805c" stroke-width="5"/>
<path d="M190 372Q240 392 290 372Q270 408 240 408Q210 408 190 372Z" fill="#b54a4a"/></svg>`;

/** Where the handles of the eyes belong. */
const TRUE: Readonly<Partial<Record<Handle, readonly [number, number]>>> = {
  leftEyeOuter: [LEFT - ACROSS, EYES],
  leftEyeUpperLid: [LEFT, EYES - UP],
  leftEyeInner: [LEFT + ACROSS, EYES],
  leftEyeLowerLid: [LEFT, EYES + UP],
  rightEyeInner: [RIGHT - ACROSS, EYES],
  rightEyeUpperLid: [RIGHT, EYES - UP],
  rightEyeOuter: [RIGHT + ACROSS, EYES],
  rightEyeLowerLid: [RIGHT, EYES + UP],
};

let networks: FaceNetworks;
let drawing: Picture;
let found: StyleFace;
beforeAll(async () => {
  networks = await loadFaceNetworks({ device: 'cpu' });
  drawing = await toPicture(sharp(Buffer.from(DRAWING)));
  found = await findStyleFace(drawing, networks, LARGEST);
});
afterAll(() => networks.release());

/** What a person drags. */
function dragged({ mesh }: StyleFace): Corrections {
  const from = placesOf(mesh);
  const steps = (Object.keys(TRUE) as Handle[]).map((name) => {
    const along = (c: 0 | 1) => ((TRUE[name]?.[c] ?? 0) - from[name][c]) / mesh.interocular;
    return [name, roundedStep([along(0), along(1)])];
  });
  return Object.fromEntries(steps);
}

const heightOf = (landmarks: Float32Array) => departuresOf(landmarks)[RATIOS.indexOf('eyeHeight')];

describe('a drawing whose eyes are read too small', () => {
  test('has them as they are drawn once its handles are put there, and asks for larger eyes', async () => {
    const read = placesOf(found.mesh);
    expect(read.leftEyeLowerLid[1] - read.leftEyeUpperLid[1]).toBeLessThan(UP);
    const { face } = await prepareStyle(drawing, networks, { corrections: dragged(found) });
    const now = placesOf(face);
    for (const [name, [x, y]] of Object.entries(TRUE)) {
      expect(Math.hypot(now[name as Handle][0] - x, now[name as Handle][1] - y), name).toBeLessThan(0.5);
    }
    const own = withCorrections(found.mesh, found.found);
    expect(heightOf(face.landmarks)).toBeGreaterThan(heightOf(own.landmarks) + 0.15);
  });

  test('keeps the points between the handles on the drawn lids', async () => {
    const { landmarks } = withCorrections(found.mesh, dragged(found));
    // Between the corners and the middles of both lids, of both eyes.
    for (const [k, x] of [
      [160, LEFT],
      [158, LEFT],
      [144, LEFT],
      [153, LEFT],
      [385, RIGHT],
      [387, RIGHT],
      [373, RIGHT],
      [380, RIGHT],
    ]) {
      const [dx, dy] = [(landmarks[3 * k] - x) / ACROSS, (landmarks[3 * k + 1] - EYES) / UP];
      expect(Math.hypot(dx, dy), String(k)).toBeGreaterThan(0.8);
      expect(Math.hypot(dx, dy), String(k)).toBeLessThan(1.2);
    }
  });
});
