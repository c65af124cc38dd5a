import type { Upscaler } from '../../../models/upscale/upscale.ts';

/** Repeats every pixel 4×4 times. @param seen gets the pixels of each tile */
export const repeater = (seen: number[] = [], gain = 1): Upscaler => ({
  margin: 2,
  tile: 64,
  session: {
    device: 'cpu',
    inputNames: ['low'],
    outputNames: ['high'],
    release: async () => {},
    run: async ({ low }) => {
      const [, , height, width] = low.dims;
      seen.push(width * height);
      const data = Float32Array.from({ length: 48 * width * height }, (_, i) => {
        const [x, y] = [i % (4 * width), Math.floor(i / (4 * width)) % (4 * height)];
        const channel = Math.floor(i / (16 * width * height));
        return gain * low.data[(channel * height + (y >> 2)) * width + (x >> 2)];
      });
      return { high: { dims: [1, 3, 4 * height, 4 * width], data } };
    },
  },
});
