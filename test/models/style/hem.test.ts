import { describe, expect, test } from 'vitest';
import { COSTUME, CUT, ENDED, findHem } from '../../../models/style/hem.ts';
import meanFace from '../../../models/weights/mean-face.json' with { type: 'json' };
import { planeOf } from '../image/planes.ts';

const [WIDTH, HEIGHT] = [200, 240];
const UNIT = 60;
const CENTRE = [100, 70];
const landmarks = Float32Array.from(meanFace, (value, i) => (CENTRE[i % 3] ?? 0) + value * UNIT);
const flat = planeOf(WIDTH, HEIGHT, () => 0.5);

function hemOf(extentAt: (x: number, y: number) => number, visible = flat) {
  const extent = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    extentAt(i % WIDTH, Math.floor(i / WIDTH)),
  );
  const hem = findHem(landmarks, UNIT, extent, visible);
  return (x: number, y: number) => hem.data[y * WIDTH + x];
}

describe('a costume', () => {
  test('that the picture shows to its end is worn to its end', () => {
    const hem = hemOf(() => COSTUME);
    for (const [x, y] of [
      [100, 239],
      [5, 200],
      [195, 200],
      [100, 150],
    ])
      expect(hem(x, y)).toBe(1);
  });

  test('that the reference cuts off goes over into own clothes before it ends, not far from there', () => {
    const hem = hemOf((_, y) => (y > 200 ? CUT : COSTUME));
    for (const x of [20, 100, 180]) {
      expect(hem(x, 215), `${x}`).toBe(0);
      expect(hem(x, 180), `${x}`).toBe(1);
    }
  });

  test('that ends by itself is followed by nothing', () => {
    const hem = hemOf((x) => (x < 40 || x > 160 ? ENDED : COSTUME));
    for (const [x, y] of [
      [10, 150],
      [190, 150],
      [100, 239],
    ])
      expect(hem(x, y)).toBe(1);
  });

  test('ends where that shows least, and above the chin there is no hem', () => {
    const arc = (x: number) => 175 - Math.abs(x - 100) / 4;
    const visible = planeOf(WIDTH, HEIGHT, (x, y) => (Math.abs(y - arc(x)) < 4 ? 0 : 1));
    const hem = hemOf((_, y) => (y > 200 ? CUT : COSTUME), visible);
    for (const x of [40, 70, 100, 130, 160]) {
      expect(hem(x, Math.round(arc(x)) + 8), `below at ${x}`).toBe(0);
      expect(hem(x, Math.round(arc(x)) - 8), `above at ${x}`).toBe(1);
    }
    for (let x = 0; x < WIDTH; x += 20) expect(hem(x, 70)).toBe(1);
  });
});
