/** Hair, beards and headwear that the sitters do not have, drawn over them. Lengths in face heights of the mesh. */
import { classNumber } from '../../labels/classes.ts';
import { between, type Colour, happens, hsv, pick, type Random, smoothNoise } from './chance.ts';
import { drawPattern } from './recolour.ts';
import { AREA, lumaOf, meanOf, paint, type Scene, SIDE } from './scene.ts';

const clamp = (value: number) => Math.min(1, Math.max(0, value));
/** 0..1 across an edge at 0 of the given softness; positive is inside. */
const edge = (distance: number, softness: number) => clamp(0.5 + distance / softness);

const BLACK: Colour = [0.1, 0.08, 0.07];

/** Strands that run downwards and a little to the side. */
function strands(scene: Scene, random: Random, base: Colour): (i: number) => Colour {
  const { x, y } = scene.positions;
  const noise = smoothNoise(random);
  const [fine, wave, lean] = [between(random, 25, 70), between(random, 0, 0.12), between(random, -0.3, 0.3)];
  const contrast = between(random, 0.3, 1.1);
  const shade = between(random, 0.2, 0.8);
  return (i) => {
    const [px, py] = [x.data[i], y.data[i]];
    const across = Math.abs(px) + lean * py + wave * Math.sin(9 * py + 3 * px);
    const light =
      1 +
      contrast * (noise(across * fine, py * 5) - 0.5) +
      0.5 * contrast * (noise(across * 8 + 31, py * 2) - 0.5);
    const dim =
      1 -
      shade *
        clamp((scene.positions.radius.data[i] < 1.35 ? 1.35 - scene.positions.radius.data[i] : 0) * 2.5);
    return [base[0] * light * dim, base[1] * light * dim, base[2] * light * dim];
  };
}

/** Hair that falls beside the face to the shoulders or below, straight or full. */
export function growLongHair(scene: Scene, random: Random): void {
  const { x, y, radius } = scene.positions;
  const base = meanOf(scene, ['hair']) ?? BLACK;
  const noise = smoothNoise(random);
  const end = between(random, 0.35, 1.4);
  const [width, flare] = [between(random, 0.06, 0.3), between(random, -0.1, 0.3)];
  const volume = between(random, 1.25, 1.6);
  const ragged = between(random, 0.02, 0.12);
  const gap = between(random, 0, 0.12);
  const sides = happens(random, 0.15) ? [pick(random, [-1, 1])] : [-1, 1];
  const inside = (i: number): number => {
    const [px, py, r] = [x.data[i], y.data[i], radius.data[i]];
    const side = px < 0 ? -1 : 1;
    const wobble = ragged * (noise(py * 6 + 7 * side, 3) - 0.5) * 2;
    if (py < 0.02) {
      // The crown: between the hairline of the mesh and the volume above it.
      const top = Math.hypot(px, py * 0.92) - (0.42 * volume + wobble);
      return Math.min(edge(-top, 0.03), edge(r - (py < -0.3 ? 1.08 : 1.02 + gap), 0.06));
    }
    if (!sides.includes(side)) return 0;
    const outer = 0.42 * volume * 0.95 + (width - 0.1) + flare * Math.min(1, py) + wobble;
    const inner = py < 0.5 ? 0 : between0(py, gap);
    const reach = Math.min(edge(outer - Math.abs(px), 0.03), edge(Math.abs(px) - inner, 0.05));
    return Math.min(reach, edge(r - (1.02 + gap), 0.06), edge(end + wobble * 2 - py, 0.06));
  };
  paint(scene, 'hair', inside, strands(scene, random, base));
}

/** Below the chin the strands part around the neck. */
const between0 = (py: number, gap: number) => 0.16 + gap + 0.1 * Math.max(0, 0.9 - py);

/** Hair over the forehead with a ragged lower edge. */
export function growFringe(scene: Scene, random: Random): void {
  const { x, y, radius, brows } = scene.positions;
  const base = meanOf(scene, ['hair']) ?? BLACK;
  const noise = smoothNoise(random);
  const slope = between(random, -0.25, 0.25);
  const low = brows - between(random, -0.03, 0.16);
  const ragged = between(random, 0.01, 0.08);
  const part = happens(random, 0.3) ? between(random, -0.2, 0.2) : null;
  const inside = (i: number): number => {
    const [px, py, r] = [x.data[i], y.data[i], radius.data[i]];
    if (r > 1.2 || py > 0) return 0;
    const lifted = part === null ? 0 : 0.22 * Math.exp(-(((px - part) / 0.1) ** 2));
    return edge(low + slope * px + ragged * (noise(px * 30, 1) - 0.5) * 2 - lifted - py, 0.025);
  };
  paint(scene, 'hair', inside, strands(scene, random, base));
}

/** Full or frizzy hair all around the head. */
export function growVolume(scene: Scene, random: Random): void {
  const { x, y, radius } = scene.positions;
  const base = meanOf(scene, ['hair']) ?? BLACK;
  const noise = smoothNoise(random);
  const [rx, ry] = [between(random, 0.55, 0.95), between(random, 0.75, 1.1)];
  const centre = between(random, -0.3, -0.1);
  const low = between(random, 0.05, 0.5);
  const curl = between(random, 12, 40);
  const inside = (i: number): number => {
    const [px, py, r] = [x.data[i], y.data[i], radius.data[i]];
    const ragged = 0.1 * (noise(px * 14 + 9, py * 14) - 0.5);
    const out = 1 - Math.hypot(px / rx, (py - centre) / ry) + ragged;
    return Math.min(edge(out, 0.06), edge(r - 1.06, 0.06), edge(low - py, 0.1));
  };
  const light = smoothNoise(random);
  paint(scene, 'hair', inside, (i) => {
    const v = 0.5 + light(x.data[i] * curl, y.data[i] * curl);
    return [base[0] * v, base[1] * v, base[2] * v];
  });
}

/** Takes the hair off: a scalp of the forehead's colour, and what stands behind the head around it. */
export function shaveHead(scene: Scene, random: Random): void {
  const { x, y, radius } = scene.positions;
  const { rgb, labels, trust } = scene;
  const skin = meanOf(scene, ['faceSkin']);
  if (!skin) return;
  const [hair, background] = [classNumber('hair'), classNumber('background')];
  const ground = meanOf(scene, ['background']) ?? [0.5, 0.5, 0.5];
  const [rx, ry] = [between(random, 0.41, 0.46), between(random, 0.36, 0.46)];
  const noise = smoothNoise(random);
  const shine = happens(random, 0.5) ? between(random, 0.1, 0.6) : 0;
  const sx = between(random, -0.2, 0.2);
  const tonsure = happens(random, 0.4) ? between(random, -0.35, -0.1) : 9;
  for (let i = 0; i < AREA; i++) {
    if (labels[i] !== hair && !(radius.data[i] > 0.9 && radius.data[i] < 1.1 && y.data[i] < -0.35)) continue;
    const [px, py] = [x.data[i], y.data[i]];
    if (py > tonsure && py < 0.25 && labels[i] === hair) continue;
    const isSkull =
      py < 0 ? Math.hypot(px / rx, (py + 0.3) / ry) < 1 || radius.data[i] < 1 : radius.data[i] < 1.05;
    const light = isSkull
      ? 1.02 -
        0.25 * clamp(Math.hypot(px / rx, (py + 0.3) / ry) - 0.4) +
        0.05 * (noise(px * 40, py * 40) - 0.5)
      : 0.9 + 0.2 * noise(px * 4, py * 4);
    const gloss = isSkull ? shine * Math.exp(-(((px - sx) / 0.12) ** 2) - ((py + 0.52) / 0.08) ** 2) : 0;
    const ink = isSkull ? skin : ground;
    for (let c = 0; c < 3; c++) rgb[c * AREA + i] = clamp(ink[c] * light + gloss);
    labels[i] = isSkull ? classNumber('faceSkin') : background;
    trust[i] = 255;
  }
}

/** A beard, a moustache or both; stubble where it is thin. */
export function growBeard(scene: Scene, random: Random): void {
  const { x, y, radius } = scene.positions;
  const hair = meanOf(scene, ['hair']) ?? BLACK;
  const base: Colour = happens(random, 0.3) ? [0.75, 0.74, 0.72] : hair;
  const noise = smoothNoise(random);
  const moustache = happens(random, 0.8);
  const beard = !moustache || happens(random, 0.75);
  const [top, below] = [between(random, 0.12, 0.3), between(random, 0.02, 0.45)];
  const dense = between(random, 0.75, 1);
  const goatee = happens(random, 0.25) ? between(random, 0.14, 0.22) : 1;
  const lips = new Set([classNumber('lips'), classNumber('mouthInterior'), classNumber('hair')]);
  const inside = (i: number): number => {
    const [px, py, r] = [Math.abs(x.data[i]), y.data[i], radius.data[i]];
    if (lips.has(scene.labels[i]) || py > 0.5 + below + 0.1) return 0;
    const over = moustache
      ? Math.min(edge(py - 0.17, 0.03), edge(0.245 - py + 0.05 * px, 0.02), edge(0.2 - px, 0.04))
      : 0;
    const curve = top - 0.9 * Math.max(0, px - 0.2) + 0.04 * (noise(px * 20, 5) - 0.5);
    const jaw = beard
      ? Math.min(
          edge(py - Math.max(curve, px < 0.17 ? 0.34 : -1), 0.04),
          Math.max(
            edge(1.05 - r, 0.04),
            edge(0.5 + below - py - 1.2 * px * px, 0.05) * (py > 0.3 && px < 0.38 ? 1 : 0),
          ),
          edge(goatee - px, 0.03),
        )
      : 0;
    return dense * Math.max(over, jaw);
  };
  paint(scene, 'facialHair', inside, strands(scene, random, base));
}

/** A cap, a brimmed hat, a beanie, a turban, a hood or a veil. */
export function putOnHat(scene: Scene, random: Random): void {
  const { x, y, radius, brows } = scene.positions;
  const base = hsv(random(), between(random, 0, 0.8), between(random, 0.05, 0.95));
  const pattern = drawPattern(random, base);
  const noise = smoothNoise(random);
  const kind = pick(random, ['cap', 'brim', 'beanie', 'turban', 'veil', 'veil', 'hood'] as const);
  const low = brows - between(random, 0.02, 0.2);
  const tilt = between(random, -0.2, 0.2);
  const [rx, ry] = [between(random, 0.42, 0.6), between(random, 0.35, 0.6) * (kind === 'turban' ? 1.2 : 1)];
  const brim = {
    wide: between(random, 0.6, 1.1),
    high: between(random, 0.04, 0.14),
    bend: between(random, -0.2, 0.25),
  };
  const veil = {
    r: between(random, 1.0, 1.12),
    out: between(random, 0.08, 0.4),
    end: between(random, 0.6, 2),
  };
  const crown = (px: number, py: number) =>
    Math.min(
      edge(1 - Math.hypot(px / rx, (py - low) / ry) + 0.04 * (noise(px * 9, py * 9) - 0.5), 0.05),
      edge(low - py + 0.02, 0.02),
    );
  const inside = (i: number): number => {
    const [px, r] = [x.data[i], radius.data[i]];
    const py = y.data[i] + tilt * px;
    if (kind === 'veil' || kind === 'hood') {
      const outer = Math.hypot(px / (0.42 + veil.out), (Math.min(py, 0.1) + 0.1) / (0.6 + veil.out)) < 1;
      const spread = 0.42 + veil.out + (py > 0.2 ? 0.5 * (py - 0.2) : 0);
      const isIn = py < 0.1 ? outer : Math.abs(px) < spread && py < veil.end;
      const open = kind === 'hood' && py > 0.35 && Math.abs(px) < 0.2 + 0.2 * (py - 0.35);
      const face = Math.max(edge(r - veil.r, 0.04), edge(low - py, 0.03) * (kind === 'veil' ? 1 : 0));
      return isIn && !open ? face : 0;
    }
    const shell = crown(px, py);
    if (kind === 'beanie' || kind === 'turban') return shell;
    const by = py - low - brim.bend * px * px;
    const rim = edge(1 - Math.hypot(px / (kind === 'cap' ? rx * 0.95 : brim.wide), by / brim.high), 0.15);
    return Math.max(shell, rim);
  };
  const shade = between(random, 0.2, 0.7);
  const light = between(random, -0.5, 0.5);
  const folds = between(random, 0, 0.5);
  paint(scene, 'headwear', inside, (i) => {
    const [px, py] = [x.data[i], y.data[i]];
    const form =
      1 -
      shade * clamp(Math.abs(px + light * 0.3) * 1.2) +
      folds * (noise(px * 11 + py * 4, py * 7 - px * 5) - 0.5);
    const ink = pattern(i % SIDE, Math.floor(i / SIDE));
    return [ink[0] * form, ink[1] * form, ink[2] * form];
  });
}

/** Makes the sitter's own hair finer or coarser to look at: contrast within the hair. */
export function changeHairContrast(scene: Scene, random: Random): void {
  const { rgb, labels } = scene;
  const mean = meanOf(scene, ['hair']);
  if (!mean) return;
  const [hair, gain] = [classNumber('hair'), between(random, 0.1, 1.6)];
  const middle = 0.299 * mean[0] + 0.587 * mean[1] + 0.114 * mean[2];
  for (let i = 0; i < AREA; i++) {
    if (labels[i] !== hair) continue;
    const change = (gain - 1) * (lumaOf(rgb, i) - middle);
    for (let c = 0; c < 3; c++) rgb[c * AREA + i] = clamp(rgb[c * AREA + i] + change);
  }
}
