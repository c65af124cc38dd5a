import type { Session } from '../../../models/runtime/index.ts';
import type { Upscaler } from '../../../models/upscale/upscale.ts';

/** An upscaler whose network is a function of the picture it sees, [3, height, width]. */
export const pretend = (
  run: (data: Float32Array, width: number, height: number) => Float32Array,
): Upscaler => ({
  margin: 2,
  session: {
    device: 'cpu',
    inputNames: ['low'],
    outputNames: ['high'],
    release: async () => {},
    run: async ({ low }) => {
      const [, , height, width] = low.dims;
      return { high: { dims: [1, 3, 4 * height, 4 * width], data: run(low.data, width, height) } };
    },
  } satisfies Session,
});

/** Every pixel 4×4 times. */
export const repeated = (data: Float32Array, width: number, height: number): Float32Array =>
  Float32Array.from({ length: 16 * data.length }, (_, i) => {
    const [x, y] = [i % (4 * width), Math.floor(i / (4 * width)) % (4 * height)];
    return data[Math.floor(i / (16 * width * height)) * width * height + (y >> 2) * width + (x >> 2)];
  });
