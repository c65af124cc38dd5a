/** Clothes that US officials do not wear in their portraits, drawn over the sitters. Lengths in face heights of the mesh. */
import { classNumber } from '../../labels/classes.ts';
import { between, type Colour, happens, hsv, pick, type Random, smoothNoise } from './chance.ts';
import { type Backdrop, drawPattern } from './recolour.ts';
import { AREA, lumaOf, meanOf, type Scene, SIDE } from './scene.ts';

const clamp = (value: number) => Math.min(1, Math.max(0, value));

const CLOTHES = classNumber('clothes');
const BODY = classNumber('bodySkin');

/** The colour of a cloth at a sample. */
type Cloth = (i: number) => Colour;

/** Plain, patterned or printed with a photograph; in any colour, often dark, or that of hair, skin or ground. */
export function drawCloth(scene: Scene, random: Random, backdrop: Backdrop): Cloth {
  if (happens(random, 0.25)) {
    const print = backdrop(random);
    const [gain, grey] = [between(random, 0.5, 1.2), happens(random, 0.3) ? between(random, 0.3, 1) : 0];
    return (i) => {
      const l = lumaOf(print, i);
      const at = (c: number) => clamp(gain * (print[c * AREA + i] + grey * (l - print[c * AREA + i])));
      return [at(0), at(1), at(2)];
    };
  }
  const kind = random();
  const near =
    kind < 0.25 ? meanOf(scene, [pick(random, ['faceSkin', 'hair', 'background'] as const)]) : null;
  const value = kind > 0.65 ? between(random, 0.02, 0.2) : between(random, 0.05, 1);
  const base = near ?? hsv(random(), between(random, 0, 0.9) ** 1.5, value);
  const pattern = drawPattern(random, base);
  return (i) => pattern(i % SIDE, Math.floor(i / SIDE));
}

/** Light and shade that the samples of some cloth already have, about 1, and folds of its own. */
function foldsOf(scene: Scene, random: Random): (i: number) => number {
  const { x, y } = scene.positions;
  const cloth = meanOf(scene, ['clothes']) ?? [0.4, 0.4, 0.4];
  const middle = 0.299 * cloth[0] + 0.587 * cloth[1] + 0.114 * cloth[2] + 0.25;
  const luma = Float32Array.from({ length: AREA }, (_, i) => lumaOf(scene.rgb, i));
  const [kept, deep] = [between(random, 0, 0.5), between(random, 0.05, 0.5)];
  const noise = smoothNoise(random);
  const knit = happens(random, 0.2) ? between(random, 0.1, 0.4) : 0;
  const grain = between(random, 25, 60);
  return (i) => {
    const own = scene.labels[i] === CLOTHES ? kept * ((luma[i] + 0.25) / middle - 1) : 0;
    const fold = deep * (noise(x.data[i] * 6 + 2 * y.data[i], y.data[i] * 4 - x.data[i]) - 0.5);
    const rib = knit * (noise(x.data[i] * grain, y.data[i] * 6) - 0.5);
    return Math.min(1.5, 1 + own + fold + rib);
  };
}

/** Puts cloth or skin on samples of a body; hair and face stay before it. */
function cover(
  scene: Scene,
  what: 'clothes' | 'bodySkin',
  isThere: (i: number) => boolean,
  colour: Cloth,
  over: readonly number[] = [CLOTHES, BODY],
): void {
  const { rgb, labels, trust } = scene;
  for (let i = 0; i < AREA; i++) {
    if (!over.includes(labels[i]) || !isThere(i)) continue;
    const ink = colour(i);
    for (let c = 0; c < 3; c++) rgb[c * AREA + i] = clamp(ink[c]);
    labels[i] = classNumber(what);
    trust[i] = 230;
  }
}

/** A top with a round, pointed, square or high neckline, or one that leaves the shoulders bare but for two straps. */
export function putOnTop(scene: Scene, random: Random, backdrop: Backdrop): void {
  const skin = meanOf(scene, ['bodySkin']) ?? meanOf(scene, ['faceSkin']);
  if (!skin) return;
  const { x, y } = scene.positions;
  const [cloth, folds] = [drawCloth(scene, random, backdrop), foldsOf(scene, random)];
  const neckline = drawNeckline(random);
  const noise = smoothNoise(random);
  const shine = between(random, 0, 0.25);
  const isCloth = (i: number) => neckline(Math.abs(x.data[i]), y.data[i]);
  const flesh: Cloth = (i) => {
    const [px, py] = [Math.abs(x.data[i]), y.data[i]];
    const chin = px < 0.3 ? 0.25 * clamp(1 - Math.abs(py - 0.55) * 6) : 0;
    const bone = shine * (noise(px * 5, py * 7) - 0.5);
    const light = 1 - 0.15 * clamp(px - 0.3) - chin + bone;
    return [skin[0] * light, skin[1] * light, skin[2] * light];
  };
  // Cloth first: its folds come from what was worn before.
  cover(scene, 'clothes', isCloth, (i) => {
    const [ink, light] = [cloth(i), folds(i)];
    return [ink[0] * light, ink[1] * light, ink[2] * light];
  });
  cover(scene, 'bodySkin', (i) => !isCloth(i), flesh, [CLOTHES]);
}

/** Whether there is cloth at a distance from the middle and a depth below the face's middle. */
function drawNeckline(random: Random): (aside: number, y: number) => boolean {
  const kind = pick(random, ['round', 'pointed', 'square', 'high', 'high', 'straps', 'none'] as const);
  const top = between(random, 0.5, 0.72);
  const [wide, deep] = [between(random, 0.18, 0.5), between(random, 0.1, 0.9)];
  const [strap, at] = [between(random, 0.03, 0.12), between(random, 0.25, 0.5)];
  const line = between(random, 0.8, 1.7);
  const dip = between(random, -0.3, 0.2);
  if (kind === 'high') {
    const rise = between(random, -0.1, 0.15);
    return (aside, y) => y > top + rise * clamp(1 - aside / 0.35);
  }
  if (kind === 'straps' || kind === 'none')
    return (aside, y) =>
      y > line + dip * clamp(1 - aside / 0.4) ||
      (kind === 'straps' && Math.abs(aside - at - 0.05 * (y - 1)) < strap && y > 0.6);
  return (aside, y) => {
    if (aside > wide) return y > 0.55;
    const t = aside / wide;
    const shape = kind === 'round' ? Math.sqrt(1 - t * t) : kind === 'pointed' ? 1 - t : t < 0.95 ? 1 : 0;
    return y > top + deep * shape;
  };
}

/** A scarf or shawl around the neck, over chin or shoulders, with folds along it; hair falls before it or behind. */
export function putOnScarf(scene: Scene, random: Random, backdrop: Backdrop): void {
  const { x, y, radius } = scene.positions;
  const cloth = drawCloth(scene, random, backdrop);
  const [top, high] = [between(random, 0.42, 0.65), between(random, 0.2, 0.6)];
  const [wide, sag] = [between(random, 0.32, 0.7), between(random, 0, 0.35)];
  const [folds, deep] = [between(random, 12, 40), between(random, 0.1, 0.5)];
  const tail = happens(random, 0.4) ? between(random, -0.35, 0.35) : null;
  const noise = smoothNoise(random);
  const height = (i: number) => y.data[i] - top - sag * (1 - (x.data[i] / wide) ** 2);
  const isThere = (i: number): boolean => {
    const [px, py] = [x.data[i], height(i)];
    if (radius.data[i] < 0.97) return false;
    if (tail !== null && Math.abs(px - tail) < 0.14 && py > 0) return true;
    return Math.abs(px) < wide && py > 0 && py < high * Math.sqrt(1 - (px / wide) ** 2 * 0.8);
  };
  const over = [CLOTHES, BODY, classNumber('faceSkin')];
  if (happens(random, 0.5)) over.push(classNumber('hair'));
  cover(
    scene,
    'clothes',
    isThere,
    (i) => {
      const bend = noise(x.data[i] * 3, y.data[i] * 3) * 0.3;
      const light = 1 - deep * (0.5 + 0.5 * Math.sin(folds * (height(i) + bend)));
      const ink = cloth(i);
      return [ink[0] * light, ink[1] * light, ink[2] * light];
    },
    over,
  );
}

/** Lapels or an open collar: two flaps of one cloth beside the neck, over skin and shirt. */
export function putOnFlaps(scene: Scene, random: Random, backdrop: Backdrop): void {
  const { x, y } = scene.positions;
  const [cloth, folds] = [drawCloth(scene, random, backdrop), foldsOf(scene, random)];
  const [inner, lean] = [between(random, 0.12, 0.32), between(random, -0.25, 0.1)];
  const [wide, top, end] = [between(random, 0.1, 0.4), between(random, 0.4, 0.68), between(random, 0.8, 2)];
  const shade = between(random, 0.6, 1);
  const isThere = (i: number): boolean => {
    const [aside, py] = [Math.abs(x.data[i]), y.data[i]];
    const from = inner + lean * (py - 0.6);
    return py > top + 0.3 * Math.max(0, aside - inner) && py < end && aside > from && aside < from + wide;
  };
  cover(scene, 'clothes', isThere, (i) => {
    const inwards = Math.abs(x.data[i]) - inner - lean * (y.data[i] - 0.6);
    const light = folds(i) * (inwards < 0.03 ? shade : 1);
    const ink = cloth(i);
    return [ink[0] * light, ink[1] * light, ink[2] * light];
  });
}
