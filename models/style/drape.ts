/** A reference bent so that its face lies under a portrait's, with its hair and costume. */
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { smoothstep } from '../image/smoothstep.ts';
import { hash01 } from '../synthesis/matcher.ts';
import type { PositionMap } from '../synthesis/moving-least-squares.ts';
import { mirrorInto } from '../synthesis/retarget.ts';
import { sampleCubic, sampleLinear } from '../synthesis/sample.ts';
import { COSTUME, CUT, ENDED } from './hem.ts';
import type { ReferenceView } from './reference.ts';

/** So far (eye distances) past its sides and its top the reference goes on, mirrored, while it fades out, */
const FADE = 0.1;
/** in strands so long and so wide: hair that a border cuts off has no straight edge; */
const STRAND = { length: 0.2, width: 0.12 } as const;
/** and nothing of it is taken from so near to its lower border. */
const BORDER = 0.05;

/** The reference in the shape of the canvas. */
export interface Draped {
  readonly lab: LabPlanes;
  /** 0..1, like skin and hair, which are parts of it. */
  readonly person: Plane;
  readonly skin: Plane;
  readonly hair: Plane;
  /** 0..1: 0 where the reference does not reach. */
  readonly reach: Plane;
  /** For each pixel COSTUME, CUT or ENDED. */
  readonly extent: Uint8Array;
}

export function drape(view: ReferenceView, position: PositionMap): Draped {
  const { segments } = view;
  const all = readThrough(position, sumOf(Object.values(segments)));
  const background = readThrough(position, segments.background);
  const { borderBackground, reach, extent } = endings(view, position);
  const person = createPlane(all.width, all.height);
  for (let i = 0; i < person.data.length; i++) {
    person.data[i] = Math.max(0, all.data[i] - Math.max(borderBackground.data[i], background.data[i]));
    // A turned view shows nothing of the reference in its corners.
    reach.data[i] *= smoothstep((all.data[i] - 0.5) * 2);
    if (all.data[i] < 0.9) extent[i] = CUT;
  }
  const { l, a, b } = view.lab;
  return {
    lab: { l: readFinely(position, l), a: readFinely(position, a), b: readFinely(position, b) },
    person,
    skin: readThrough(position, segments.skin),
    hair: readThrough(position, segments.hair),
    reach,
    extent,
  };
}

/** A plane of the view in the shape of the canvas; mirrored beyond its borders. */
function readThrough({ x, y }: PositionMap, { data, width: w, height: h }: Plane): Plane {
  const out = createPlane(x.width, x.height);
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = sampleLinear(data, w, h, mirrorInto(x.data[i], w), mirrorInto(y.data[i], h));
  }
  return out;
}

/** The same with the crispness of the reference. */
function readFinely({ x, y }: PositionMap, { data, width: w, height: h }: Plane): Plane {
  const out = createPlane(x.width, x.height);
  for (let i = 0; i < out.data.length; i++) {
    const [u, v] = [mirrorInto(x.data[i], w), mirrorInto(y.data[i], h)];
    const isDeep = u >= 1 && v >= 1 && u < w - 2 && v < h - 2;
    out.data[i] = isDeep ? sampleCubic(data, w, u, v) : sampleLinear(data, w, h, u, v);
  }
  return out;
}

/** How far the reference reaches, what is at its borders, and the background nearest to each pixel on them. */
function endings(
  { segments: { background }, interocular }: ReferenceView,
  { x, y }: PositionMap,
): { readonly borderBackground: Plane; readonly reach: Plane; readonly extent: Uint8Array } {
  const [borderBackground, reach] = [createPlane(x.width, x.height), createPlane(x.width, x.height)];
  const extent = new Uint8Array(reach.data.length).fill(COSTUME);
  const { data, width: w, height: h } = background;
  const border = BORDER * interocular;
  for (let i = 0; i < reach.data.length; i++) {
    const [u, v] = [x.data[i], y.data[i]];
    const beyond = Math.max(-u, -v, u - w + 1) / interocular;
    const along = (u < 0 || u > w - 1 || Math.min(u, w - 1 - u) < v ? v : u) / interocular;
    const strand = STRAND.length * (strands(along / STRAND.width) - 0.5);
    reach.data[i] = (1 - smoothstep((beyond + strand) / FADE)) * smoothstep((h - 1 - v) / border);
    borderBackground.data[i] = sampleLinear(data, w, h, clampTo(u, w), clampTo(v, h));
    if (v > h - 1 - border) extent[i] = CUT;
    else if (u < border || u > w - 1 - border) extent[i] = borderBackground.data[i] < 0.5 ? CUT : ENDED;
  }
  return { borderBackground, reach, extent };
}

/** Smooth noise along a line, 0..1, of about one bump a unit and finer ones on it. */
function strands(t: number): number {
  const noise = (s: number, octave: number) => {
    const k = Math.floor(s);
    return hash01(k, octave, 1) + smoothstep(s - k) * (hash01(k + 1, octave, 1) - hash01(k, octave, 1));
  };
  return (2 * noise(t, 0) + noise(3 * t, 1)) / 3;
}

function sumOf(planes: readonly Plane[]): Plane {
  const sum = createPlane(planes[0].width, planes[0].height);
  for (const { data } of planes) for (let i = 0; i < data.length; i++) sum.data[i] += data[i];
  return sum;
}

const clampTo = (value: number, length: number) => Math.min(length - 1, Math.max(0, value));
