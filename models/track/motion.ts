/** What the regression network answers: a similarity transform from the last frame to this one. */
import type { Square } from '../face/index.ts';

export interface Motion {
  /** Shift in sides of the square, along its own axes. */
  readonly x: number;
  readonly y: number;
  /** Natural logarithm of the new size over the old. */
  readonly logScale: number;
  /** Radians, clockwise on screen. */
  readonly roll: number;
}

/** Where a square is after a motion. */
export function moveSquare({ x, y, size, angle }: Square, motion: Motion): Square {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    x: x + size * (motion.x * cos - motion.y * sin),
    y: y + size * (motion.x * sin + motion.y * cos),
    size: size * Math.exp(motion.logScale),
    angle: angle + motion.roll,
  };
}

/** The motion back. */
export function inverseOf({ x, y, logScale, roll }: Motion): Motion {
  const cos = Math.cos(roll) * Math.exp(-logScale);
  const sin = Math.sin(roll) * Math.exp(-logScale);
  return { x: -x * cos - y * sin, y: x * sin - y * cos, logScale: -logScale, roll: -roll };
}

/** Triples x, y, z that were at rest in the square `from`, in the square `to`. */
export function carryPoints(points: Float32Array, from: Square, to: Square): Float32Array {
  const scale = to.size / from.size;
  const cos = scale * Math.cos(to.angle - from.angle);
  const sin = scale * Math.sin(to.angle - from.angle);
  const moved = new Float32Array(points.length);
  for (let i = 0; i < points.length; i += 3) {
    const [dx, dy] = [points[i] - from.x, points[i + 1] - from.y];
    moved[i] = to.x + dx * cos - dy * sin;
    moved[i + 1] = to.y + dx * sin + dy * cos;
    moved[i + 2] = points[i + 2] * scale;
  }
  return moved;
}
