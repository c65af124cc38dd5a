import { createPlane } from '../../../models/image/picture.ts';
import type { Field } from './field.ts';
import { cloud } from './noise.ts';

/** How a hand fills a ground: about one way, swinging round slowly. @param swing radians to each side */
export function groundField(width: number, height: number, swing: number, seed: number, angle = -0.8): Field {
  const [x, y] = [createPlane(width, height), createPlane(width, height)];
  for (let i = 0; i < x.data.length; i++) {
    const turn = angle + swing * 2 * (cloud(i % width, Math.floor(i / width), width / 3, 2, seed + 20) - 0.5);
    x.data[i] = Math.cos(turn);
    y.data[i] = Math.sin(turn);
  }
  return { x, y };
}
