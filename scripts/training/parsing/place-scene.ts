/** Takes a sitter into the network's square: near or wide, a little askew, bent and mirrored. */
import { faceFrame } from '../../../models/face/face-frame.ts';
import type { Square } from '../../../models/face/index.ts';
import { UNKNOWN } from '../../../models/face/parsing-classes.ts';
import { inSquare, parsingSquare } from '../../../models/face/parsing-input.ts';
import type { Picture } from '../../../models/image/picture.ts';
import { classNumber } from '../../labels/classes.ts';
import { type Beyond, continueBody } from './body.ts';
import { bell, between, happens, type Random } from './chance.ts';
import { GOES_ON, OUTSIDE } from './crop-scene.ts';
import { AREA, createScene, type Scene, SIDE } from './scene.ts';

/** A labelled picture of one person. Labels and trust have the picture's size. */
export interface Sitter {
  readonly name: string;
  readonly picture: Picture;
  readonly labels: Uint8Array;
  readonly trust: Uint8Array;
  /** 468 · 3 coordinates in pixels */
  readonly landmarks: Float32Array;
}

/**
 * Kinds of views: their share, their size against the product's near one, how far to the side the face may be (deviation
 * in face heights), and how often the body goes on past the picture.
 */
const VIEWS = {
  tight: { share: 0.3, sizes: [0.55, 0.85], aside: 0.12, bodies: 0 },
  near: { share: 0.4, sizes: [0.85, 1.15], aside: 0.08, bodies: 0.4 },
  wide: { share: 0.3, sizes: [1.25, 2.1], aside: 0.08, bodies: 0.85 },
} as const;
type View = keyof typeof VIEWS;

/** How much what is drawn past the picture counts, 0..255. */
const BEYOND = 200;

const clampTo = (at: number, length: number) => Math.max(0, Math.min(length - 1, at));

type Warp = (x: number, y: number) => readonly [number, number];

/** @param askew 0 gives exactly the square in which the product looks */
export function placeScene(sitter: Sitter, random: Random, askew = 1): Scene {
  const view = askew > 0 ? drawView(random) : 'near';
  const square = askew > 0 ? drawSquare(sitter.landmarks, view, random) : parsingSquare(sitter.landmarks);
  const warp = askew > 0 ? drawWarp(random) : (x: number, y: number) => [x, y] as const;
  const mirrored = askew > 0 && happens(random, 0.5);
  const beyond = askew > 0 && happens(random, VIEWS[view].bodies) ? continueBody(sitter, random) : null;
  const { rgb, labels, trust } = sampleSquare(sitter, square, { warp, mirrored, beyond });
  const landmarks = inSquare(sitter.landmarks, square);
  for (let k = 0; k < landmarks.length; k += 3) {
    const [x, y] = unwarp(warp, landmarks[k], landmarks[k + 1]);
    landmarks[k] = mirrored ? SIDE - x : x;
    landmarks[k + 1] = y;
  }
  return createScene({ rgb, labels, trust, landmarks, isContinued: beyond !== null });
}

function drawView(random: Random): View {
  const at = random();
  if (at < VIEWS.tight.share) return 'tight';
  return at < VIEWS.tight.share + VIEWS.near.share ? 'near' : 'wide';
}

function drawSquare(landmarks: Float32Array, view: View, random: Random): Square {
  const { x, y, size, angle } = parsingSquare(landmarks);
  const { height, down } = faceFrame(landmarks);
  const { sizes, aside } = VIEWS[view];
  const factor = between(random, sizes[0], sizes[1]);
  const lower = height * (view === 'wide' ? between(random, 0, 0.55) * factor : 0.1 * bell(random));
  return {
    x: x + lower * down[0] + aside * height * bell(random),
    y: y + lower * down[1] + 0.04 * height * bell(random),
    size: size * factor,
    angle: angle + 0.1 * bell(random) + (happens(random, 0.15) ? between(random, -0.4, 0.4) : 0),
  };
}

/** Stretch, shear and a few smooth bumps that never fold. */
function drawWarp(random: Random): Warp {
  const middle = SIDE / 2;
  const [sx, sy, shear] = [Math.exp(0.05 * bell(random)), Math.exp(0.05 * bell(random)), 0.05 * bell(random)];
  const strength = happens(random, 0.5) ? between(random, 0, 0.3) : 0;
  const bumps = Array.from({ length: 5 }, () => {
    const sigma = between(random, 20, 70);
    return {
      ...{ x: between(random, 0, SIDE), y: between(random, 0, SIDE), fall: 1 / (2 * sigma * sigma) },
      ...{ dx: strength * sigma * bell(random) * 0.6, dy: strength * sigma * bell(random) * 0.6 },
    };
  });
  return (x, y) => {
    let u = middle + sx * (x - middle) + shear * (y - middle);
    let v = middle + sy * (y - middle);
    for (const bump of bumps) {
      const weight = Math.exp(-bump.fall * ((x - bump.x) ** 2 + (y - bump.y) ** 2));
      u += weight * bump.dx;
      v += weight * bump.dy;
    }
    return [u, v];
  };
}

/** Where the warp sends to (u, v), by fixed-point iteration. */
function unwarp(warp: Warp, u: number, v: number): readonly [number, number] {
  let [x, y] = [u, v];
  for (let i = 0; i < 8; i++) {
    const [a, b] = warp(x, y);
    x += u - a;
    y += v - b;
  }
  return [x, y];
}

interface Sampling {
  readonly warp: Warp;
  readonly mirrored: boolean;
  /** What is past the picture; its last pixels when nothing is said. */
  readonly beyond: Beyond | null;
}

function sampleSquare(sitter: Sitter, square: Square, { warp, mirrored, beyond }: Sampling) {
  const { picture, labels, trust } = sitter;
  const level = halved(picture, Math.max(0, Math.round(Math.log2(square.size / SIDE) - 0.1)));
  const shrink = picture.width / level.width;
  const step = square.size / SIDE;
  const [cos, sin] = [Math.cos(square.angle) * step, Math.sin(square.angle) * step];
  const rgb = new Float32Array(3 * AREA);
  const found = new Uint8Array(AREA).fill(UNKNOWN);
  const trusted = new Uint8Array(AREA);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const i = row * SIDE + (mirrored ? SIDE - 1 - column : column);
      const [u, v] = warp(column + 0.5, row + 0.5);
      const [dx, dy] = [u - SIDE / 2, v - SIDE / 2];
      const [x, y] = [square.x + dx * cos - dy * sin, square.y + dx * sin + dy * cos];
      const [px, py] = [Math.floor(x), Math.floor(y)];
      const isOutside = px < 0 || py < 0 || px >= picture.width || py >= picture.height;
      if (isOutside && beyond) {
        const { name, from, light } = beyond(x, y);
        if (from.length === 3) for (let c = 0; c < 3; c++) rgb[c * AREA + i] = from[c];
        else sampleColour(level, from[0] / shrink, from[1] / shrink, rgb, i);
        for (let c = 0; c < 3; c++) rgb[c * AREA + i] = Math.min(1, rgb[c * AREA + i] * light);
        found[i] = classNumber(name);
        trusted[i] = BEYOND;
        continue;
      }
      sampleColour(level, x / shrink - 0.5, y / shrink - 0.5, rgb, i);
      const at = clampTo(py, picture.height) * picture.width + clampTo(px, picture.width);
      if (isOutside && !GOES_ON.has(labels[at])) continue;
      found[i] = labels[at];
      trusted[i] = isOutside ? OUTSIDE : trust[at];
    }
  }
  return { rgb, labels: found, trust: trusted };
}

/** Bilinear, the last pixels repeated outside. */
function sampleColour({ width, height, data }: Picture, x: number, y: number, to: Float32Array, i: number) {
  const [cx, cy] = [Math.max(0, Math.min(width - 1.001, x)), Math.max(0, Math.min(height - 1.001, y))];
  const [x0, y0] = [cx | 0, cy | 0];
  const [fx, fy] = [cx - x0, cy - y0];
  const at = 4 * (y0 * width + x0);
  const below = at + 4 * width;
  for (let c = 0; c < 3; c++) {
    const top = data[at + c] + fx * (data[at + 4 + c] - data[at + c]);
    const bottom = data[below + c] + fx * (data[below + 4 + c] - data[below + c]);
    to[c * AREA + i] = (top + fy * (bottom - top)) / 255;
  }
}

const halves = new WeakMap<Picture, Picture>();

/** The picture at a half, a quarter … of its size. */
function halved(picture: Picture, times: number): Picture {
  if (times === 0) return picture;
  let half = halves.get(picture);
  if (!half) {
    half = halve(picture);
    halves.set(picture, half);
  }
  return halved(half, times - 1);
}

function halve({ width, height, data }: Picture): Picture {
  const [w, h] = [width >> 1, height >> 1];
  const half = new Uint8ClampedArray(4 * w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const from = 4 * (2 * y * width + 2 * x);
      for (let c = 0; c < 4; c++) {
        const sum =
          data[from + c] + data[from + 4 + c] + data[from + 4 * width + c] + data[from + 4 * width + 4 + c];
        half[4 * (y * w + x) + c] = (sum + 2) >> 2;
      }
    }
  }
  return { width: w, height: h, data: half };
}
