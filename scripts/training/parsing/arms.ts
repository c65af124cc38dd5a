/** Arms beside the body and hands before it. */
import { between, type Colour, happens, pick, type Random } from './chance.ts';

export interface ArmsOptions {
  /** Left and right outline of body and arms (px) at a row. */
  readonly edges: (y: number) => [number, number];
  /** Row below which the picture shows nothing of its own. */
  readonly bottom: number;
  /** Height of the face, px. */
  readonly unit: number;
  readonly skin: Colour;
}

/** What an arm shows at a place: skin or cloth, in some light; ground between arm and body; or no arm is there. */
export type Arms = (
  x: number,
  y: number,
) => { readonly skin: Colour | null; readonly light: number } | 'ground' | null;

/** Width of an arm, length and width of a hand, in face heights. */
const ARM = 0.36;
const HAND = { length: 0.62, width: 0.34 } as const;

interface Stick {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly radius: number;
}

export function drawArms({ edges, bottom, unit, skin }: ArmsOptions, random: Random): Arms {
  const width = unit * ARM * between(random, 0.7, 1.2);
  const bare = bottom + unit * (happens(random, 0.3) ? between(random, 0, 1.5) : 99);
  const hasGap = happens(random, 0.3);
  const gap = { from: bottom + unit * between(random, 0.4, 1.2), long: unit * between(random, 0.5, 1.5) };
  const [crease, tone] = [unit * 0.03, between(random, 0.8, 1.1)];
  const hands = happens(random, 0.5)
    ? pick(random, [[-1], [1], [-1, 1]]).map((side) => drawHand(side, { edges, bottom, unit, skin }, random))
    : [];
  return (x, y) => {
    for (const hand of hands) {
      const found = hand(x, y);
      if (found) return found;
    }
    if (y < bottom) return null;
    const [left, right] = edges(y);
    const inwards = Math.min(x - left, right - x);
    if (inwards < 0) return null;
    const light = 0.75 + 0.35 * Math.sqrt(Math.max(0, 1 - ((2 * inwards) / width - 1) ** 2));
    if (inwards < width && y > bare) return { skin: skinIn(skin, tone), light };
    const open = hasGap ? Math.sin((Math.PI * (y - gap.from)) / gap.long) * unit * 0.12 : 0;
    if (y > gap.from && y < gap.from + gap.long && inwards > width && inwards < width + open) return 'ground';
    return Math.abs(inwards - width) < crease ? { skin: null, light: 0.7 } : null;
  };
}

const skinIn = ([r, g, b]: Colour, tone: number): Colour => [r * tone, g * tone, b * tone];

/** A forearm that comes in from one side, in a sleeve or bare, and the hand at its end. */
function drawHand(side: number, { edges, bottom, unit, skin }: ArmsOptions, random: Random): Arms {
  const y = bottom + unit * between(random, 0.15, 2.2);
  const [left, right] = edges(y);
  const x = (left + right) / 2 + side * unit * between(random, 0, 0.5);
  const elbow: [number, number] = [
    side < 0 ? left + 0.15 * unit : right - 0.15 * unit,
    y + unit * between(random, -0.3, 0.9),
  ];
  const away = Math.hypot(elbow[0] - x, elbow[1] - y) + 1e-6;
  const [dx, dy] = [(x - elbow[0]) / away, (y - elbow[1]) / away];
  const [long, wide] = [unit * HAND.length, unit * HAND.width * between(random, 0.8, 1.1)];
  const sleeve: Stick = { from: elbow, to: [x, y], radius: unit * between(random, 0.13, 0.19) };
  const palm: Stick = {
    from: [x, y],
    to: [x + dx * long * 0.4, y + dy * long * 0.4],
    radius: wide / 2,
  };
  const fingers = Array.from({ length: 4 }, (_, k): Stick => {
    const aside = (k - 1.5) * wide * 0.24;
    const reach = long * between(random, 0.75, 1);
    const bend = between(random, -0.15, 0.15) * unit;
    const start: [number, number] = [x + dx * long * 0.4 - dy * aside, y + dy * long * 0.4 + dx * aside];
    return {
      from: start,
      to: [x + dx * reach - dy * (aside + bend), y + dy * reach + dx * (aside + bend)],
      radius: wide * 0.14,
    };
  });
  const isBare = happens(random, 0.3);
  const tone = between(random, 0.8, 1.1);
  return (px, py) => {
    for (const stick of [...fingers, palm]) {
      const depth = depthIn(stick, px, py);
      if (depth > 0) return { skin: skinIn(skin, tone), light: 0.7 + 0.4 * Math.sqrt(depth) };
    }
    const depth = depthIn(sleeve, px, py);
    if (depth <= 0) return null;
    return { skin: isBare ? skinIn(skin, tone) : null, light: 0.6 + 0.5 * Math.sqrt(depth) };
  };
}

/** 1 on the stick's line, 0 at its border and outside. */
function depthIn({ from, to, radius }: Stick, x: number, y: number): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy + 1e-6);
  const t = Math.min(1, Math.max(0, along));
  return Math.max(0, 1 - Math.hypot(x - from[0] - t * dx, y - from[1] - t * dy) / radius);
}
