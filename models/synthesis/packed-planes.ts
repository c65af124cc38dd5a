import type { Plane } from '../image/picture.ts';

/** Several planes of one size, interleaved pixel by pixel: what is read together lies together. */
export interface PackedPlanes {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** length = width · height · channels */
  readonly data: Float32Array;
}

/** @param scales a factor for each plane; 1 when left out */
export function packPlanes(planes: readonly Plane[], scales?: readonly number[]): PackedPlanes {
  const { width, height } = planes[0];
  const channels = planes.length;
  const data = new Float32Array(width * height * channels);
  planes.forEach((plane, channel) => {
    const scale = scales?.[channel] ?? 1;
    for (let i = 0, k = channel; i < plane.data.length; i++, k += channels) data[k] = plane.data[i] * scale;
  });
  return { width, height, channels, data };
}
