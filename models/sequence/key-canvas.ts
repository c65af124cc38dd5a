/** The canvas that a person gets in one picture, on which they are painted in the next ones. */
import type { LabPlanes } from '../image/colour.ts';
import type { Picture } from '../image/picture.ts';
import { type Canvas, createCanvas } from '../stylize/canvas.ts';
import { fullSize, type PersonPlan, type Place } from '../stylize/plan.ts';
import { createNodeMap, type NodeMap } from './node-map.ts';

/** What is made for one picture and holds until the head has turned or come away from it. */
export interface Key {
  readonly plan: PersonPlan;
  readonly canvas: Canvas;
  /** What stands behind the person, as the canvas shows it. */
  readonly ground: LabPlanes;
}

/** A canvas reaches so far (eye distances) beyond the person in the picture it was made for. */
const REACH = 0.2;

export function keyCanvas(portrait: Picture, { face, scale }: PersonPlan, { rect, matte }: Place): Canvas {
  const reach = Math.round(REACH * face.interocular);
  const { x, y, width, height } = rect;
  const extent = { x: x - reach, y: y - reach, width: width + 2 * reach, height: height + 2 * reach };
  return createCanvas(portrait, face, extent, fullSize({ rect, matte }, portrait), scale);
}

/** Of a canvas that has not moved into its portrait. */
export const mapOf = ({ rect, scale, width, height }: Canvas): NodeMap =>
  createNodeMap({ x: 0, y: 0, width, height }, (x, y) => [
    rect.x + (x + 0.5) / scale - 0.5,
    rect.y + (y + 0.5) / scale - 0.5,
  ]);
