import type { Upscaler } from '../../../models/upscale/upscale.ts';
import { pretend, repeated } from '../upscale/pretend-upscaler.ts';

/** Repeats every pixel 4×4 times. @param seen gets the pixels of each tile */
export const repeater = (seen: number[] = [], gain = 1): Upscaler => ({
  ...pretend((data, width, height) => {
    seen.push(width * height);
    return repeated(data, width, height).map((value) => gain * value);
  }),
  tile: 64,
});
