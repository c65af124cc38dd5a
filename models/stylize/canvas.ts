/** The part of a portrait around one person, at the scale at which it is painted, on a pixel grid tied to the face. */
import { NOSE_TIP, placeParsing } from '../face/index.ts';
import { type LabPlanes, labPlanes } from '../image/colour.ts';
import type { Picture, Plane, Rect } from '../image/picture.ts';
import { resamplePicture, resamplePlane } from '../image/resize.ts';
import { type Segments, segmentPortrait } from '../segment/segments.ts';
import { findCovered } from './covered.ts';
import type { ParsedFace } from './portrait-analysis.ts';
import { clamped, GRID } from './reference-view.ts';
import { type Regions, regionsOf } from './regions.ts';

export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** What it shows, in pixels of the portrait; its edges need not be whole numbers and may lie outside. */
  readonly rect: Rect;
  /** px of this canvas a px of the portrait. */
  readonly scale: number;
  readonly lab: LabPlanes;
  /** 0..1: how much of each pixel is this person. */
  readonly matte: Plane;
  /** 468 · 3 coordinates in pixels of this canvas. */
  readonly landmarks: Float32Array;
  /** px of this canvas. */
  readonly interocular: number;
  /** Which material is where, before facial hair is taken from skin. */
  readonly segments: Segments;
  readonly regions: Regions;
  /** The pixel at the tip of the nose: a multiple of GRID. */
  readonly anchor: readonly [number, number];
}

/** What is painted reaches so far (eye distances) beyond the person. */
const MARGIN = 0.15;

/**
 * @param extent where the person is, in pixels of the portrait
 * @param matte of the person, at the portrait's size
 */
export function createCanvas(
  portrait: Picture,
  face: ParsedFace,
  extent: Rect,
  matte: Plane,
  scale: number,
): Canvas {
  const margin = MARGIN * face.interocular;
  const along = (nose: number, from: number, length: number) => {
    // At the portrait's own scale the grids coincide, so that nothing is interpolated.
    const centre = scale === 1 ? Math.round(nose) : nose;
    const before = Math.ceil(((centre - from + margin) * scale) / GRID) * GRID;
    const after = Math.ceil(((from + length - centre + margin) * scale) / GRID) * GRID;
    return { anchor: before, size: Math.max(4 * GRID, before + after), start: centre - before / scale };
  };
  const x = along(face.landmarks[NOSE_TIP * 3], extent.x, extent.width);
  const y = along(face.landmarks[NOSE_TIP * 3 + 1], extent.y, extent.height);
  const [width, height] = [x.size, y.size];
  const rect = { x: x.start, y: y.start, width: width / scale, height: height / scale };
  const picture = resamplePicture(portrait, rect, width, height);
  const own = clamped(resamplePlane(matte, rect, width, height));
  const landmarks = face.landmarks.map((value, i) => {
    if (i % 3 === 0) return (value - rect.x) * scale;
    return i % 3 === 1 ? (value - rect.y) * scale : value * scale;
  });
  const interocular = face.interocular * scale;
  const lab = labPlanes(picture);
  const segments = segmentPortrait(picture, placeParsing(face.parsing, rect, scale), own);
  const shape = { landmarks, interocular };
  return {
    ...{ width, height, rect, scale, landmarks, interocular },
    lab,
    matte: own,
    segments,
    regions: regionsOf(segments, shape, findCovered(lab, shape)),
    anchor: [x.anchor, y.anchor],
  };
}
