/**
 * A square is where on a picture a network looks: it may be rotated and may reach past the picture.
 * Networks see it as [3, n, n] numbers; what they answer is mapped back with the same square.
 */
export interface Square {
  /** Centre, in pixels of the picture (pixel i covers i to i + 1). */
  readonly x: number;
  readonly y: number;
  /** Side, in pixels of the picture. */
  readonly size: number;
  /** Radians from the picture's x axis to the square's, clockwise on screen. */
  readonly angle: number;
}

/** The smallest square around a whole picture. */
export const squareAround = (width: number, height: number, scale = 1, angle = 0): Square => ({
  x: width / 2,
  y: height / 2,
  size: Math.max(width, height) * scale,
  angle,
});

/** A point given in fractions of the square (0..1 each way), in picture pixels. */
export function fromSquare({ x, y, size, angle }: Square, u: number, v: number): [number, number] {
  const dx = (u - 0.5) * size;
  const dy = (v - 0.5) * size;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [x + dx * cos - dy * sin, y + dx * sin + dy * cos];
}

/** A point in picture pixels, in fractions of the square (0..1 each way inside). */
export function toSquare({ x, y, size, angle }: Square, px: number, py: number): [number, number] {
  const [dx, dy] = [(px - x) / size, (py - y) / size];
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [dx * cos + dy * sin + 0.5, dy * cos - dx * sin + 0.5];
}
