/** Glasses, hands, microphones and bare shoulders, drawn over the sitters. Lengths in face heights of the mesh. */
import {
  LEFT_EYE_INNER,
  LEFT_EYE_OUTER,
  RIGHT_EYE_INNER,
  RIGHT_EYE_OUTER,
} from '../../../models/face/index.ts';
import { classNumber } from '../../labels/classes.ts';
import { between, type Colour, happens, hsv, pick, type Random, smoothNoise } from './chance.ts';
import { AREA, lumaOf, meanOf, paint, type Scene, SIDE } from './scene.ts';

const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** Frames around both eyes, with clear or dark glass. Clear glass leaves what it covers. */
export function putOnGlasses(scene: Scene, random: Random): void {
  const { x, y } = scene.positions;
  const eye = (a: number, b: number) => [
    (facePoint(scene, a)[0] + facePoint(scene, b)[0]) / 2,
    (facePoint(scene, a)[1] + facePoint(scene, b)[1]) / 2,
  ];
  const eyes = [eye(LEFT_EYE_OUTER, LEFT_EYE_INNER), eye(RIGHT_EYE_INNER, RIGHT_EYE_OUTER)];
  const [rx, ry, thick] = [
    between(random, 0.13, 0.19),
    between(random, 0.09, 0.16),
    between(random, 0.008, 0.028),
  ];
  const power = between(random, 2, 5);
  const isDark = happens(random, 0.3);
  const ink: Colour = happens(random, 0.6)
    ? [0.08, 0.07, 0.07]
    : hsv(random(), between(random, 0, 0.7), between(random, 0.2, 0.9));
  const norm = (i: number, [ex, ey]: number[]) =>
    (Math.abs((x.data[i] - ex) / rx) ** power + Math.abs((y.data[i] - ey - 0.01) / ry) ** power) **
    (1 / power);
  const inside = (i: number): number => {
    if (Math.abs(x.data[i]) > 0.5 || Math.abs(y.data[i]) > 0.4) return 0;
    const d = Math.min(norm(i, eyes[0]), norm(i, eyes[1]));
    const rim = thick / Math.min(rx, ry);
    if (isDark && d < 1) return 0.95;
    const bridge =
      Math.abs(y.data[i] - eyes[0][1] + 0.02) < thick &&
      x.data[i] > eyes[0][0] &&
      x.data[i] < eyes[1][0] &&
      d > 1;
    const temples =
      Math.abs(y.data[i] - eyes[0][1] + 0.02) < thick &&
      (x.data[i] < eyes[0][0] - rx || x.data[i] > eyes[1][0] + rx) &&
      Math.abs(x.data[i]) < 0.44;
    return bridge || temples ? 0.9 : clamp(1.5 - Math.abs(d - 1) / rim);
  };
  const shine = between(random, 0, 0.3);
  paint(scene, 'glasses', inside, (i) => {
    const gloss = isDark ? shine * clamp(0.5 - 3 * (y.data[i] - eyes[0][1]) + x.data[i]) : 0;
    return [ink[0] + gloss, ink[1] + gloss, ink[2] + gloss];
  });
}

/** A landmark in face heights. */
function facePoint({ landmarks, positions: { x, y } }: Scene, k: number): [number, number] {
  const column = Math.min(SIDE - 1, Math.max(0, Math.round(landmarks[3 * k])));
  const row = Math.min(SIDE - 1, Math.max(0, Math.round(landmarks[3 * k + 1])));
  return [x.data[row * SIDE + column], y.data[row * SIDE + column]];
}

/** A rod with a round head that rises from below, such as a microphone. */
export function putMicrophone(scene: Scene, random: Random): void {
  const { x, y } = scene.positions;
  const [hx, hy, size] = [between(random, -0.4, 0.4), between(random, 0.3, 1), between(random, 0.06, 0.15)];
  const [lean, rod] = [between(random, -0.5, 0.5), between(random, 0.015, 0.07)];
  const grey = between(random, 0.03, 0.5);
  const noise = smoothNoise(random);
  const inside = (i: number): number => {
    const [px, py] = [x.data[i] - hx, y.data[i] - hy];
    const ball = Math.hypot(px, py * 0.8) < size;
    return ball || (py > 0 && Math.abs(px - lean * py) < rod) ? 1 : 0;
  };
  paint(scene, 'other', inside, (i) => {
    const v =
      grey * (0.7 + 0.6 * noise(x.data[i] * 60, y.data[i] * 60)) +
      0.25 * clamp(1 - Math.hypot(x.data[i] - hx + 0.04, y.data[i] - hy + 0.05) / 0.08);
    return [v, v, v];
  });
}

/** A hand of the sitter's skin before chin or cheek: fingers side by side, and a palm below. */
export function putHand(scene: Scene, random: Random): void {
  const { x, y } = scene.positions;
  const skin = meanOf(scene, ['faceSkin']) ?? [0.7, 0.5, 0.4];
  const side = pick(random, [-1, 1]);
  const [hx, hy] = [side * between(random, 0.05, 0.45), between(random, 0.3, 0.75)];
  const angle = between(random, -0.9, 0.9);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [thick, length] = [between(random, 0.045, 0.065), between(random, 0.25, 0.45)];
  const fingers = Math.floor(between(random, 1, 5));
  const ends = Array.from({ length: fingers }, () => length * between(random, 0.75, 1));
  const local = (i: number) => {
    const [dx, dy] = [x.data[i] - hx, y.data[i] - hy];
    return [dx * cos + dy * sin, dy * cos - dx * sin];
  };
  const depth = (i: number): number => {
    const [u, v] = local(i);
    let best = 1 - Math.hypot(u / (thick * (fingers + 0.5)), (v - 0.18) / 0.2);
    if (v > 0.2) best = Math.max(best, 1 - Math.abs(u) / (thick * (fingers * 0.7 + 0.6)));
    ends.forEach((end, k) => {
      const across = u - (k - (fingers - 1) / 2) * 2 * thick;
      best = Math.max(best, 1 - Math.hypot(across, Math.max(0, -v - end) + Math.max(0, v - 0.2)) / thick);
    });
    return best;
  };
  paint(
    scene,
    'other',
    (i) => (depth(i) > 0 ? 1 : 0),
    (i) => {
      const light = 0.72 + 0.4 * Math.sqrt(clamp(depth(i)));
      return [skin[0] * light, skin[1] * light, skin[2] * light];
    },
  );
}

/** Takes the clothes off the shoulders: a neckline, round, pointed or none, above which cloth becomes skin. */
export function bareShoulders(scene: Scene, random: Random): void {
  const { x, y } = scene.positions;
  const { rgb, labels, trust } = scene;
  const skin = meanOf(scene, ['bodySkin']) ?? meanOf(scene, ['faceSkin']);
  const cloth = meanOf(scene, ['clothes']);
  if (!skin || !cloth) return;
  const clothes = classNumber('clothes');
  const [line, slope, round] = [
    between(random, 0.75, 1.6),
    between(random, -1.2, 0.3),
    between(random, 0, 0.5),
  ];
  const plain = between(random, 0, 0.25);
  const middle = 0.299 * cloth[0] + 0.587 * cloth[1] + 0.114 * cloth[2] + 0.3;
  for (let i = 0; i < AREA; i++) {
    if (labels[i] !== clothes) continue;
    const px = Math.abs(x.data[i]);
    if (y.data[i] > line + slope * px - round * px * px) continue;
    const light =
      1 +
      plain * ((lumaOf(rgb, i) + 0.3) / middle - 1) -
      0.15 * clamp(px - 0.3) -
      0.2 * clamp(1 - Math.abs(y.data[i] - 0.55) * 8) * (px < 0.3 ? 1 : 0);
    for (let c = 0; c < 3; c++) rgb[c * AREA + i] = clamp(skin[c] * light);
    labels[i] = classNumber('bodySkin');
    trust[i] = 160;
  }
}

/** A wide collar or ruff around the neck, as in old portraits. */
export function putOnCollar(scene: Scene, random: Random): void {
  const { x, y, radius } = scene.positions;
  const ink: Colour = happens(random, 0.7)
    ? [0.93, 0.92, 0.88]
    : hsv(random(), 0.5, between(random, 0.2, 0.9));
  const [top, high, wide] = [
    between(random, 0.48, 0.62),
    between(random, 0.12, 0.4),
    between(random, 0.4, 0.8),
  ];
  const folds = between(random, 10, 30);
  const depth = between(random, 0, 0.3);
  const open = happens(random, 0.3) ? between(random, 0.05, 0.2) : 0;
  const inside = (i: number): number => {
    const px = Math.abs(x.data[i]);
    const upper = top + 0.25 * px * (open > 0 ? -1 : 1) * 0.3;
    if (radius.data[i] < 1.02 || px < open * clamp((y.data[i] - top) * 4)) return 0;
    return y.data[i] > upper && y.data[i] < top + high * Math.sqrt(clamp(1 - (px / wide) ** 2)) ? 1 : 0;
  };
  paint(scene, 'clothes', inside, (i) => {
    const v = 1 - depth * (0.5 + 0.5 * Math.sin(folds * Math.atan2(x.data[i], y.data[i] - 0.2)));
    return [ink[0] * v, ink[1] * v, ink[2] * v];
  });
}
