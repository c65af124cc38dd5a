/** Pictures as the kernels read them, and the levels of a pyramid. Sizes are halved exactly, pixel centre by pixel centre. */
import type { LabPlanes } from '../image/colour.ts';
import { createPlane, type Plane } from '../image/picture.ts';
import { FIXED_POINT, GUIDE_CHANNELS, LAB_CHANNELS, PATCH_RADIUS } from './kernels/kernels.ts';
import type { PositionMap } from './moving-least-squares.ts';

/** A picture to paint from, with its guides, at one level. */
export interface SourceLevel {
  readonly width: number;
  readonly height: number;
  /** As `Level.sourceLab`, `Level.sourceGuides` and `Level.valid`. */
  readonly lab: Int16Array;
  readonly guides: Int16Array;
  readonly valid: Uint8Array;
}

/** The mean of every 2 × 2 pixels; both sizes must be even. */
export function halve({ width, height, data }: Plane): Plane {
  const out = createPlane(width / 2, height / 2);
  for (let y = 0, i = 0; y < out.height; y++) {
    for (let x = 0, k = 2 * y * width; x < out.width; x++, i++, k += 2) {
      out.data[i] = (data[k] + data[k + 1] + data[k + width] + data[k + width + 1]) / 4;
    }
  }
  return out;
}

export const halveLab = ({ l, a, b }: LabPlanes): LabPlanes => ({ l: halve(l), a: halve(a), b: halve(b) });

/** Positions in halved pixels of both pictures; a pixel's centre lies at a whole number. */
export function halvePositions({ x, y }: PositionMap): PositionMap {
  const halved = (plane: Plane): Plane => {
    const out = halve(plane);
    for (let i = 0; i < out.data.length; i++) out.data[i] = (out.data[i] + 0.5) / 2 - 0.5;
    return out;
  };
  return { x: halved(x), y: halved(y) };
}

/** 1 where any (or every) one of 2 × 2 flags is 1. */
export function halveFlags(flags: Uint8Array, width: number, height: number, every: boolean): Uint8Array {
  const out = new Uint8Array((width / 2) * (height / 2));
  for (let y = 0, i = 0; y < height; y += 2) {
    for (let k = y * width, end = k + width; k < end; k += 2, i++) {
      const count = flags[k] + flags[k + 1] + flags[k + width] + flags[k + width + 1];
      out[i] = count >= (every ? 4 : 1) ? 1 : 0;
    }
  }
  return out;
}

/** Interleaves planes as fixed-point integers. @param border px that `out` has around them, which stay as they are */
export function interleave(
  planes: readonly Plane[],
  channels: number,
  border: number,
  out: Int16Array,
): void {
  const { width, height } = planes[0];
  const stride = (width + 2 * border) * channels;
  planes.forEach(({ data }, channel) => {
    for (let y = 0, i = 0; y < height; y++) {
      let k = (y + border) * stride + border * channels + channel;
      for (let x = 0; x < width; x++, i++, k += channels) out[k] = Math.round(data[i] * FIXED_POINT);
    }
  });
}

/** Writes guides with their border, which repeats the outermost pixels. */
export function interleaveGuides(planes: readonly Plane[], out: Int16Array): void {
  interleave(planes, GUIDE_CHANNELS, PATCH_RADIUS, out);
  const { width, height } = planes[0];
  const stride = (width + 2 * PATCH_RADIUS) * GUIDE_CHANNELS;
  for (let y = PATCH_RADIUS; y < height + PATCH_RADIUS; y++) {
    const first = y * stride + PATCH_RADIUS * GUIDE_CHANNELS;
    const last = first + (width - 1) * GUIDE_CHANNELS;
    for (let x = 1; x <= PATCH_RADIUS; x++) {
      out.copyWithin(first - x * GUIDE_CHANNELS, first, first + GUIDE_CHANNELS);
      out.copyWithin(last + x * GUIDE_CHANNELS, last, last + GUIDE_CHANNELS);
    }
  }
  for (let y = 0; y < PATCH_RADIUS; y++) {
    out.copyWithin(y * stride, PATCH_RADIUS * stride, (PATCH_RADIUS + 1) * stride);
    const last = (height + PATCH_RADIUS - 1) * stride;
    out.copyWithin((height + PATCH_RADIUS + y) * stride, last, last + stride);
  }
}

/** Planes of a padded, interleaved Lab picture. */
export function readLab(lab: Int16Array, width: number, height: number): LabPlanes {
  const planes = {
    l: createPlane(width, height),
    a: createPlane(width, height),
    b: createPlane(width, height),
  };
  const stride = (width + 2 * PATCH_RADIUS) * LAB_CHANNELS;
  for (let y = 0, i = 0; y < height; y++) {
    let k = (y + PATCH_RADIUS) * stride + PATCH_RADIUS * LAB_CHANNELS;
    for (let x = 0; x < width; x++, i++, k += LAB_CHANNELS) {
      planes.l.data[i] = lab[k] / FIXED_POINT;
      planes.a.data[i] = lab[k + 1] / FIXED_POINT;
      planes.b.data[i] = lab[k + 2] / FIXED_POINT;
    }
  }
  return planes;
}

/**
 * The levels of a source, finest first.
 * @param valid 1 where a patch may be taken
 */
export function sourcePyramid(
  lab: LabPlanes,
  guides: readonly Plane[],
  valid: Uint8Array,
  levels: number,
): SourceLevel[] {
  const pyramid: SourceLevel[] = [];
  for (let i = 0; i < levels; i++) {
    const { width, height } = lab.l;
    const level = {
      width,
      height,
      lab: new Int16Array(width * height * LAB_CHANNELS),
      guides: new Int16Array(width * height * GUIDE_CHANNELS),
      valid,
    };
    interleave([lab.l, lab.a, lab.b], LAB_CHANNELS, 0, level.lab);
    interleave(guides, GUIDE_CHANNELS, 0, level.guides);
    pyramid.push(level);
    if (i === levels - 1) break;
    valid = halveFlags(valid, width, height, true);
    lab = halveLab(lab);
    guides = guides.map(halve);
  }
  return pyramid;
}
