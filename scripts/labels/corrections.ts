/** Corrections of a label map by hand: shapes in its pixels, drawn one after the other. */
import { z } from 'zod';
import { PARSING_CLASSES } from '../../models/face/parsing-classes.ts';
import { type LabPlanes, labPlanes } from '../../models/image/colour.ts';
import type { Picture } from '../../models/image/picture.ts';
import { classNumber } from './classes.ts';
import { removeIslands } from './islands.ts';
import type { LabelMap } from './label-map.ts';
import { ellipsePoints, lineMask, polygonMask } from './shapes.ts';
import { snapMask } from './snap.ts';

const point = z.tuple([z.number(), z.number()]);
const className = z.enum([...PARSING_CLASSES, 'unknown']);

const edit = z
  .strictObject({
    class: className,
    /** Only pixels of these classes change; all where it is left out. */
    over: z.array(className).optional(),
    polygon: z.array(point).min(3).optional(),
    /** Middle x, y, radii x, y. */
    ellipse: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
    line: z.array(point).min(2).optional(),
    /** Of a line, or of a polygon's or ellipse's outline where only that is meant, px. */
    thickness: z.number().positive().optional(),
    /** The border may move so many px to an edge of the picture; 5 for areas, 0 for lines. */
    snap: z.number().min(0).max(16).optional(),
  })
  .refine(
    (e) => [e.polygon, e.ellipse, e.line].filter(Boolean).length === 1,
    'one of polygon, ellipse and line is needed',
  );

export const corrections = z.strictObject({
  /** Path in the folder of pictures, and width and height of the file. */
  picture: z.string(),
  size: z.tuple([z.int(), z.int()]),
  /** What was seen; anything that another labeller should know. */
  note: z.string().optional(),
  /** Empty where the start was looked at and found right. */
  edits: z.array(edit),
});
export type Corrections = z.infer<typeof corrections>;
type Edit = z.infer<typeof edit>;

/** px */
const AREA_SNAP = 5;

/** @param start of the picture's size; @param edits in its pixels */
export function correctLabels(start: LabelMap, picture: Picture, edits: readonly Edit[]): LabelMap {
  const lab = labPlanes(picture);
  const data = start.data.slice();
  for (const one of edits) {
    const mask = maskOf(one, lab);
    const over = one.over && new Set(one.over.map(classNumber));
    const label = classNumber(one.class);
    for (let i = 0; i < data.length; i++) if (mask[i] && (!over || over.has(data[i]))) data[i] = label;
  }
  return removeIslands({ ...start, data });
}

function maskOf({ polygon, ellipse, line, thickness, snap }: Edit, lab: LabPlanes): Uint8Array {
  const { width, height } = lab.l;
  const closed = polygon ? [...polygon, polygon[0]] : ellipse ? ellipsePoints(ellipse) : null;
  const isLine = !closed || thickness !== undefined;
  const mask = isLine
    ? lineMask(closed ?? line ?? [], thickness ?? 3, width, height)
    : polygonMask(closed, width, height);
  return snapMask(mask, lab, snap ?? (isLine ? 0 : AREA_SNAP));
}
